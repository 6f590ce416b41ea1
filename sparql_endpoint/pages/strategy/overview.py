"""A strategy at a glance: how it is going, what is planned for when, what changed, and where the measures belong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sparql_endpoint.http import languages
from sparql_endpoint.pages.strategy.base.charts import BarChart, BarPart, BarRow, bars
from sparql_endpoint.pages.strategy.base.filters import FILTERS, NONE, Choices, Value
from sparql_endpoint.pages.strategy.base.measure_query import title
from sparql_endpoint.pages.strategy.base.progress import Address, Progress, progress, status_kinds, value_name
from sparql_endpoint.pages.strategy.base.table import Measure, Milestone, Strategy
from sparql_endpoint.pages.strategy.base.timeline import Timeline
from sparql_endpoint.pages.strategy.milestone_timeline import milestone_timeline
from sparql_endpoint.services.labels import Label, Labels, TextLabel
from sparql_endpoint.stores.base import Term


@dataclass(frozen=True)
class DatedRow:
    """A milestone in a table: when, of which measure, who answers for that, and how it stands."""

    when: str
    """EDTF; empty for a plan without a date."""
    words: str
    """The report's words for the time, or for a plan without one."""
    number: str
    measure: Label
    agents: Sequence[Label]
    status: Label
    tone: int
    outcome: Label | None
    was_past: bool
    """Whether its time was over when the report came."""


@dataclass(frozen=True)
class Overview:
    """What the page shows."""

    strategy: Label | None
    key: str
    issued: str
    report: Label | None
    progress: Progress
    timeline: Timeline | None
    plans: Sequence[tuple[str, Sequence[DatedRow]]]
    """What is planned: whose date has passed, whose date is ahead, and what has no date."""
    others: Sequence[DatedRow]
    """All other dates, the newest first."""
    open_though_closed: Sequence[tuple[Label, Sequence[DatedRow]]]
    by_theme: BarChart
    by_unit: BarChart


class OverviewBuilder:
    """Makes the overview of a strategy for one request."""

    def __init__(self, strategy: Strategy, labels: Labels, address: Address) -> None:
        self._strategy = strategy
        self._labels = labels
        self._address = address
        self._choices = Choices(strategy)
        self._issued = strategy.issued_on

    def overview(self, today: date) -> Overview:
        """Return what stood in the newest report, seen from a day."""
        strategy, show = self._strategy, self._labels.of
        return Overview(
            show(strategy.iri) if strategy.iri else None,
            strategy.key,
            strategy.issued,
            show(strategy.reports[-1][1]) if strategy.reports else None,
            progress(strategy, self._labels, self._address, today),
            milestone_timeline(strategy, self._labels, today),
            list(self._plans(today)),
            list(self._others()),
            list(self._open_though_closed()),
            self._by("theme"),
            self._by("unit"),
        )

    def _plans(self, today: date) -> Iterator[tuple[str, Sequence[DatedRow]]]:
        groups: dict[str, list[DatedRow]] = {"passed": [], "ahead": [], "undated": []}
        for measure, plan in self._strategy.plans():
            key = "undated" if not plan.when else "passed" if plan.is_past(today) else "ahead"
            groups[key].append(self._row_of(measure, plan))
        return ((key, rows) for key, rows in groups.items() if rows)

    def _others(self) -> Iterator[DatedRow]:
        """Yield what is dated and not planned, the latest first."""
        dated = [
            (measure, milestone)
            for measure in self._strategy.measures
            for milestone in measure.milestones
            if milestone.is_own and milestone.when and not milestone.planned
        ]
        for measure, milestone in sorted(dated, key=lambda pair: pair[1].latest or date.max, reverse=True):
            yield self._row_of(measure, milestone)

    def _open_though_closed(self) -> Iterator[tuple[Label, Sequence[DatedRow]]]:
        for measure, plans in self._strategy.closed_with_plans(self._issued or date.max):
            yield title(measure, self._labels), [self._row_of(measure, plan) for plan in plans]

    def _row_of(self, measure: Measure, milestone: Milestone) -> DatedRow:
        status = measure.status or measure.status_text
        return DatedRow(
            milestone.when,
            " ".join(milestone.words.split()),
            "" if measure.number is None else str(measure.number),
            title(measure, self._labels),
            [self._labels.of(agent.iri) for agent in measure.agents if agent.leads],
            self._labels.of(status) if status else self._word("not_stated"),
            self._strategy.statuses.tone(measure.status),
            self._labels.of(milestone.outcome) if milestone.outcome else None,
            bool(self._issued and milestone.is_past(self._issued)),
        )

    def _word(self, key: str) -> Label:
        return TextLabel(languages.say(key, self._labels.language))

    def _by(self, filtered: str) -> BarChart:
        """Return bars of one filter's values, the most first, each by status."""
        values = [(value, self._choices.having(filtered, value)) for value in self._choices.values(filtered)]
        values.sort(key=lambda pair: (pair[0] == NONE, -len(pair[1]) if filtered == "unit" else 0))
        rows = [self._row(filtered, value, measures) for value, measures in values]
        return bars(f"by-{filtered}", self._word(f"by_{filtered}").text, rows)

    def _row(self, filtered: str, value: Value, measures: Sequence[Measure]) -> BarRow:
        filters = {filtered: self._choices.spelling(filtered, value)}
        of, statuses = FILTERS["status"], self._strategy.statuses
        parts = []
        for kind in status_kinds(self._strategy, self._choices):
            count = sum(kind in list(of(measure, statuses)) for measure in measures)
            href = self._address(**filters, status=self._choices.spelling("status", kind))
            tone = statuses.tone(kind) if not isinstance(kind, str | int) else 0
            parts.append(BarPart(value_name(kind, self._labels), count, tone, href))
        return BarRow(value_name(value, self._labels), parts, self._address(**filters), len(measures))


def last_part(iri: Term) -> str:
    """Return the last part of an IRI, which addresses have."""
    return str(iri).strip("<>").rpartition("/")[2]
