"""The years of a life as headings have them: Norwegian, English and Swedish words, as EDTF.

See https://www.loc.gov/standards/datetime/. EDTF counts a year 0: 518 before Christ is -0517.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

_YEAR: Final = re.compile(
    r"""(?P<about>(?:ca|c|circa|omkring|omkr|approximately|about)\b\.?\s*)?
    (?P<year>\d{1,4})(?:(?:\ el\.\ |\ eller\ |\ or\ |/)(?P<other>\d{1,4}))?(?P<doubt>\?)?\s*
    (?:(?P<before>f\.?\s?kr|fvt|b\.?\s?c)|(?P<after>e\.?\s?kr|evt|a\.?\s?d))?\.?""",
    re.IGNORECASE | re.VERBOSE,
)
_MARKS: Final = {(False, False): "", (True, False): "~", (False, True): "?", (True, True): "%"}
"""The signs of EDTF for a year that is approximate, uncertain, or both."""
_ERAS: Final = {(False, False): None, (True, False): True, (False, True): False}
_BORN: Final = re.compile(r"^(?:f|b|n|født|fødd|född|born)\b\.?\s*(?=\D{0,6}\d)", re.IGNORECASE)
_DIED: Final = re.compile(r"^(?:d|død|daud|died)\b\.?\s*(?=\D{0,6}\d)", re.IGNORECASE)
_DASHES: Final = re.compile(r"\s*[-–—]\s*")
_DAYS: Final = re.compile(r"^(\d{4}-\d\d-\d\d)\s*[-–]\s*(\d{4}-\d\d-\d\d)?$")
_CENTURY: Final = re.compile(r"^(\d{1,2})00-tall?et$", re.IGNORECASE)
_NUMBERED_CENTURY: Final = re.compile(
    r"^(\d{1,2})(?:\. (?:årh(?:undre|undrede|undret|\.)?|hundreår(?:et)?)|(?:st|nd|rd|th) cent(?:ury|\.)?)$",
    re.IGNORECASE,
)
_ACTIVE: Final = re.compile(r"^(?:fl|virksom|verksam|verksom|active)\b\.?\s*", re.IGNORECASE)
_PLAIN_YEAR: Final = re.compile(r"(-?\d{4})(?:[~?]|-|$)")
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)?(\d\d)?")
_EDTF: Final = re.compile(r"-?\d{4}(?:-\d\d){0,2}[~?%]?|\d{2}XX|\d{3}X")
_DATE: Final = re.compile(r"-?(?:\d{4}|\d\dXX|\d{3}X)(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


class LifeDates(NamedTuple):
    """What is certain about the years of a person; each is EDTF, or an empty text where nothing is said."""

    birth: str = ""
    death: str = ""
    period: str = ""
    """A time that is not parted into birth and death: a century."""
    active: tuple[str, str] = ("", "")
    """The first and the last year of activity."""

    @property
    def span(self) -> str:
        """The life as one expression: `1944/..`, `/1480~`, `-0517~/-0437`, `18XX`; empty where EDTF has none."""
        if "[" in self.birth + self.death:
            return ""
        if self.birth:
            return f"{self.birth}/{self.death or '..'}"
        return f"/{self.death}" if self.death else self.period


class _Year(NamedTuple):
    """One end of a range; a year 0 stands for none."""

    number: int = 0
    other: int = 0
    """Another year that it may be."""
    mark: str = ""
    is_before_christ: bool | None = None
    """None where no era is written."""

    def edtf(self, *, is_before_christ: bool) -> str:
        if not self.number:
            return ""
        if self.other:
            return f"[{self.number:04},{self.other:04}]"
        year = 1 - self.number if is_before_christ else self.number
        return f"{'-' * (year < 0)}{abs(year):04}{self.mark}"


@lru_cache(1 << 14)
def read_life_dates(text: str) -> LifeDates | None:
    """Return what the words say, or None where it is not certain what they mean."""
    text = " ".join(text.split()).strip(" ,;()[]")
    for read in (_read_century, _read_activity, _read_days, _read_range):
        if dates := read(text):
            return dates
    return None


def _read_century(text: str) -> LifeDates | None:
    """Return a century as `18XX`: the 1800s, or the 19th century, whose last year is left out of account."""
    if match := _CENTURY.match(text):
        return LifeDates(period=f"{int(match[1]):02}XX")
    match = _NUMBERED_CENTURY.match(text)
    return LifeDates(period=f"{int(match[1]) - 1:02}XX") if match and int(match[1]) else None


def _read_activity(text: str) -> LifeDates | None:
    match = _ACTIVE.match(text)
    if match is None:
        return None
    rest = text[match.end() :]
    years = _ends(rest if _DASHES.search(rest) else f"{rest}-{rest}")
    return LifeDates(active=years) if any(years) else None


def _read_days(text: str) -> LifeDates | None:
    match = _DAYS.match(text)
    if match is None or not all(_DATE.fullmatch(day) for day in match.groups() if day):
        return None
    return LifeDates(match[1], match[2] or "")


def _read_range(text: str) -> LifeDates | None:
    birth, death = _ends(_as_range(text))
    return LifeDates(birth, death) if birth or death else None


def _as_range(text: str) -> str:
    """Return a birth or a death in words as a range with one end."""
    if match := _BORN.match(text):
        rest = text[match.end() :]
        return rest if _DASHES.search(rest) else f"{rest}-"
    return _DIED.sub("-", text)


def _ends(text: str) -> tuple[str, str]:
    """Return the first and the last year of a range, or two empty texts where one of them cannot be read.

    An era after the last year holds for both where the years count down: 382-336 f.Kr.
    """
    parts = _DASHES.split(text)
    years = [year for part in parts if (year := _year(part)) is not None]
    if len(parts) != 2 or len(years) != 2:
        return "", ""
    first, last = years
    era = bool(last.is_before_christ)
    born = first.edtf(is_before_christ=era if first.is_before_christ is None else first.is_before_christ)
    died = last.edtf(is_before_christ=era)
    return (born, died) if in_order(born, died) else ("", "")


def _year(text: str) -> _Year | None:
    """Return the year that the words mean, no year for no words, or None where they cannot be read."""
    if not text.strip():
        return _Year()
    match = _YEAR.fullmatch(text.strip())
    if match is None or len(match["other"] or match["year"]) != len(match["year"]):
        return None
    return _Year(
        int(match["year"]),
        int(match["other"] or 0),
        _MARKS[bool(match["about"]), bool(match["doubt"])],
        _ERAS[bool(match["before"]), bool(match["after"])],
    )


def in_order(first: str, last: str) -> bool:
    """Return whether a date in EDTF does not come after another; what has no plain year is not compared."""
    years = [int(match[1]) for each in (first, last) if (match := _PLAIN_YEAR.match(each))]
    return years == sorted(years)


@lru_cache(1 << 14)
def read_coded_date(text: str, scheme: str = "") -> str:
    """Return a date of field 046 as EDTF, or an empty text: `19570521` by ISO 8601, or EDTF itself.

    See https://www.loc.gov/marc/authority/ad046.html.
    """
    text = _dashed(text.strip(), scheme.lower())
    return text if _EDTF.fullmatch(text) and _DATE.fullmatch(text.rstrip("~?%")) else ""


def _dashed(text: str, scheme: str) -> str:
    """Return a date of ISO 8601 without hyphens with them; EDTF always has them."""
    compact = _COMPACT.fullmatch(text)
    return "-".join(filter(None, compact.groups())) if compact and not scheme.startswith("edtf") else text
