"""Decisions of persons in the journal of a store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from nbkg.decisions.pair_decision import Answer, Decision, DecisionKind, Person
from nbkg.errors import DataError
from nbkg.storage.journal import append_entries, read_entries
from nbkg.storage.layout import journal_file

_TYPE = "decision"
"""The type of the entries; a journal may hold others."""


def append_decisions(store: Path, decisions: Sequence[Decision]) -> None:
    """Append decisions to the journal of a store, and return when they are on disk.

    Raises StoreUnavailableError where another process writes for too long.
    """
    append_entries(journal_file(store), [{"type": _TYPE, **serialize_decision(one)} for one in decisions])


def read_journal(store: Path) -> Iterator[Decision]:
    """Yield the decisions in the journal of a store, the oldest first; none where it has no journal.

    Raises DamagedFileError for an entry that is not as it was written, DataError for one that is no decision.
    """
    file = journal_file(store)
    entries = (entry for entry in read_entries(file) if entry.get("type") == _TYPE)
    return (_parse(entry, file) for entry in entries)


def serialize_decision(decision: Decision) -> dict[str, Any]:
    """Return a decision as the values of a JSON object."""
    values: dict[str, Any] = {"kind": decision.kind, "members": decision.members, "answer": decision.answer}
    person = {"decided_by": decision.person.name, "decided_on": decision.person.when} if decision.person else {}
    optional = {
        "names": decision.names,
        "rule": decision.rule,
        "score": decision.score,
        "evidence": decision.evidence,
        "run": decision.run,
        "note": decision.note,
    }
    return {**values, **person, **{name: value for name, value in optional.items() if value not in ("", None, ())}}


def parse_decision(values: dict[str, Any]) -> Decision:
    """Return the decision that the values of a JSON object state. Raises DataError where they state none."""
    try:
        return Decision(
            DecisionKind(values["kind"]),
            tuple(values["members"]),
            Answer(values["answer"]),
            rule=values.get("rule", ""),
            evidence=tuple((str(name), str(value)) for name, value in values.get("evidence", ())),
            score=values.get("score"),
            run=values.get("run", ""),
            person=Person(values["decided_by"], values["decided_on"]) if "decided_by" in values else None,
            names=tuple(values.get("names", ())),
            note=values.get("note", ""),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"an entry is no decision: {error!r}") from error


def _parse(values: dict[str, Any], file: Path) -> Decision:
    try:
        return parse_decision(values)
    except DataError as error:
        raise DataError(error.problem, file=file) from error
