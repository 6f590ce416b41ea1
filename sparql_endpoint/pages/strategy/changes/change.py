"""A change of one resource: what it was, on which day, and what it has to do with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sparql_endpoint.pages.strategy.base.observations import ReportObservation
from sparql_endpoint.pages.strategy.reports.comparison import FieldChange
from sparql_endpoint.stores.base import Term


class ChangeKind(StrEnum):
    """What happened; the value is the last part of the key of its words."""

    REPORT = "report"
    """A report was published."""
    NEW = "new"
    """A report has a measure that none before it had."""
    CHANGED = "changed"
    """A report describes a measure in another way than the report before."""
    MISSING = "missing"
    """A report no longer has a measure."""
    REREAD = "reread"
    """A release reads the same report in another way than the release before."""
    CURATED = "curated"
    """A release has other curated statements about a resource than the release before."""


@dataclass(frozen=True)
class ValueChange:
    """The values of one property that were removed, and those that were added."""

    property: Term
    before: Sequence[Term]
    after: Sequence[Term]


@dataclass(frozen=True)
class Change:
    """One change; two changes never have the same IRI, and a change keeps its IRI for ever."""

    iri: str
    subject: Term
    day: str
    """The date of the report or of the release, as YYYY-MM-DD."""
    kind: ChangeKind
    fields: Sequence[FieldChange] = ()
    observation: ReportObservation | None = None
    """What the report says of the measure, where it says something."""
    named: ValueChange | None = None
    """What is no longer named at the measure, and what is now."""
    values: Sequence[ValueChange] = ()
    number: int = 0
    """Of a report: how many measures it has."""
    connected: frozenset[Term] = frozenset()
    """The subject, the report, and what the measure had to do with before or has to do with now."""

    def terms(self) -> Sequence[Term]:
        """Return everything that the words of the change name."""
        changed = [*([self.named] if self.named else []), *self.values]
        return [self.subject, *self.connected, *(t for c in changed for t in (c.property, *c.before, *c.after))]


@dataclass
class MeasureSeries:
    """The measures of one strategy while its reports are read from the oldest to the newest."""

    observations: dict[Term, ReportObservation] = field(default_factory=dict)
    """The newest observation of each measure."""
    connections: dict[Term, Mapping[Term, str]] = field(default_factory=dict)
    """What each measure has to do with by its newest observation, each with its kind."""
    newest: frozenset[Term] = frozenset()
    """The measures of the newest report."""
