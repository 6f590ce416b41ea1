"""Whether a result can be drawn, and what the drawing says: numbers by name as bars, numbers over time as lines."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal

from sparql_endpoint.stores.base import Term

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = frozenset(
    _XSD + name
    for name in (
        *("integer", "decimal", "double", "float", "long", "int", "short", "byte", "unsignedLong", "unsignedInt"),
        *("unsignedShort", "unsignedByte", "nonNegativeInteger", "positiveInteger", "negativeInteger"),
        "nonPositiveInteger",
    )
)
_YEAR = re.compile(r"-?(\d{4})")
_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?(?:T.*|Z|[+-]\d\d:\d\d)?")
_MOST_BARS = 60
_MOST_POINTS = 2000
_MOST_SERIES = 5
"""As many as the palette tells apart."""

Rows = Sequence[Sequence[Term | None]]
Named = Callable[[Term], str]


@dataclass(frozen=True)
class Series:
    """The numbers of one column; None where a row has none."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Bars:
    """Numbers by name."""

    names: Sequence[str]
    series: Sequence[Series]


@dataclass(frozen=True)
class Lines:
    """Numbers over time, in its order; `days` are numbers of days, `names` the times as the result has them."""

    names: Sequence[str]
    days: Sequence[int]
    series: Sequence[Series]


def fitting(names: Sequence[str], rows: Rows, named: Named) -> Bars | Lines | None:
    """What to draw of a result; None where its columns are not names or times and numbers, or there are too many.

    `named` tells how a term is called.
    """
    columns = [[row[place] for row in rows] for place in range(len(names))]
    if len(rows) < 2 or len(columns) < 2:
        return None
    times = _times(columns[0])
    numeric = [place for place in range(1 if times else 0, len(names)) if _is_numeric(columns[place])]
    if not numeric or len(numeric) > _MOST_SERIES:
        return None
    told = [place for place in range(len(names)) if place not in numeric]
    series = [Series(names[place], [_number(term) for term in columns[place]]) for place in numeric]
    if times and told == [0] and len(set(times)) == len(times) <= _MOST_POINTS:
        return _lines(times, [named(term) if term else "" for term in columns[0]], series)
    return _bars([[columns[place][row] for place in told] for row in range(len(rows))], series, named)


def _lines(times: Sequence[int], names: Sequence[str], series: Sequence[Series]) -> Lines:
    order = sorted(range(len(times)), key=lambda place: times[place])
    ordered = [Series(one.name, [one.values[place] for place in order]) for one in series]
    return Lines([names[place] for place in order], [times[place] for place in order], ordered)


def _bars(told: Sequence[Sequence[Term | None]], series: Sequence[Series], named: Named) -> Bars | None:
    """Bars, where each has a name of its own."""
    if not 1 <= len(told[0]) <= 3 or len(told) > _MOST_BARS:
        return None
    names = [" · ".join(named(term) if term else "–" for term in terms) for terms in told]
    return Bars(names, series) if len(set(names)) == len(names) else None


def _is_numeric(terms: Sequence[Term | None]) -> bool:
    given = [term for term in terms if term is not None]
    return bool(given) and all(_number(term) is not None for term in given)


def _number(term: Term | None) -> float | None:
    """The number that a literal is; None for anything else, and for what is not finite."""
    if not isinstance(term, Literal) or term.datatype.value not in _NUMBERS:
        return None
    try:
        number = float(term.value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _times(terms: Sequence[Term | None]) -> Sequence[int] | None:
    """The days of a column of dates or years; None where it holds anything else."""
    days = [_day(term) for term in terms]
    known = [day for day in days if day is not None]
    return known if len(known) == len(days) else None


def _day(term: Term | None) -> int | None:
    """The number of the first day that a literal tells: a date, a month, or a year of four digits."""
    if not isinstance(term, Literal) or term.language:
        return None
    if term.datatype.value in _NUMBERS and not 1000 <= (_number(term) or 0) <= 2999:
        return None
    if found := _YEAR.fullmatch(term.value) or _DAY.fullmatch(term.value):
        year, month, day = (int(part or 1) for part in (*found.groups(), None, None)[:3])
        try:
            return date(year, month, day).toordinal()
        except ValueError:
            return None
    return None
