"""The years of a life in a heading: “1859-1952”, “f. 1944”, “d. 1480”, “518-438 f.Kr.”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from nbkg.matching.name_words import compile_pattern


class Years(NamedTuple):
    """The years in which something began and ended; None where they are not known. 1 B.C. is the year 0."""

    first: int | None = None
    last: int | None = None

    @property
    def are_known(self) -> bool:
        """Whether one of them is known."""
        return self != UNKNOWN


UNKNOWN = Years()
_DIGIT = re.compile(r"\d")
_PLAIN = re.compile(r", (\d{4})-(\d{4})?\.?$")
_DAY = r"(?:\d{1,2}[./]\s?\d{1,2}[./]\s?)?"
_YEAR = rf"(?:{{about}}\s*)?(?:(?:i\.\s?e\.|or)\s*)?{_DAY}\[?(\d{{3,4}})\??\]?(?:\s*(?:or|eller|/)\s*\d{{1,4}}\??)?"
_DATE = r"(\d{4})-\d{2}-\d{2}"
_BEFORE = r"(?:{about}\s*)?(\d{1,4})\??"
_TEMPLATES = (
    rf"[,(\s]+{_BEFORE}\s*[-\u2013]\s*(?:{_BEFORE})?\s*{{before_christ}}\s*\)?\.?$",
    rf"[,(\s]+{{born}}\s*{_YEAR}[,;\s]+{{died}}\s*{_YEAR}\s*\)?\.?$",
    rf"[,(\s]+{{born}}\s*{_YEAR}\s*\)?()\.?$",
    rf"[,(\s]+(){{died}}\s*{_YEAR}\s*\)?\.?$",
    rf"[,(\s]+{_DATE}(?:\s*[-\u2013/]\s*(?:{_DATE})?)?\s*\)?\.?$",
    rf"[,(\s]+(?:{_YEAR})?\s*[-\u2013]\s*(?:{_YEAR})?\s*\)?\.?$",
)
_OTHER = r"(?:[,(\s]+(?:{active}\s.*|{century}(?:[-\u2013 ].*)?)|[,(]\s*(?:{about}|{around})\s*\d{3,4}\??)\)?$"


def split_years(text: str) -> tuple[str, Years]:
    """Return a heading without the years at its end, and these; years of activity and centuries are taken off too."""
    if not _DIGIT.search(text):
        return text, UNKNOWN
    if match := _PLAIN.search(text):  # as most headings have it, so that seven patterns need not be tried
        return text[: match.start()], Years(int(match[1]), int(match[2]) if match[2] else None)
    if (rest := _other().sub("", text)) != text and rest.strip():
        return rest, UNKNOWN
    return next(_readings(text), (text, UNKNOWN))


def _readings(text: str) -> Iterator[tuple[str, Years]]:
    for position, pattern in enumerate(_patterns()):
        if (match := pattern.search(text)) and any(match.groups()):
            sign = 1 if position else -1
            yield text[: match.start()], Years(*(_year(group, sign) for group in match.groups()[:2]))


def read_year(text: str) -> int | None:
    """Return the year of a date in any form of EDTF, ISO 8601 or a bare year; None where it has no certain one.

    https://www.loc.gov/standards/datetime/
    """
    match = re.match(r"\s*(-?\d{4})(?![\dX])", text)
    return int(match[1]) if match else None


def _year(digits: str | None, sign: int) -> int | None:
    return None if not digits else int(digits) if sign > 0 else 1 - int(digits)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(map(compile_pattern, _TEMPLATES))


@cache
def _other() -> re.Pattern[str]:
    return compile_pattern(_OTHER)
