"""Why records are in one cluster, or not: in words, from the settings and what a run decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from loader.cluster.description.describe import describe_record
from loader.cluster.description.record_description import RecordDescription
from loader.cluster.levels.catalogue_clusters import PersonAnswers
from loader.cluster.levels.level_decision import LevelDecider, LevelDecision
from loader.cluster.levels.level_settings import LEVELS, read_level_settings
from loader.cluster.union.cluster_decisions import DECISIONS, read_answers, thing_iri
from loader.cluster.union.cluster_table import read_clusters
from loader.cluster.union.union_graph import cluster_iri
from loader.cluster.union.union_records import StoredRecords
from nbkg.decisions.decision_table import read_decision_table
from nbkg.decisions.pair_decision import Decision
from nbkg.errors import UsageError


def explain_pair(folder: Path, clusters: Path, one: str, other: str, store: Path | None = None) -> Iterator[str]:
    """Yield lines that say at which levels two records are one, and why. Raises UsageError for an unknown record."""
    first, second = _describe(folder, [one, other])
    answers, keyed = read_answers(clusters, store), read_clusters(clusters)
    for settings in read_level_settings():
        decision = LevelDecider(settings).explain(first, second)
        home = keyed[settings.name].cluster_of(one)
        is_joined = home is not None and other in keyed[settings.name].members[home]
        yield f"{settings.name}: {'in one cluster' if is_joined else 'not in one cluster'}"
        yield from _person_lines(answers, settings.name, frozenset((one, other)))
        yield from _reasons(decision, settings.least, is_joined=is_joined)


def _person_lines(answers: PersonAnswers, level: str, records: frozenset[str]) -> Iterator[str]:
    if records in answers.refused.get(level, ()):
        yield "  a person refused it, which holds over every rule"
    if records in answers.confirmed.get(level, ()):
        yield "  a person confirmed it, which holds over every rule"


def _reasons(decision: LevelDecision, least: float, *, is_joined: bool) -> Iterator[str]:
    agreeing = ", ".join(f"{name} {worth:g}" for name, worth in decision.evidence)
    if decision.vetoes:
        yield f"  contradicts: {', '.join(decision.vetoes)}"
        yield f"  agrees: {agreeing or 'nothing'}"
        return
    yield f"  agrees: {agreeing or 'nothing'}, together {decision.score:g} of the {least:g} that are needed"
    if decision.is_same != is_joined:
        yield "  others of the two clusters contradict each other" if decision.is_same else "  other records join them"


def explain_record(folder: Path, clusters: Path, record: str) -> Iterator[str]:
    """Yield lines that say which clusters a record is in, with what, and what joined them."""
    keyed = read_clusters(clusters)
    homes = {level: keyed[level].cluster_of(record) for level in LEVELS}
    members = {level: keyed[level].members[home] if home else (record,) for level, home in homes.items()}
    texts = {
        one.key: _text(one) for one in _describe(folder, sorted({key for keys in members.values() for key in keys}))
    }
    decisions = [*_run_decisions(clusters)]
    for level in LEVELS:
        home = homes[level]
        yield f"{level}: {cluster_iri(level, home) if home else 'in no cluster of several records'}"
        yield from (f"  {key}  {texts[key]}" for key in members[level] if home)
        yield from _joinings(decisions, {thing_iri(level, key): key for key in members[level]})


def _joinings(decisions: Sequence[Decision], nodes: dict[str, str]) -> Iterator[str]:
    for decision in decisions:
        if all(member in nodes for member in decision.members):
            evidence = ", ".join(f"{name} {value}".strip() for name, value in decision.evidence)
            yield f"  {decision.answer}: {' and '.join(nodes[member] for member in decision.members)} by {evidence}"


def _run_decisions(clusters: Path) -> Iterator[Decision]:
    file = clusters / DECISIONS
    if file.is_file():
        with file.open("rb") as stream:
            yield from (row for row in read_decision_table(stream, str(file)).rows if isinstance(row, Decision))


def _describe(folder: Path, keys: Sequence[str]) -> list[RecordDescription]:
    """Return the descriptions of records in the order of their keys. Raises UsageError for one that there is not."""
    found_records = dict(StoredRecords.of(folder).read(frozenset(keys)))
    if missing := [key for key in keys if key not in found_records]:
        raise UsageError(
            f"{folder}: no record {missing[0]}; a record is called by its source and key, as deichman/123456"
        )
    return [describe_record(found_records[key], key) for key in keys]


def _text(record: RecordDescription) -> str:
    """Return what a person knows a record by: its title, year and carrier."""
    year = str(record.years[0]) if record.years else "without year"
    return f"{' '.join(record.titles.words) or 'without title'} ({year}, {record.carrier})"
