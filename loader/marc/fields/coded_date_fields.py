"""Special coded dates (046): years before Christ, and when a work was made.

https://www.loc.gov/marc/bibliographic/bd046.html
"""

from __future__ import annotations

import re
from typing import Final

from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.projection import Projection
from loader.marc.fields.terms import BF, EDTF

_YEAR: Final = re.compile(r"\d{1,4}")
_BEFORE_CHRIST: Final = frozenset("bd")


def _edtf(code: str, value: str) -> str:
    """Return a year as EDTF, which counts a year 0: 499 before Christ is -0498."""
    if not _YEAR.fullmatch(value):
        return value if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", value) else ""
    year = 1 - int(value) if code in _BEFORE_CHRIST else int(value)
    return f"{'-' if year < 0 else ''}{abs(year):04}"


def _write_dates(heading: Heading, into: Projection) -> None:
    """Write $b–$e and $k–$l as the date or the span in which the work was made."""
    for first, last in (("bc", "de"), ("k", "l")):
        dates = [date for codes in (first, last) if (date := _end(heading, codes, into))]
        if dates:
            into.triples.append(f'{into.identity.work} {BF}originDate> "{"/".join(dates)}"{EDTF}')


def _end(heading: Heading, codes: str, into: Projection) -> str:
    """Return the first date with one of these codes; one that cannot be read is omitted."""
    for code, value in heading.subfields:
        if code in codes:
            date = _edtf(code, value)
            if not date:
                into.omit("046", code, "date-not-read", value)
            return date
    return ""


RULES: tuple[FieldRule, ...] = (
    FieldRule(
        "046",
        "Special Coded Dates",
        "NR 2 3 6 8* a b c d e j k l m n o p x* z*",
        _write_dates,
        {**dict.fromkeys("68", "control"), **dict.fromkeys("23jmnopxz", "no-subfield-rule"), "a": "fixed-code"},
    ),
)
