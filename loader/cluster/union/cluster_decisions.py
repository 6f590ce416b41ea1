"""Decisions on whether records are one, as they are written, and what persons answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from loader import identifiers
from loader.cluster.description.record_description import RecordDescription
from loader.cluster.levels.catalogue_clusters import LevelClusters, PersonAnswers
from loader.cluster.levels.level_decision import LevelDecider
from loader.cluster.levels.level_settings import LEVELS, LevelSettings
from loader.namespaces import BASE
from nbkg.decisions.decision_journal import read_journal
from nbkg.decisions.decision_table import DecisionFault, append_rows, read_decision_table, write_decision_table
from nbkg.decisions.pair_decision import Answer, Decision, DecisionKind
from nbkg.decisions.precedence import SettledDecisions
from nbkg.errors import DataError
from nbkg.storage.atomic_replace import sibling
from nbkg.storage.layout import is_described

ANSWERS, DECISIONS = "answers.tsv", "decisions.tsv"
"""The file of what persons answered, and that of what a run decided."""


def thing_iri(level: str, record: str) -> str:
    """Return what a record describes at a level: `id/{level}/{source}/{record key}`."""
    return str(identifiers.resource(level, record))


def _level_and_record(iri: str) -> tuple[str, str]:
    """Return level and record of an IRI; empty texts where it names none."""
    level, _, record = iri.removeprefix(f"{BASE}id/").partition("/")
    return (level, record) if level in LEVELS else ("", "")


def read_answers(folder: Path, store: Path | None) -> PersonAnswers:
    """Return what persons answered in the folder of clusters and in the journal of a store; the newest holds.

    Raises DataError that names the line where a row cannot be read.
    """
    decisions = [*read_answer_file(folder), *(read_journal(store) if store and is_described(store) else ())]
    settled = SettledDecisions(one for one in decisions if one.person and one.kind is DecisionKind.JOIN)
    return PersonAnswers(_by_level(settled, Answer.JOINED), _by_level(settled, Answer.REFUSED))


def read_answer_file(folder: Path) -> list[Decision]:
    """Return the decisions in the file of answers, in their order; none where there is no file."""
    file = folder / ANSWERS
    if not file.is_file():
        return []
    with file.open("rb") as stream:
        rows = [*read_decision_table(stream, str(file)).rows]
    if faults := [str(row) for row in rows if isinstance(row, DecisionFault)]:
        raise DataError("\n".join(faults))
    return [row for row in rows if isinstance(row, Decision)]


def _by_level(settled: SettledDecisions, answer: Answer) -> dict[str, frozenset[frozenset[str]]]:
    named = [[_level_and_record(iri) for iri in one.members] for one in settled.with_answer(answer)]
    return {
        level: frozenset(frozenset(record for _, record in members) for members in named if members[0][0] == level)
        for level in LEVELS
    }


def append_answer(folder: Path, decision: Decision) -> None:
    """Append what a person answered to the file of answers, which is made where it is missing."""
    file = folder / ANSWERS
    folder.mkdir(parents=True, exist_ok=True)
    if not file.is_file():
        with file.open("w", encoding="utf-8", newline="") as stream:
            write_decision_table(stream, [], {"kind": DecisionKind.JOIN})
    with file.open("a", encoding="utf-8", newline="") as stream:
        append_rows(stream, [decision])


def write_decisions(
    folder: Path, records: Sequence[RecordDescription], levels: Iterable[tuple[LevelSettings, LevelClusters]], run: str
) -> int:
    """Write what a run decided, each joining with its reasons, and return how many decisions there are."""
    new, count = sibling(folder / DECISIONS, ".new"), 0
    with new.open("w", encoding="utf-8", newline="") as stream:
        write_decision_table(stream, [], {"kind": DecisionKind.JOIN, "run": run})
        for settings, clusters in levels:
            count += len(clusters.joined) + len(clusters.refused)
            append_rows(stream, _decisions(records, settings, clusters))
    new.replace(folder / DECISIONS)
    return count


def _decisions(
    records: Sequence[RecordDescription], settings: LevelSettings, clusters: LevelClusters
) -> Iterator[Decision]:
    decider = LevelDecider(settings)
    for _, one, other in clusters.joined:
        yield make_decision(decider, records[one], records[other], Answer.JOINED)
    for refused in clusters.refused:
        one, other = refused.ends
        yield make_decision(decider, records[one], records[other], Answer.REFUSED)


def make_decision(decider: LevelDecider, one: RecordDescription, other: RecordDescription, answer: Answer) -> Decision:
    """Return the decision of a run on two records at a level, with what it rests on."""
    explained = decider.explain(one, other)
    level = decider.settings.name
    reasons = [(name, f"{worth:g}") for name, worth in explained.evidence] + [(name, "") for name in explained.vetoes]
    return Decision(
        DecisionKind.JOIN,
        (thing_iri(level, one.key), thing_iri(level, other.key)),
        answer,
        rule=f"cluster-{level}",
        evidence=tuple(reasons),
        score=round(100 * explained.score / decider.settings.most, 2),
    )
