"""Dates as 008/06-14 codes them, as EDTF (https://www.loc.gov/standards/datetime/)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class CodedDates(NamedTuple):
    """What 008/06-14 says, each EDTF or an empty text."""

    published: str = ""
    copyright: str = ""
    original: str = ""
    produced: str = ""
    released: str = ""
    is_reversed: bool = False
    """Whether a reprint has its original's date first, against the standard."""


def _year(code: str) -> str:
    """Return a coded year; `u` is a digit that is not known."""
    code = code.lower()
    if not re.fullmatch(r"\d[\du]{3}", code) or code in {"9999", "0000"} or code.rstrip("u") in {"", "1", "2"}:
        return ""
    return code.replace("u", "X") if re.fullmatch(r"\d+u*", code) else ""


@lru_cache(1 << 14)
def read_coded_dates(code: str) -> CodedDates:
    """Return the dates of 008/06-14 by the type of date (https://www.loc.gov/marc/bibliographic/bd008a.html)."""
    kind, first, second = code[:1], _year(code[1:5]), _year(code[5:9])
    dates = CodedDates()
    match kind:
        case "s":
            dates = CodedDates(published=first)
        case "e":
            dates = CodedDates(published=_detailed(first, code[5:9]))
        case "t":
            dates = CodedDates(published=first, copyright=second)
        case "r":
            is_reversed = bool(first and second and first < second)
            old, new = (first, second) if is_reversed else (second, first)
            dates = CodedDates(published=new, original=old, is_reversed=is_reversed)
        case "p":
            dates = CodedDates(released=first, produced=second)
        case "q":
            dates = CodedDates(published=f"[{first}..{second}]" if first and second and first < second else "")
        case "c" | "d" | "m" | "u" if first:
            dates = CodedDates(published=_running(kind, first, second, code[5:9] == "9999"))
    return dates


def _detailed(year: str, month_and_day: str) -> str:
    month, day = month_and_day[:2], month_and_day[2:4]
    if not (year and month.isdigit() and 0 < int(month) < 13):
        return year
    return f"{year}-{month}-{day}" if day.isdigit() and 0 < int(day) < 32 else f"{year}-{month}"


def _running(kind: str, first: str, second: str, is_open: bool) -> str:
    if second and second != first:
        return f"{first}/{second}" if first < second else ""
    if second:
        return first
    return f"{first}/.." if is_open or kind == "c" else f"{first}/"
