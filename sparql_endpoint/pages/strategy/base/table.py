"""The strategy as the newest report tells it: measures, who answers, what was promised, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pyoxigraph import Literal, NamedNode

from sparql_endpoint.stores.base import Term


@dataclass(frozen=True)
class Milestone:
    """A dated claim; `latest` is the last day that it may mean, None where that is not said."""

    iri: Term
    when: str
    """EDTF, as it stands in the data."""
    earliest: date | None
    latest: date | None
    outcome: Term | None
    planned: bool
    words: str = ""
    """The report's words for the time."""

    def is_past(self, day: date) -> bool:
        """Whether it was planned for a time that is over on that day."""
        return self.planned and self.latest is not None and self.latest < day

    def touches(self, year: int) -> bool:
        """Whether some of the time that it may mean is in that year."""
        return bool(self.earliest and self.latest and self.earliest.year <= year <= self.latest.year)


@dataclass(frozen=True)
class Agent:
    """A unit or post that answers for a measure."""

    iri: Term
    leads: bool
    """False where the report prints it as one that contributes."""


@dataclass(frozen=True)
class Entity:
    """What a measure names, with its classes."""

    iri: NamedNode
    involved: bool
    """True for a partner; False for what the measure is about."""
    classes: Sequence[NamedNode] = ()


@dataclass(frozen=True)
class Observation:
    """What one report says of one measure, in short."""

    iri: Term
    measure: NamedNode
    report: Term
    issued: str
    status: Term | None
    status_text: Literal | None
    text: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Measure:
    """A measure as of the newest report."""

    iri: NamedNode
    key: str
    number: int | None
    part: str
    text: Literal
    comment: Literal | None
    status: NamedNode | None
    status_text: Literal | None
    theme: NamedNode | None
    first_page: int | None
    strategy: Term | None
    agents: Sequence[Agent] = ()
    entities: Sequence[Entity] = ()
    milestones: Sequence[Milestone] = ()

    @property
    def promises(self) -> Iterator[Milestone]:
        """What is planned."""
        return (milestone for milestone in self.milestones if milestone.planned)


@dataclass(frozen=True)
class MeasureChange:
    """A measure that the newest report tells otherwise: `kinds` are added, removed, status, text and comment."""

    kinds: Sequence[str]
    measure: NamedNode
    before: Observation | None
    after: Observation | None


@dataclass(frozen=True)
class Statuses:
    """The statuses of the data: the widest ones in a fixed order, and which one each belongs to."""

    tops: Sequence[NamedNode] = ()
    top_of: Mapping[NamedNode, NamedNode] = field(default_factory=dict)
    closed: frozenset[NamedNode] = frozenset()

    def top(self, status: Term | None) -> NamedNode | None:
        """The widest status above one."""
        return self.top_of.get(status, status) if isinstance(status, NamedNode) else None

    def tone(self, status: Term | None) -> int:
        """The palette's number of a status: the same one on every page; 0 where there is none."""
        top = self.top(status)
        return self.tops.index(top) % 5 + 1 if top in self.tops else 0


@dataclass(frozen=True)
class Strategy:
    """All of it; without measures where the data is about something else."""

    measures: Sequence[Measure] = ()
    statuses: Statuses = Statuses()
    reports: Sequence[tuple[str, Term]] = ()
    """Date of issue and IRI of each report, oldest first."""
    observations: Sequence[Observation] = ()
    """Oldest first."""

    def terms(self) -> Iterator[Term]:
        """All that a page may name, so that the names can be asked for at once."""
        for measure in self.measures:
            terms = (measure.iri, measure.status, measure.theme, measure.strategy)
            yield from (term for term in terms if term is not None)
            yield from (agent.iri for agent in measure.agents)
            yield from (entity.iri for entity in measure.entities)
            yield from (milestone.outcome for milestone in measure.milestones if milestone.outcome)
        yield from self.statuses.tops
        yield from (report for _, report in self.reports)

    @property
    def issued(self) -> str:
        """When the newest report was issued; empty where there is none."""
        return self.reports[-1][0] if self.reports else ""

    @property
    def issued_on(self) -> date | None:
        """The same as a date; None where it is not one."""
        try:
            return date.fromisoformat(self.issued[:10])
        except ValueError:
            return None

    def promises(self) -> list[tuple[Measure, Milestone]]:
        """What is planned and by when, the earliest last day first."""
        promises = [(measure, milestone) for measure in self.measures for milestone in measure.promises]
        return sorted(promises, key=lambda pair: (pair[1].latest or date.max, pair[1].when))

    def closed_with_promises(self, day: date) -> list[tuple[Measure, Sequence[Milestone]]]:
        """Closed measures with something planned whose time was not over on that day."""
        closed = (measure for measure in self.measures if self.statuses.top(measure.status) in self.statuses.closed)
        with_promises = ((measure, [m for m in measure.promises if not m.is_past(day)]) for measure in closed)
        return [(measure, promises) for measure, promises in with_promises if promises]

    def changes(self) -> list[MeasureChange]:
        """What the newest report tells otherwise than the one before it."""
        if len(self.reports) < 2:
            return []
        before, after = (self._observations_of(report) for _, report in self.reports[-2:])
        compared = (_compared(iri, before.get(iri), after.get(iri)) for iri in {**before, **after})
        return [change for change in compared if change.kinds]

    def _observations_of(self, report: Term) -> Mapping[NamedNode, Observation]:
        return {observation.measure: observation for observation in self.observations if observation.report == report}


def _compared(measure: NamedNode, before: Observation | None, after: Observation | None) -> MeasureChange:
    if before is None or after is None:
        return MeasureChange(["added" if before is None else "removed"], measure, before, after)
    differs = {
        "status": (before.status, before.status_text) != (after.status, after.status_text),
        "text": before.text != after.text,
        "comment": before.comment != after.comment,
    }
    return MeasureChange([kind for kind, differ in differs.items() if differ], measure, before, after)
