"""Dates and numbers as a language writes them; the words of the calendar come from the CLDR, by Babel.

A date in words is for reading: whatever cannot be read as a date is returned as it is, so nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import InvalidOperation
from math import inf

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from sparql_endpoint.words import words

_LOCALES = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}
_SEASON = re.compile(r"(\d{4})-(2[1-4])")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_GROUP = re.compile(r"(\d{4})-(3[3-9])")
"""Quarters (33–36) and periods of four months (37–39)."""
_HALVES = {("01", "06"): "first_half", ("07", "12"): "second_half"}

_UNITS: Sequence[tuple[float, str, float]] = (
    (14, "day", 1),
    (61, "week", 7),
    (731, "month", 30.4375),
    (inf, "year", 365.25),
)
"""Up to how many days a unit is used, its name and its length in days; a year and a half is told in months."""


def day(value: str, language: str) -> str:
    """Return an xsd:date as `14. oktober 2025`; a dateTime's day; anything else as it is."""
    try:
        return format_date(date.fromisoformat(value[:10]), "long", _LOCALES[language])
    except ValueError:
        return value


def on(value: date, language: str) -> str:
    """Return the day as an adverbial: `14. oktober 2025`, `on 14 October 2025`."""
    return words()["on_day"][language].format(day=day(value.isoformat(), language))


def ago(days: int, language: str) -> str:
    """Return how long ago something was, in the unit that a person would use; empty for what is still to come."""
    if days < 0:
        return ""
    if days == 0:
        return words()["ago_today"][language]
    name, length = next((name, length) for limit, name, length in _UNITS if days < limit)
    count = int(days / length)
    return words()[f"ago_{name}{'' if count == 1 else 's'}"][language].format(count=count)


def number(value: object, language: str) -> str:
    """Return a number with the language's separators; anything else as it is."""
    try:
        return str(format_decimal(str(value), locale=_LOCALES[language]))
    except InvalidOperation:
        return str(value)


def edtf(value: str, language: str) -> str:
    """Return a date or interval of EDTF (https://www.loc.gov/standards/datetime/) in words, and "" as "no date"."""
    if not value:
        return words()["undated"][language]
    start, mark, end = value.partition("/")
    if not mark:
        return _moment(value, language)
    if half := _half(start, end):
        return words()[half][language].format(year=start[:4])
    if end in ("", ".."):
        return words()["from_on"][language].format(start=_moment(start, language))
    if start in ("", ".."):
        return words()["until"][language].format(end=_moment(end, language))
    return words()["from_to"][language].format(start=_moment(start, language), end=_moment(end, language))


def _half(start: str, end: str) -> str | None:
    if _MONTH.fullmatch(start) and _MONTH.fullmatch(end) and start[:4] == end[:4]:
        return _HALVES.get((start[5:], end[5:]))
    return None


def _moment(value: str, language: str) -> str:
    if value.endswith("~"):
        return words()["approximately"][language].format(moment=_moment(value[:-1], language))
    if season := _SEASON.fullmatch(value):
        return words()[f"season_{season[2]}"][language].format(year=season[1])
    if group := _GROUP.fullmatch(value):
        name, first = ("quarter", 32) if int(group[2]) < 37 else ("tertial", 36)
        return words()[name][language].format(number=int(group[2]) - first, year=group[1])
    if month := _MONTH.fullmatch(value):
        return format_skeleton("yMMMM", date(int(month[1]), int(month[2]), 1), locale=_LOCALES[language])
    return day(value, language) if len(value) == 10 else value
