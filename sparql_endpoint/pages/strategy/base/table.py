"""A strategy as its newest report tells it: measures, who answers for them, and what is planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pyoxigraph import Literal, NamedNode

from sparql_endpoint.stores.base import Term


@dataclass(frozen=True)
class Milestone:
    """A claim, mostly dated; `latest` is the last day that it may mean, None where that is not said."""

    iri: Term
    when: str
    """EDTF, as it stands in the data; empty for a plan without a date."""
    earliest: date | None
    latest: date | None
    outcome: Term | None
    planned: bool
    words: str = ""
    """The report's words for the time, or for a plan without one."""
    is_own: bool = True
    """False for background: a date that the report gives and that is not the measure's own."""

    def is_past(self, day: date) -> bool:
        """Whether it was planned for a time that is over on that day."""
        return self.planned and self.latest is not None and self.latest < day


ROLES = ("partner", "supplier", "audience", "authority", "owner")
"""The roles in which a measure names organisations and groups, in the order they are listed."""


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
    """True for a partner or a supplier; False for what the measure is about."""
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
    def plans(self) -> Iterator[Milestone]:
        """What the measure itself is planned to bring."""
        return (milestone for milestone in self.milestones if milestone.planned and milestone.is_own)


@dataclass(frozen=True)
class Period:
    """From when to when a strategy holds, both days included; None where the data does not say it."""

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Statuses:
    """The statuses of the data: the widest ones in a fixed order, and which one each belongs to."""

    tops: Sequence[NamedNode] = ()
    top_of: Mapping[NamedNode, NamedNode] = field(default_factory=dict)
    closed: frozenset[NamedNode] = frozenset()

    @property
    def ordered(self) -> Sequence[NamedNode]:
        """The widest ones in the order of all pictures and lists: the closed first."""
        return sorted(self.tops, key=lambda top: top not in self.closed)

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

    iri: Term | None = None
    period: Period = Period()
    measures: Sequence[Measure] = ()
    statuses: Statuses = Statuses()
    reports: Sequence[tuple[str, Term]] = ()
    """Date of issue and IRI of each report, oldest first."""
    observations: Sequence[Observation] = ()
    """Oldest first."""

    def terms(self) -> Iterator[Term]:
        """All that a page may name, so that the names can be asked for at once."""
        yield from (term for term in (self.iri,) if term is not None)
        for measure in self.measures:
            terms = (measure.iri, measure.status, measure.theme, measure.strategy)
            yield from (term for term in terms if term is not None)
            yield from (agent.iri for agent in measure.agents)
            yield from (entity.iri for entity in measure.entities)
            yield from (milestone.outcome for milestone in measure.milestones if milestone.outcome)
        yield from self.statuses.tops
        yield from (report for _, report in self.reports)

    @property
    def key(self) -> str:
        """The last part of its IRI, which addresses have; empty where it has none."""
        return str(self.iri).strip("<>").rpartition("/")[2] if self.iri else ""

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

    def plans(self) -> list[tuple[Measure, Milestone]]:
        """What is planned, the earliest last day first, and last what has no date."""
        plans = [(measure, milestone) for measure in self.measures for milestone in measure.plans]
        return sorted(plans, key=lambda pair: (pair[1].latest or date.max, not pair[1].when, pair[1].when))

    def is_closed(self, measure: Measure) -> bool:
        """Whether the report counts a measure as closed."""
        return self.statuses.top(measure.status) in self.statuses.closed

    def closed_with_plans(self, day: date) -> list[tuple[Measure, Sequence[Milestone]]]:
        """Closed measures with something planned that has no date, or one that had not passed on that day."""
        closed = (measure for measure in self.measures if self.is_closed(measure))
        with_plans = ((measure, [m for m in measure.plans if not m.is_past(day)]) for measure in closed)
        return [(measure, plans) for measure, plans in with_plans if plans]
