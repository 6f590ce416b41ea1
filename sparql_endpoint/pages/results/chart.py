"""The chart that fits a result: numbers by name as bars, numbers over time as lines."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal

from nbkg.rdf.vocabulary import XSD
from sparql_endpoint.stores.base import Term

_NUMBERS = frozenset(
    XSD + name
    for name in (
        *("integer", "decimal", "double", "float", "long", "int", "short", "byte", "unsignedLong", "unsignedInt"),
        *("unsignedShort", "unsignedByte", "nonNegativeInteger", "positiveInteger", "negativeInteger"),
        "nonPositiveInteger",
    )
)
_YEAR = re.compile(r"-?(\d{4})")
_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?(?:T.*|Z|[+-]\d\d:\d\d)?")
_MAX_BARS = 60
_MAX_POINTS = 2000
_MAX_SERIES = 5
"""The palette has as many colours."""

Rows = Sequence[Sequence[Term | None]]
NameOf = Callable[[Term], str]
"""Returns how a chart writes a term."""


@dataclass(frozen=True)
class Series:
    """The numbers of one column; None where a row has none."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class ResultBars:
    """Numbers by name."""

    names: Sequence[str]
    series: Sequence[Series]


@dataclass(frozen=True)
class ResultLines:
    """Numbers over time, in its order; `days` are numbers of days, `names` the times as the result has them."""

    names: Sequence[str]
    days: Sequence[int]
    series: Sequence[Series]


def choose_chart(names: Sequence[str], rows: Rows, name_of: NameOf) -> ResultBars | ResultLines | None:
    """Return the chart of a result; None where its columns are not names or times with numbers, or are too many."""
    columns = [[row[column] for row in rows] for column in range(len(names))]
    if len(rows) < 2 or len(columns) < 2:
        return None
    times = _times(columns[0])
    numeric = [column for column in range(1 if times else 0, len(names)) if _is_numeric(columns[column])]
    if not numeric or len(numeric) > _MAX_SERIES:
        return None
    others = [column for column in range(len(names)) if column not in numeric]
    series = [Series(names[column], [_number(term) for term in columns[column]]) for column in numeric]
    if times and others == [0] and len(set(times)) == len(times) <= _MAX_POINTS:
        return _lines(times, [name_of(term) if term else "" for term in columns[0]], series)
    return _bars([[columns[column][row] for column in others] for row in range(len(rows))], series, name_of)


def _lines(times: Sequence[int], names: Sequence[str], series: Sequence[Series]) -> ResultLines:
    order = sorted(range(len(times)), key=lambda index: times[index])
    ordered = [Series(one.name, [one.values[index] for index in order]) for one in series]
    return ResultLines([names[index] for index in order], [times[index] for index in order], ordered)


def _bars(terms: Sequence[Sequence[Term | None]], series: Sequence[Series], name_of: NameOf) -> ResultBars | None:
    """Return bars, where each has a name of its own."""
    if not 1 <= len(terms[0]) <= 3 or len(terms) > _MAX_BARS:
        return None
    names = [" · ".join(name_of(term) if term else "–" for term in of_row) for of_row in terms]
    return ResultBars(names, series) if len(set(names)) == len(names) else None


def _is_numeric(terms: Sequence[Term | None]) -> bool:
    bound = [term for term in terms if term is not None]
    return bool(bound) and all(_number(term) is not None for term in bound)


def _number(term: Term | None) -> float | None:
    """Return the number that a literal is; None for anything else, and for what is not finite."""
    if not isinstance(term, Literal) or term.datatype.value not in _NUMBERS:
        return None
    try:
        number = float(term.value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _times(terms: Sequence[Term | None]) -> Sequence[int] | None:
    """Return the days of a column of dates or years; None where it holds anything else."""
    days = [_day(term) for term in terms]
    known = [day for day in days if day is not None]
    return known if len(known) == len(days) else None


def _day(term: Term | None) -> int | None:
    """Return the number of the first day of a literal's time: a date, a month, or a year of four digits."""
    if not isinstance(term, Literal) or term.language:
        return None
    if term.datatype.value in _NUMBERS and not 1000 <= (_number(term) or 0) <= 2999:
        return None
    if match := _YEAR.fullmatch(term.value) or _DAY.fullmatch(term.value):
        year, month, day = (int(part or 1) for part in (*match.groups(), None, None)[:3])
        try:
            return date(year, month, day).toordinal()
        except ValueError:
            return None
    return None
