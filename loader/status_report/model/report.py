"""What a status report says, as plain frozen records; nothing here knows RDF or print."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from loader.status_report.model.report_text import ReportText
from loader.status_report.model.source_text import Span


class Role(StrEnum):
    """How a unit or post is named in a row; the key of a concept in `id/concept/role/`."""

    LEAD = "lead"
    CONTRIBUTING = "contributing"


class MentionRole(StrEnum):
    """The role in which a row names an entity; the key of a concept in `id/concept/mention-role/`."""

    PARTNER = "partner"
    SUPPLIER = "supplier"
    AUDIENCE = "audience"
    AUTHORITY = "authority"
    OWNER = "owner"
    NAMED = "named"


class Outcome(StrEnum):
    """What the report says about a milestone; the key of a concept in `id/concept/outcome/`."""

    REACHED = "reached"
    PLANNED = "planned"
    NOT_REACHED = "notReached"
    POSTPONED = "postponed"
    UNKNOWN = "unknown"


class Scope(StrEnum):
    """Whether a milestone is the measure's own or background; the key of a concept in `id/concept/milestone-scope/`."""

    OWN = "own"
    CONTEXT = "context"


@dataclass(frozen=True)
class Words:
    """Words of the report: the text with the print undone and where it stands in the source."""

    text: str
    spans: tuple[Span, ...]
    joined: bool = False
    """Whether a word was put together over a line break by inference."""


@dataclass(frozen=True)
class Unit:
    """A unit as the report's legend names it."""

    code: str
    name: Words
    former: Words | None
    entry: tuple[Span, ...]


@dataclass(frozen=True)
class Responsibility:
    """One unit or post named in a row."""

    agent: str
    """The IRI of the unit or post."""
    role: Role
    printed: Words


@dataclass(frozen=True)
class Milestone:
    """One claim that something happened, did not, or will; mostly dated."""

    when: str | None
    """EDTF, https://www.loc.gov/standards/datetime/; None for a plan without a date."""
    earliest: date | None
    latest: date | None
    outcome: Outcome
    printed: Words
    """The words of the date, or of the plan that has none."""
    cue: Words | None
    """The words that the outcome is read from; None where no word says it and the date decides."""
    scope: Scope
    offset: int
    """Where it stands in the text of its cell."""
    cell: str
    """"wording" or "comment"."""
    year_inferred: bool = False
    bounds_inferred: bool = False
    """Whether the bounds are a reading: a season is taken as a half-year, Christmas as December."""
    read_as_of: date | None = None
    """The date of the earlier report with the same words, as of which this is read."""


@dataclass(frozen=True)
class Mention:
    """An entity named in a row."""

    entity: str
    printed: Words
    role: MentionRole = MentionRole.NAMED
    evidence: Words | None = None
    """The words that show the role; None where the entity is only named."""


@dataclass(frozen=True)
class Reference:
    """A web address, or another measure, that a row names."""

    target: str
    printed: Words
    inferred: bool = False


@dataclass(frozen=True)
class StrategyPage:
    """The page of the strategy that a wording stands on."""

    printed: Words
    pages: str
    first: int
    last: int
    edition: str | None


@dataclass(frozen=True)
class Status:
    """The status cell: the concept's IRI, its printed word and what qualifies it."""

    concept: str
    printed: Words
    note: Words | None


@dataclass(frozen=True)
class Row:
    """One row of the report: its words on one measure."""

    part: str
    text: Words
    line: int
    theme: tuple[str, Words] | None = None
    number: tuple[int, Words] | None = None
    page: StrategyPage | None = None
    responsibilities: tuple[Responsibility, ...] = ()
    status: Status | None = None
    comment: Words | None = None
    milestones: tuple[Milestone, ...] = ()
    mentions: tuple[Mention, ...] = ()
    references: tuple[Reference, ...] = ()
    refers_to: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Boilerplate:
    """A line of the source that states nothing of a measure: a table header, a part heading."""

    kind: str
    span: Span


@dataclass(frozen=True)
class StatusReport:
    """A whole status report."""

    source: ReportText
    issued: date
    strategy: str
    """The strategy's period, its key: "2020-2025"."""
    title: Words
    units: tuple[Unit, ...]
    rows: tuple[Row, ...]
    boilerplate: tuple[Boilerplate, ...]
    unplaced: tuple[Reference, ...] = ()
    """Links at the foot of a page that no row on it cites."""
    warnings: tuple[str, ...] = field(default=(), compare=False)
