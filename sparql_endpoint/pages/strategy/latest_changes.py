"""What the newest report says otherwise than the one before it, measure by measure, for the first page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from sparql_endpoint.http import dates, languages
from sparql_endpoint.pages.strategy.base.observations import ReportObservation, report_observations
from sparql_endpoint.pages.strategy.base.table import Strategy
from sparql_endpoint.pages.strategy.reports.comparison import FieldChange, compared
from sparql_endpoint.pages.strategy.reports.reports import read
from sparql_endpoint.services.labels import Label, Labels, TextLabel
from sparql_endpoint.stores.base import Term

_IN_FULL = ("status", "responsible", "contributing", "milestones")
"""Fields whose values the first page shows; of the others it says that they changed."""


@dataclass(frozen=True)
class ShownValue:
    """A value of a field: its name, and the colour of a status."""

    name: Label
    tone: int | None = None


@dataclass(frozen=True)
class ShownField:
    """A field that changed, with what only the older and only the newer report has of it."""

    field: str
    before: Sequence[ShownValue] = ()
    after: Sequence[ShownValue] = ()


@dataclass(frozen=True)
class ShownChange:
    """A measure that is new, is no longer there, or has fields that changed."""

    measure: Label
    kind: str
    fields: Sequence[ShownField] = ()
    others: Sequence[str] = ()
    """Fields that changed and are not shown here."""


class ReportChanges:
    """Makes the changes from the report before to the newest one."""

    def __init__(self, strategy: Strategy, labels: Labels) -> None:
        self._strategy = strategy
        self._labels = labels

    def changes(self) -> Sequence[ShownChange]:
        """Return the changes in the order of the report; none where there is only one report. Raises StoreError."""
        reports = [report for _, report in self._strategy.reports[-2:] if isinstance(report, NamedNode)]
        if len(reports) < 2:
            return ()
        comparison = compared(*(self._observations(report) for report in reports))
        self._labels.expect(comparison.terms())
        return [
            *(
                ShownChange(self._labels.of(changes[0].after.measure), "", *self._fields(changes))
                for changes in comparison.changed
            ),
            *(ShownChange(self._labels.of(one.measure), "added") for one in comparison.added),
            *(ShownChange(self._labels.of(one.measure), "removed") for one in comparison.removed),
        ]

    def _observations(self, report: NamedNode) -> Sequence[ReportObservation]:
        reading = read(report)
        return reading.observations if reading else report_observations(self._labels.serving.store, report)

    def _fields(self, changes: Sequence[FieldChange]) -> tuple[Sequence[ShownField], Sequence[str]]:
        in_full = [self._field(change) for change in changes if change.field in _IN_FULL]
        return in_full, [change.field for change in changes if change.field not in _IN_FULL]

    def _field(self, change: FieldChange) -> ShownField:
        before, after = (self._values(change.field, side) for side in (change.before, change.after))
        if change.field == "milestones":
            return ShownField(
                change.field, [v for v in before if v not in after], [v for v in after if v not in before]
            )
        return ShownField(change.field, before, after)

    def _values(self, field: str, observed: ReportObservation) -> Sequence[ShownValue]:
        if field == "milestones":
            return [ShownValue(TextLabel(self._claim(claim.when, claim.outcome))) for claim in observed.claims]
        if field != "status":
            return [ShownValue(self._labels.of(agent)) for agent in observed.agents(leading=field == "responsible")]
        status = observed.values.get("status")
        printed = status or observed.values.get("statusText")
        name = self._labels.of(printed) if printed else TextLabel(self._say("not_stated"))
        return [ShownValue(name, self._strategy.statuses.tone(status))]

    def _claim(self, when: str | None, outcome: Term | None) -> str:
        when_text = dates.edtf(when, self._labels.language) if when else self._say("undated")
        return f"{when_text} ({self._labels.of(outcome).text.lower()})" if outcome else when_text

    def _say(self, key: str) -> str:
        return languages.say(key, self._labels.language)
