"""Dates and numbers as a language writes them; the words of the calendar come from the CLDR, by Babel.

A date in words is for reading: whatever cannot be read as a date is returned as it is, so nothing is lost.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import InvalidOperation

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from sparql_endpoint.words import words

_LOCALES = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}
_SEASON = re.compile(r"(\d{4})-(2[1-4])")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_HALVES = {("01", "06"): "first_half", ("07", "12"): "second_half"}


def day(value: str, language: str) -> str:
    """Return an xsd:date as `14. oktober 2025`; a dateTime's day; anything else as it is."""
    try:
        return format_date(date.fromisoformat(value[:10]), "long", _LOCALES[language])
    except ValueError:
        return value


def number(value: object, language: str) -> str:
    """Return a number with the language's separators; anything else as it is."""
    try:
        return str(format_decimal(str(value), locale=_LOCALES[language]))
    except InvalidOperation:
        return str(value)


def edtf(value: str, language: str) -> str:
    """Return a date or interval of EDTF level 1 in words (https://www.loc.gov/standards/datetime/)."""
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
    if season := _SEASON.fullmatch(value):
        return words()[f"season_{season[2]}"][language].format(year=season[1])
    if month := _MONTH.fullmatch(value):
        return format_skeleton("yMMMM", date(int(month[1]), int(month[2]), 1), locale=_LOCALES[language])
    return day(value, language) if len(value) == 10 else value
