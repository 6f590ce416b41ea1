"""Arithmetic of EDTF dates (https://www.loc.gov/standards/datetime/): their bounds, and what comes before and after.

Norwegian offices mean half-years by spring and autumn: "våren 2026" is January to June, "høsten 2026" July to December.
Quarters and tertials are codes of level 2 (33–36, 37–39), which an interval may not hold; there they are months.
"""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from functools import cache
from typing import Any

from edtf import EDTFParseException, parse_edtf
from pyparsing import ParserElement

ParserElement.disable_memoization()
"""edtf switches memoization on for every grammar of the process; rdflib's SPARQL grammar takes 60 instead of 17 ms a
query with it, and a build takes 4.7 instead of 5.9 s of a processor."""

SPRING, SUMMER, AUTUMN, WINTER = 21, 22, 23, 24
_SEASON_DAYS = {
    SPRING: ("01-01", "06-30"),
    SUMMER: ("06-01", "08-31"),
    AUTUMN: ("07-01", "12-31"),
    WINTER: ("12-01", "03-31"),
}
_SEASON = re.compile(r"(\d{4})-(2[1-4])")
_GROUP = re.compile(r"(\d{4})-(3[3-9])")
_MONTHS_OF_A_GROUP = {
    **{33 + i: (f"{3 * i + 1:02}", f"{3 * i + 3:02}") for i in range(4)},
    **{37 + i: (f"{4 * i + 1:02}", f"{4 * i + 4:02}") for i in range(3)},
}


class NotADateError(ValueError):
    """Something written like a date that no calendar has."""


@cache
def bounds(edtf: str) -> tuple[date | None, date | None]:
    """Return the first and last day that an EDTF date can mean; None where an interval is open. "~" widens nothing.

    Raises NotADateError for what no calendar has ("2025-02-31").
    """
    start, slash, end = edtf.rstrip("~").partition("/")
    first = None if start == ".." else _day(start, upper=False)
    last = None if end == ".." else _day(end if slash else start, upper=True)
    if first and last and first > last:
        raise NotADateError(edtf)
    return first, last


def has_season(edtf: str) -> bool:
    """Return whether a season stands in an EDTF date, so that its bounds are this project's reading."""
    return bool(_SEASON.search(edtf))


def is_turn(edtf: str) -> bool:
    """Return whether a date is the turn of a year, which is a point in time: "før nyttår" is before its middle."""
    return edtf[4:8] == "-12/" and edtf[-3:] == "-01"


def is_coarse(edtf: str) -> bool:
    """Return whether a date is a season, a quarter or a third of a year."""
    return bool(_SEASON.fullmatch(edtf) or _GROUP.fullmatch(edtf))


def first_part(edtf: str) -> str:
    """Return what an interval may begin with: the start of an interval, the first month of a quarter."""
    return _in_months(edtf)[0]


def last_part(edtf: str) -> str:
    """Return what an interval may end with: the end of an interval, the last month of a quarter."""
    return _in_months(edtf)[1]


def last_day(edtf: str) -> str:
    """Return the last day of a date or closed interval as ISO 8601."""
    last = bounds(edtf)[1]
    return last.isoformat() if last else edtf


def following(edtf: str) -> str:
    """Return the unit after a date: the next year, season, month or day. "2026-12" gives "2027-01"."""
    return _step(last_part(edtf), 1)


def preceding(edtf: str) -> str:
    """Return the unit before a date, as `following` does in the other direction."""
    return _step(first_part(edtf), -1)


def _in_months(edtf: str) -> tuple[str, str]:
    start, slash, end = edtf.partition("/")
    if slash:
        return start, end
    if group := _GROUP.fullmatch(edtf):
        first, last = _MONTHS_OF_A_GROUP[int(group[2])]
        return f"{group[1]}-{first}", f"{group[1]}-{last}"
    return edtf, edtf


_AFTER_SEASON = {SPRING: (0, SUMMER), SUMMER: (0, AUTUMN), AUTUMN: (1, SPRING), WINTER: (0, SPRING)}
_BEFORE_SEASON = {SPRING: (-1, AUTUMN), SUMMER: (0, SPRING), AUTUMN: (0, SUMMER), WINTER: (-1, AUTUMN)}


def _step(edtf: str, direction: int) -> str:
    if season := _SEASON.fullmatch(edtf):
        years, code = (_AFTER_SEASON if direction > 0 else _BEFORE_SEASON)[int(season[2])]
        return f"{int(season[1]) + years}-{code}"
    if len(edtf) == 10:
        return ((bounds(edtf)[0] or date.min) + timedelta(days=direction)).isoformat()
    if len(edtf) == 7:
        months = int(edtf[:4]) * 12 + int(edtf[5:]) - 1 + direction
        return f"{months // 12}-{months % 12 + 1:02}"
    return str(int(edtf) + direction)


def _day(edtf: str, *, upper: bool) -> date:
    if season := _SEASON.fullmatch(edtf):
        year, days = int(season[1]), _SEASON_DAYS[int(season[2])]
        return date.fromisoformat(f"{year - 1 if int(season[2]) == WINTER and not upper else year}-{days[upper]}")
    try:
        parsed: Any = parse_edtf(edtf)
        day: time.struct_time = parsed.upper_strict() if upper else parsed.lower_strict()
        return date(*day[:3])
    except (EDTFParseException, ValueError) as error:
        raise NotADateError(edtf) from error
