"""Dates that MARC writes in figures without marks (033 $a, 583 $c), and its codes of periods (045), as EDTF.

https://www.loc.gov/marc/bibliographic/bd033.html, https://www.loc.gov/marc/bibliographic/bd045.html
"""

from __future__ import annotations

import re
from typing import Final

_COMPACT: Final = re.compile(r"((?:1\d|20)\d\d)(?:-{0,8}|(0[1-9]|1[0-2])(?:-{0,6}|(0[1-9]|[12]\d|3[01])(?:[\d:+-]*))?)")
_PERIOD: Final = re.compile(r"([a-d])(\d)|([e-y])([\d-])")
_FORMATTED: Final = re.compile(r"([cd])(\d{4})(?:(0[1-9]|1[0-2])(?:(0[1-9]|[12]\d|3[01])(?:\d\d)?)?)?")
_OLDEST: Final = 3000


def read_compact_date(code: str) -> str:
    """Return `19900508` as `1990-05-08`, hours left out; `1977----` is the year. Other texts give an empty text."""
    match = _COMPACT.fullmatch(code.strip(" ."))
    return "-".join(filter(None, match.groups())) if match else ""


def read_period(code: str) -> str:
    """Return a code of 045 $a: `x9x9` is `199X`, `v-w-` is `1700/1899`; before Christ it is the first and last year."""
    match = re.fullmatch(r"([a-y][\d-])([a-y][\d-])?", code.strip().lower())
    if match is None:
        return ""
    first, last = _years(match[1]), _years(match[2] or match[1])
    if first is None or last is None or first[0] > last[1]:
        return ""
    letter, digit = match[1][0], match[1][1]
    if match[2] in (None, match[1]) and letter > "d":
        century = f"{ord(letter) - ord('e'):02}"
        return f"{century}{digit}X" if digit != "-" else f"{century}XX"
    start = ".." if match[1] == "a0" else _year(first[0])
    return f"{start}/{_year(last[1])}"


def _years(code: str) -> tuple[int, int] | None:
    """Return the first and last year of a period, counted with a year 0."""
    match = _PERIOD.fullmatch(code)
    if match is None:
        return None
    if match[3]:
        century = (ord(match[3]) - ord("e")) * 100
        decade = century if match[4] == "-" else century + int(match[4]) * 10
        return decade, decade + (99 if match[4] == "-" else 9)
    if code == "a0":
        return 1 - 9999, 1 - _OLDEST
    if match[1] == "a":
        return None
    hundreds = "dcb".index(match[1]) * 10 + 9 - int(match[2])
    return 1 - (hundreds * 100 + 99), 1 - (hundreds * 100 or 1)


def _year(year: int) -> str:
    return f"{'-' if year < 0 else ''}{abs(year):04}"


def read_formatted(code: str) -> str:
    """Return a date of 045 $b: `d1972` is `1972`, `c0221` is the year 221 before Christ, `-0220`."""
    match = _FORMATTED.fullmatch(code.strip().lower())
    if match is None:
        return ""
    year = int(match[2])
    parts = [_year(1 - year if match[1] == "c" else year), match[3], match[4]]
    return "-".join(filter(None, parts))
