"""What measures can be chosen by: the values that they have of each filter, and how an address spells them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from pyoxigraph import NamedNode

from nbkg.rdf.compact_iri import local_name
from sparql_endpoint.pages.strategy.base.table import Measure, Statuses, Strategy

NONE = "none"
"""What stands in an address for measures that have no value."""
OTHER = "other"
"""For a status that is printed in words which no concept has."""
Value = NamedNode | int | str
_Values = Iterable[Value]


def _status(measure: Measure, statuses: Statuses) -> _Values:
    if measure.status is None:
        return [OTHER if measure.status_text else NONE]
    return [*filter(None, [statuses.top(measure.status)]), measure.status]


def _years(measure: Measure, _: Statuses) -> _Values:
    spans = ((m.earliest.year, m.latest.year) for m in measure.milestones if m.earliest and m.latest)
    return sorted({year for first, last in spans for year in range(first, min(last, first + 50) + 1)})


FILTERS: Mapping[str, Callable[[Measure, Statuses], _Values]] = {
    "theme": lambda measure, _: [measure.theme or NONE],
    "unit": lambda measure, _: [a.iri for a in measure.agents if isinstance(a.iri, NamedNode)] or [NONE],
    "status": _status,
    "partner": lambda measure, _: [entity.iri for entity in measure.entities if entity.involved],
    "service": lambda measure, _: [entity.iri for entity in measure.entities if not entity.involved],
    "year": _years,
}
"""Name in an address → the values that a measure has of it."""


class Choices:
    """The values that the measures have, each with its spelling: the last part of an IRI where that is enough."""

    def __init__(self, strategy: Strategy) -> None:
        self._strategy = strategy
        self._spellings = {name: _spellings(self._all(name)) for name in FILTERS}

    def _all(self, name: str) -> Sequence[Value]:
        of = FILTERS[name]
        values = (value for measure in self._strategy.measures for value in of(measure, self._strategy.statuses))
        if name == "status":
            tops = self._strategy.statuses.ordered
            return sorted(dict.fromkeys([*tops, *values]), key=lambda value: self._rank(value, tops))
        return list(dict.fromkeys(values))

    def _rank(self, value: Value, tops: Sequence[NamedNode]) -> int:
        """The place of a status in the list: below the widest one above it; last the measures without one."""
        top = self._strategy.statuses.top(value) if isinstance(value, NamedNode) else None
        return tops.index(top) if top in tops else len(tops) + (value == NONE)

    def values(self, name: str) -> Mapping[Value, str]:
        """The values of a filter and their spellings."""
        return self._spellings[name]

    def spelling(self, name: str, value: Value) -> str:
        """How an address spells a value."""
        return self._spellings[name].get(value, str(value))

    def meant(self, name: str, spelling: str) -> Value | None:
        """The value that an address means, by its spelling or whole IRI; None where no measure has it."""
        for value, other in self._spellings[name].items():
            if spelling == other or (isinstance(value, NamedNode) and spelling == value.value):
                return value
        return None

    def having(self, name: str, value: Value) -> list[Measure]:
        """The measures that have a value."""
        statuses = self._strategy.statuses
        return [measure for measure in self._strategy.measures if value in FILTERS[name](measure, statuses)]

    def counts(self, name: str, measures: Iterable[Measure]) -> Mapping[Value, int]:
        """How many of some measures have each value; without values that none of them has."""
        statuses = self._strategy.statuses
        return Counter(value for measure in measures for value in dict.fromkeys(FILTERS[name](measure, statuses)))


def _spellings(values: Sequence[Value]) -> Mapping[Value, str]:
    short = {value: local_name(value.value) if isinstance(value, NamedNode) else str(value) for value in values}
    shared = {spelling for spelling, count in Counter(short.values()).items() if count > 1 or not spelling}
    return {
        value: value.value if isinstance(value, NamedNode) and spelling in shared else spelling
        for value, spelling in short.items()
    }
