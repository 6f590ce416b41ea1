"""The answer to the source of a record: accepted with its id, a duplicate of another, or refused, with the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from loader.marc.entry.entry_candidates import EntryCandidate, entry_id
from loader.marc.record_validation import RecordFinding
from loader.validate.results import Severity


class EntryStatus(StrEnum):
    """What became of a record."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True)
class EntryRemark:
    """What a rule found in a record, or why it was refused, in words."""

    severity: str
    rule: str
    """The IRI of the shape; empty where no shape says so."""
    message: dict[str, str]
    """By language."""


@dataclass(frozen=True)
class EntryAnswer:
    """What is said of one record."""

    record: str
    """What its source calls it, or where it stands in its file."""
    status: EntryStatus
    id: str = ""
    """The id of an accepted record, as it stands in 035 $a."""
    outcome: str = ""
    """Whether an accepted record is new, changed or unchanged."""
    remarks: tuple[EntryRemark, ...] = ()
    candidates: tuple[EntryCandidate, ...] = ()
    stripped: tuple[str, ...] = ()
    """The tags of the fields about copies and loans that were taken out before storing, one for each field."""
    headings: int = 0
    """How many headings of persons, bodies and meetings it has."""
    with_number: int = 0
    """How many of them have the number of an authority record ($0 or $1)."""

    def to_json(self) -> dict[str, Any]:
        """Return the answer as JSON, without what is empty."""
        content = asdict(self) | {"candidates": [candidate_json(each) for each in self.candidates]}
        headings = {"count": content.pop("headings"), "withNumber": content.pop("with_number")}
        return {name: value for name, value in content.items() if value} | {"headings": headings}


def candidate_json(candidate: EntryCandidate) -> dict[str, Any]:
    """Return a candidate as JSON."""
    named = {"id": entry_id(candidate.source, candidate.record)} if candidate.record else {}
    return named | {"record": candidate.title} | {"source": candidate.source, "reasons": list(candidate.reasons)}


def remarks_of(findings: Sequence[RecordFinding]) -> tuple[EntryRemark, ...]:
    """Return what rules found, each rule once, the heaviest first."""
    order = list(Severity)
    rules = dict.fromkeys(each.rule.shape for each in findings)
    by_shape = {each.rule.shape: each.rule for each in findings}
    chosen = sorted((by_shape[shape] for shape in rules), key=lambda rule: order.index(rule.severity))
    return tuple(EntryRemark(rule.severity.value, rule.shape, rule.messages) for rule in chosen)


def refusal(words: dict[str, str]) -> EntryRemark:
    """Return the remark of a record that is refused for what no shape says."""
    return EntryRemark(Severity.VIOLATION.value, "", words)
