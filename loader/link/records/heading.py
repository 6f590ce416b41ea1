"""A heading of somebody's record that is to be linked, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nbkg.decisions.pair_decision import Decision
from nbkg.matching.query import Constraint


@dataclass(frozen=True)
class RecordHeading:
    """A name in a record, with the identifiers that stand beside it."""

    key: str
    """The IRI or key of what the heading names, the same in every run."""
    name: str
    identifiers: tuple[str, ...] = ()
    properties: tuple[Constraint, ...] = ()
    """What else the record says of it, such as years."""
    is_linked: bool = False
    """Whether the record links it already: nothing is added."""
    position: int = 0
    """Which field of its record it is."""
    record: str = ""
    """The key of the record in which it stands, where the heading itself may stand in several."""


class LinkOutcome(StrEnum):
    """What became of a heading."""

    LINKED = "linked"
    PROPOSED = "proposed"
    ALREADY = "already-linked"
    NO_NAME = "no-name"
    NO_CANDIDATE = "no-candidate"
    UNKNOWN_IDENTIFIER = "unknown-identifier"
    UNDIFFERENTIATED = "undifferentiated"
    CONFLICT = "conflict"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    UNWRITABLE = "unwritable"


@dataclass(frozen=True)
class LinkedHeading:
    """A heading with what became of it."""

    heading: RecordHeading
    outcome: LinkOutcome
    decisions: tuple[Decision, ...] = ()
    """The link, or the proposals, the best first."""
    about: str = ""
    """The entity because of which nothing is linked."""

    @property
    def link(self) -> Decision | None:
        """The decision that links it; None where it is not linked."""
        return self.decisions[0] if self.outcome is LinkOutcome.LINKED else None
