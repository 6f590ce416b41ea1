"""How Norwegian reports write time, read to EDTF (https://www.loc.gov/standards/datetime/).

    28.08.25  13.10 2023  27.9.19        2025-08-28 …          two-digit years are 20xx
    1. oktober 2025                      2025-10-01
    februar 2025   i juni                2025-02   2025-06     the year by the verb's tense
    våren 2024   høsten 2025             2024-21   2025-23
    første halvår 2026   1. kvartal 2026 2026-01/2026-06   2026-33
    i 2025   2020–2030                   2025      2020/2030
    etter 2025   innen 2026   fra 2026   2026/..   ../2026   2026/..

A season's bounds are the meteorological ones (spring: March to May), as the `edtf` package computes them.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from edtf import EDTFParseException, parse_edtf

MONTHS = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
]
_SEASONS = {"våren": 21, "vår": 21, "sommeren": 22, "sommer": 22, "høsten": 23, "høst": 23, "hausten": 23,
            "vinteren": 24, "vinter": 24}  # fmt: skip
_ORDINALS = {"første": 1, "fyrste": 1, "1.": 1, "andre": 2, "annet": 2, "2.": 2, "tredje": 3, "3.": 3,
             "fjerde": 4, "4.": 4}  # fmt: skip
_MONTH = "|".join(MONTHS)
_SEASON = "|".join(_SEASONS)
_ORDINAL = "|".join(map(re.escape, _ORDINALS))
_YEAR = r"(?:19|20)\d\d"

_FORMS = re.compile(
    rf"""(?<![\w.,/-])(?:
      (?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})(?:\.\s?(?P<year>{_YEAR}|\d\d)(?!\d)|\s(?P<year_apart>{_YEAR})|\.(?![\d.]))
    | (?P<named_day>\d{{1,2}})\.\s(?P<named_month>{_MONTH})(?:\s(?P<named_year>{_YEAR}))?
    | (?P<from>{_YEAR})\s?[–-]\s?(?P<to>{_YEAR})
    | (?P<half>{_ORDINAL})\shalvår(?:\s(?P<half_year>{_YEAR}))?
    | (?P<quarter>{_ORDINAL})\skvartal(?:\s(?P<quarter_year>{_YEAR}))?
    | (?P<season>{_SEASON})(?:\s(?P<season_year>{_YEAR}))?
    | (?:(?P<in>i)\s)?(?P<only_month>{_MONTH})(?:\s(?P<month_year>{_YEAR}))?
    | (?P<bound>etter|innen|før|fra(?:\sog\smed)?)\s(?:utgangen\sav\s)?(?P<bound_year>{_YEAR})
    | (?P<only_year>{_YEAR})
    )(?![\w])(?!\.\d)""",
    re.VERBOSE | re.IGNORECASE,
)


_NOT_TIME = re.compile(r"(?:kapittel|kap\.|punkt|pkt\.|versjon|v\.|§|\bom|hver|side|s\.)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class DateMention:
    """A time in a text. `resolve` gives the EDTF once the year is known, where none is printed."""

    start: int
    end: int
    edtf: str | None
    """None where no year is printed."""
    resolve: Callable[[int], str]
    bare_year: bool = False


class NotADateError(ValueError):
    """Something written like a date that no calendar has."""


def find(text: str) -> Iterator[DateMention]:
    """Yield the times written in a text, in order; `bounds` tells those that no calendar has."""
    for match in _FORMS.finditer(text):
        if _NOT_TIME.search(text[: match.start()]):
            continue
        values = _read({key: value for key, value in match.groupdict().items() if value})
        if values is None:
            continue
        resolve, year = values
        yield DateMention(
            match.start(), match.end(), resolve(year) if year else None, resolve, bool(match["only_year"])
        )


def _read(form: dict[str, str]) -> tuple[Callable[[int], str], int | None] | None:
    """Return how the form's EDTF follows from a year, and the year it prints."""
    reader = next((read for key, read in _READERS.items() if key in form), None)
    return reader(form) if reader else None


Read = tuple[Callable[[int], str], int | None]


def _numeric(form: dict[str, str]) -> Read:
    day, month = int(form["day"]), int(form["month"])
    printed = form.get("year") or form.get("year_apart")
    return (lambda y: f"{y}-{month:02}-{day:02}"), _full_year(printed)


def _named(form: dict[str, str]) -> Read:
    day, month = int(form["named_day"]), MONTHS.index(form["named_month"].lower()) + 1
    return (lambda y: f"{y}-{month:02}-{day:02}"), _full_year(form.get("named_year"))


def _range(form: dict[str, str]) -> Read:
    return (lambda _: f"{form['from']}/{form['to']}"), int(form["from"])


def _half(form: dict[str, str]) -> Read | None:
    half = _ORDINALS[form["half"].lower()]
    months = {1: ("01", "06"), 2: ("07", "12")}.get(half)
    if months is None:
        return None
    return (lambda y: f"{y}-{months[0]}/{y}-{months[1]}"), _full_year(form.get("half_year"))


def _quarter(form: dict[str, str]) -> Read:
    quarter = _ORDINALS[form["quarter"].lower()]
    return (lambda y: f"{y}-{32 + quarter}"), _full_year(form.get("quarter_year"))


def _season(form: dict[str, str]) -> Read | None:
    season = _SEASONS[form["season"].lower()]
    definite = form["season"].lower().endswith("en")
    year = _full_year(form.get("season_year"))
    return ((lambda y: f"{y}-{season}"), year) if definite or year else None


def _month(form: dict[str, str]) -> Read | None:
    month = MONTHS.index(form["only_month"].lower()) + 1
    year = _full_year(form.get("month_year"))
    return ((lambda y: f"{y}-{month:02}"), year) if "in" in form or year else None


def _bounded(form: dict[str, str]) -> Read:
    year = int(form["bound_year"])
    word = form["bound"].lower().split()[0]
    edtf = {"etter": f"{year + 1}/..", "fra": f"{year}/..", "innen": f"../{year}", "før": f"../{year - 1}"}[word]
    return (lambda _: edtf), year


def _year(form: dict[str, str]) -> Read:
    return str, int(form["only_year"])


_READERS: dict[str, Callable[[dict[str, str]], Read | None]] = {
    "day": _numeric,
    "named_day": _named,
    "from": _range,
    "half": _half,
    "quarter": _quarter,
    "season": _season,
    "only_month": _month,
    "bound": _bounded,
    "only_year": _year,
}


def _full_year(printed: str | None) -> int | None:
    if printed is None:
        return None
    return int(printed) if len(printed) == 4 else 2000 + int(printed)


@cache
def bounds(edtf: str) -> tuple[date | None, date | None]:
    """Return the first and last day that an EDTF date can mean; None where an interval is open.

    Raises NotADateError for what no calendar has ("2025-02-31").
    """
    start, slash, end = edtf.partition("/")
    first = None if start == ".." else _day(start, upper=False)
    last = None if end == ".." else _day(end if slash else start, upper=True)
    if first and last and first > last:
        raise NotADateError(edtf)
    return first, last


def _day(edtf: str, *, upper: bool) -> date:
    try:
        parsed: Any = parse_edtf(edtf)
        day: time.struct_time = parsed.upper_strict() if upper else parsed.lower_strict()
        return date(*day[:3])
    except (EDTFParseException, ValueError) as error:
        raise NotADateError(edtf) from error
