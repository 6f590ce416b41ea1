"""Dates of publication as they are transcribed (264 $c) and coded (008/06-14), as EDTF.

EDTF is the Extended Date/Time Format of ISO 8601-2 (https://www.loc.gov/standards/datetime/). What cannot be read with
certainty gives no date: the words stay beside it in any case.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class ImprintDate(NamedTuple):
    """What a transcribed date says; each part is EDTF or an empty text."""

    date: str = ""
    copyright: str = ""
    phonogram: str = ""


_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "januar january jan",
            "februar february feb",
            "mars march mar",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "desember december des dec",
        ],
        start=1,
    )
    for name in names.split()
}
_SEASONS = {
    **dict.fromkeys(("våren", "vår", "spring"), 21),
    **dict.fromkeys(("sommeren", "sommaren", "sommer", "sommar", "summer"), 22),
    **dict.fromkeys(("høsten", "hausten", "høst", "haust", "autumn", "fall"), 23),
    **dict.fromkeys(("vinteren", "vinter", "winter"), 24),
}
_MARKED = re.compile(r"(©|℗|\bcop\.?|\bcopyright|\bc(?=\d{4}\b)|\bp(?=\d{4}\b))\s*((?:1[4-9]|20)\d\d)", re.IGNORECASE)
_CORRECTED = re.compile(r"\bi\.?\s?e\.?\s*|\bdvs\.?\s*|\brett(?:e)?\s*:?\s*|\bsvs\.?\s*", re.IGNORECASE)
_UNKNOWN = re.compile(r"u\.\s?å\.?|uten år|utan år|s\.\s?a\.?|n\.\s?d\.?|ikke identifisert|ikkje identifisert", re.I)
_BETWEEN = re.compile(r"(?:mellom|between|zwischen|entre)\s+(\d{4})\s+(?:og|and|und|et)\s+(\d{4})", re.IGNORECASE)
_CIRCA = re.compile(r"\b(?:ca|circa|omkr|cirka)\b\.?\s*(\d{4})", re.IGNORECASE)
_DECADE = re.compile(r"(?<!\d)(\d{3})-(\?)?(?!\d)")
_CENTURY = re.compile(r"(?<!\d)(\d{2})--(\?)?(?!\d)")
_RANGE = re.compile(r"(?<!\d)(\d{4})\s*[-–/]\s*(\d{4}|\d{2})(?!\d)")
_OPEN = re.compile(r"^\W*(\d{4})\s*[-–]\s*[\]>. ]*$")
_DAY = re.compile(r"(?<!\d)(\d{1,2})\.?\s*([a-zæøå]+)\.?,?\s+(\d{4})(?!\d)", re.IGNORECASE)
_ENGLISH_DAY = re.compile(r"\b([A-Za-z]+)\s+(\d{1,2}),\s+(\d{4})(?!\d)")
_MONTH = re.compile(r"\b([a-zæøå]+)\.?\s+(\d{4})(?!\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(\d{4})(\])?\s?(\?)?(?!\d)")
_ROMAN = re.compile(r"\bM{1,2}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_PRINTED = re.compile(r"[\[(,]?\s*\b(?:trykt|printed|opplag|impr\.?|tr\.)\s.*$", re.IGNORECASE)
_ISO_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_POSSIBLE_YEAR = re.compile(r"1[0-9]\d\d|20\d\d")


@lru_cache(1 << 14)
def read_imprint_date(text: str) -> ImprintDate:
    """Return what a transcribed date says; an uncertain year has its mark (`2010?`), a decade is `197X`."""
    if "not identified" in text or _UNKNOWN.search(text):
        return ImprintDate()
    marks: dict[str, str] = {}
    for match in _MARKED.finditer(text):
        kind = "phonogram" if match[1].lower() in {"℗", "p"} else "copyright"
        marks.setdefault(kind, match[2])
    rest = _PRINTED.sub("", _MARKED.sub("", text)).strip(" ,.;")
    return ImprintDate(_date(rest), marks.get("copyright", ""), marks.get("phonogram", ""))


def _date(text: str) -> str:
    if _ISO_DAY.fullmatch(text):
        return text
    if corrected := _CORRECTED.search(text):
        text = text[corrected.end() :]
    for read in (_alternatives, _unspecified, _span, _with_month, _single):
        if date := read(text):
            return date
    return ""


def _alternatives(text: str) -> str:
    match = _BETWEEN.search(text)
    return f"[{match[1]}..{match[2]}]" if match else ""


def _unspecified(text: str) -> str:
    if match := _CENTURY.search(text):
        return f"{match[1]}XX"
    if (match := _DECADE.search(text)) and not _RANGE.search(text):
        return f"{match[1]}X"
    return ""


def _span(text: str) -> str:
    if match := _OPEN.match(text):
        return f"{match[1]}/.."
    if not (match := _RANGE.search(text)):
        return ""
    first, last = match[1], match[2] if len(match[2]) == 4 else match[1][:2] + match[2]
    return f"{first}/{last}" if first < last else ""


def _with_month(text: str) -> str:
    if (match := _DAY.search(text)) and (month := _MONTHS.get(match[2].lower())) and 0 < int(match[1]) < 32:
        return f"{match[3]}-{month:02}-{int(match[1]):02}"
    if (match := _ENGLISH_DAY.search(text)) and (month := _MONTHS.get(match[1].lower())) and 0 < int(match[2]) < 32:
        return f"{match[3]}-{month:02}-{int(match[2]):02}"
    if match := _MONTH.search(text):
        part = _MONTHS.get(match[1].lower()) or _SEASONS.get(match[1].lower())
        return f"{match[2]}-{part:02}" if part else ""
    return ""


def _single(text: str) -> str:
    if match := _CIRCA.search(text):
        return f"{match[1]}~"
    years = {(match[1], "?" if match[3] else "") for match in _YEAR.finditer(text) if _POSSIBLE_YEAR.match(match[1])}
    if len({year for year, _mark in years}) == 1:
        return min(years)[0] + max(mark for _year, mark in years)
    if not years and (match := _ROMAN.search(text)):
        return str(_roman(match.group()))
    return ""


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[sign] for sign in text]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


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
