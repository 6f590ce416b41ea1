"""A decision on two things or more: whether they are one, by which rule and evidence, and what a person answered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from nbkg.errors import DataError, UsageError
from nbkg.records.store.times import parse_time

_KEY_LENGTH = 24

Evidence = tuple[str, str]
"""The name of a feature that was compared, and its value."""


class DecisionKind(StrEnum):
    """What is decided."""

    LINK = "link"
    """Whether a thing is an entity of a register, so that it is linked to it."""
    JOIN = "join"
    """Whether records describe one thing, so that they are joined in a cluster."""


class Answer(StrEnum):
    """What the decision is."""

    LINKED = "linked"
    JOINED = "joined"
    REFUSED = "refused"
    PROPOSED = "proposed"
    """Nothing is linked or joined until a person confirms it."""


CONFIRMED = {DecisionKind.LINK: Answer.LINKED, DecisionKind.JOIN: Answer.JOINED}
"""The answer of each kind that says that the things are one."""


@dataclass(frozen=True)
class Person:
    """Who confirmed or refused, and when."""

    name: str
    when: str
    """A date (2026-11-30), or a time in UTC (2026-11-30T12:00:00Z); both sort as text."""


@dataclass(frozen=True)
class Decision:
    """What a rule or a person decided. The order of the things does not count; that of the evidence does."""

    kind: DecisionKind
    members: tuple[str, ...]
    """The IRIs or record keys of two things or more; of a link, the entity that is linked to comes last."""
    answer: Answer
    rule: str = ""
    """The key of the rule that gave the answer, or made the proposal."""
    evidence: tuple[Evidence, ...] = ()
    score: float | None = None
    """From 0 to 100, with two decimals at most."""
    run: str = ""
    """The key of the run that applied the rule, made from its inputs."""
    person: Person | None = None
    """Who answered, where a person did."""
    names: tuple[str, ...] = ()
    """What the things are called, in their order; empty where nobody knows."""
    note: str = ""
    """Why a person answered so."""
    other_cells: tuple[tuple[str, str], ...] = ()
    """Columns that only whoever wrote the file knows, with their values."""

    def __post_init__(self) -> None:
        check_members(self.members)
        if self.answer not in (CONFIRMED[self.kind], Answer.REFUSED, Answer.PROPOSED):
            raise DataError(f"a decision of the kind “{self.kind}” cannot have the answer “{self.answer}”")

    @property
    def key(self) -> str:
        """The key of the decision, the same in every run: it is made from its kind and its things."""
        return decision_key(self.kind, self.members)


def decision_key(kind: str, members: Sequence[str]) -> str:
    """Return the key of the decision of a kind on things, in whatever order they are given."""
    text = json.dumps([str(kind), *sorted(members)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_KEY_LENGTH]


def run_key(*inputs: str) -> str:
    """Return the key of a run, made from what tells its inputs from others: hashes, settings, versions of rules."""
    return hashlib.sha256(json.dumps(inputs, ensure_ascii=False).encode()).hexdigest()[:_KEY_LENGTH]


def parse_person(name: str, when: str) -> Person:
    """Return who decided and when. Raises DataError where one is missing, or is no date or time with a zone."""
    if not name:
        raise DataError("nobody is named who decided; write the name in decided_by")
    try:
        return Person(name, parse_time(when))
    except UsageError as error:
        raise DataError(f"decided_on: {error}") from error


def check_members(members: Sequence[str]) -> None:
    """Raise DataError where there are fewer than two different things, or one is no IRI or key."""
    if len(set(members)) < max(len(members), 2):
        raise DataError("a decision is on two different things or more; write one in “thing” and the others in “other”")
    for member in members:
        if not member or any(character.isspace() or character == "|" for character in member):
            raise DataError(f"“{member}” is neither an IRI nor a record key: both have no blanks and no “|”")
