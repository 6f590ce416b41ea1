"""The strategy at a glance: how many measures stand where, what was promised for when, what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode

from sparql_endpoint.http import languages
from sparql_endpoint.pages.strategy.base.charts import BarChart, BarPart, BarRow, bars
from sparql_endpoint.pages.strategy.base.filters import FILTERS, NONE, OTHER, Choices, Value
from sparql_endpoint.pages.strategy.base.measure_query import title
from sparql_endpoint.pages.strategy.base.table import Measure, MeasureChange, Milestone, Strategy
from sparql_endpoint.services.labels import Label, Labels, TextLabel
from sparql_endpoint.stores.base import Term

Address = Callable[..., str]
"""The address of the list of measures with these filters."""


@dataclass(frozen=True)
class Promise:
    """Something planned: by when, by which measure, and how that stands."""

    when: str
    words: str
    measure: Label
    status: Label
    tone: int
    was_past: bool
    """Whether its time was over when the report came."""


@dataclass(frozen=True)
class Changed:
    """A measure that the newest report tells otherwise."""

    kinds: Sequence[str]
    measure: Label
    before: Label
    after: Label
    tones: tuple[int, int]


@dataclass(frozen=True)
class Overview:
    """What the page shows."""

    total: int
    issued: str
    strategy: Label | None
    report: Label
    by_status: BarChart
    by_theme: BarChart
    by_unit: BarChart
    due: Sequence[Promise]
    past: Sequence[Promise]
    open_though_closed: Sequence[tuple[Label, Sequence[Promise]]]
    changed: Sequence[Changed]
    reports: int
    compared: Sequence[str] = ()
    """The last parts of the IRIs of the two newest reports, the older one first."""


class OverviewBuilder:
    """Makes the overview of a strategy for one request."""

    def __init__(self, strategy: Strategy, labels: Labels, address: Address) -> None:
        self._strategy = strategy
        self._labels = labels
        self._address = address
        self._choices = Choices(strategy)
        self._issued = strategy.issued_on

    def overview(self, today: date) -> Overview:
        """What stood in the newest report, seen from a day."""
        strategy, show = self._strategy, self._labels.of
        promises = strategy.promises()
        named = next((measure.strategy for measure in strategy.measures if measure.strategy), None)
        return Overview(
            len(strategy.measures),
            strategy.issued,
            show(named) if named else None,
            show(strategy.reports[-1][1]) if strategy.reports else TextLabel(""),
            self._by_status(),
            self._by("theme"),
            self._by("unit"),
            [self._promise(*pair) for pair in promises if not pair[1].is_past(today)],
            [self._promise(*pair) for pair in promises if pair[1].is_past(today)],
            list(self._open_though_closed()),
            [self._changed(change) for change in strategy.changes()],
            len(strategy.reports),
            [_key(report) for _, report in strategy.reports[-2:]] if len(strategy.reports) > 1 else [],
        )

    def _open_though_closed(self) -> Iterator[tuple[Label, Sequence[Promise]]]:
        for measure, promises in self._strategy.closed_with_promises(self._issued or date.max):
            yield title(measure, self._labels), [self._promise(measure, promise) for promise in promises]

    def _word(self, key: str) -> Label:
        return TextLabel(languages.say(key, self._labels.language))

    def _name(self, value: Value) -> Label:
        if isinstance(value, NamedNode):
            return self._labels.of(value)
        return (
            self._word({NONE: "not_stated", OTHER: "other"}[value]) if isinstance(value, str) else TextLabel(str(value))
        )

    def _kinds(self) -> list[Value]:
        """The statuses that are told apart, in the same order everywhere."""
        known = self._choices.values("status")
        return [*self._strategy.statuses.tops, *([OTHER] if OTHER in known else []), NONE]

    def _by_status(self) -> BarChart:
        return bars("by-status", self._word("by_status").text, list(self._statuses()))

    def _statuses(self) -> Iterator[BarRow]:
        for kind in self._kinds():
            name, href = self._name(kind), self._address(status=self._choices.spelling("status", kind))
            count = len(self._choices.having("status", kind))
            yield BarRow(name, [BarPart(name, count, self._tone(kind), href)], href)

    def _by(self, filtered: str) -> BarChart:
        """Bars of one filter's values, the most first, each by status."""
        values = [(value, self._choices.having(filtered, value)) for value in self._choices.values(filtered)]
        values.sort(key=lambda pair: (pair[0] == NONE, -len(pair[1]) if filtered == "unit" else 0))
        rows = [self._row(filtered, value, measures) for value, measures in values]
        return bars(f"by-{filtered}", self._word(f"by_{filtered}").text, rows)

    def _row(self, filtered: str, value: Value, measures: Sequence[Measure]) -> BarRow:
        filters = {filtered: self._choices.spelling(filtered, value)}
        of = FILTERS["status"]
        parts = []
        for kind in self._kinds():
            count = sum(kind in of(measure, self._strategy.statuses) for measure in measures)
            href = self._address(**filters, status=self._choices.spelling("status", kind))
            parts.append(BarPart(self._name(kind), count, self._tone(kind), href))
        return BarRow(self._name(value), parts, self._address(**filters), len(measures))

    def _tone(self, kind: Value | Term | None) -> int:
        return self._strategy.statuses.tone(kind) if isinstance(kind, NamedNode) else 0

    def _promise(self, measure: Measure, milestone: Milestone) -> Promise:
        status = self._status(measure.status, measure.status_text)
        was_past = bool(self._issued and milestone.is_past(self._issued))
        tone = self._tone(measure.status)
        return Promise(milestone.when, milestone.words, title(measure, self._labels), status, tone, was_past)

    def _status(self, status: Term | None, text: Term | None) -> Label:
        term = status or text
        return self._labels.of(term) if term else self._word("not_stated")

    def _changed(self, change: MeasureChange) -> Changed:
        sides = [
            self._status(side.status, side.status_text) if side else TextLabel("")
            for side in (change.before, change.after)
        ]
        tones = [self._tone(side.status) if side else 0 for side in (change.before, change.after)]
        measure = self._labels.of(change.measure)
        return Changed(change.kinds, measure, sides[0], sides[1], (tones[0], tones[1]))


def _key(report: Term) -> str:
    return str(report).strip("<>").rpartition("/")[2]
