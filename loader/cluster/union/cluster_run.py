"""One clustering of a store of records: read, join, give keys, write."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from loader.cluster.description.record_description import RecordDescription
from loader.cluster.levels.catalogue_clusters import LevelClusters, PersonAnswers, cluster_records
from loader.cluster.levels.level_settings import LEVELS, read_level_settings
from loader.cluster.union.cluster_decisions import ANSWERS, read_answers, write_decisions
from loader.cluster.union.cluster_keys import assign_keys
from loader.cluster.union.cluster_table import LevelKeys, read_clusters, write_clusters
from loader.cluster.union.placing_index import write_index
from loader.cluster.union.union_graph import ThingIris, write_union
from loader.cluster.union.union_records import StoredRecords
from loader.marc.profiles.profile_choice import choose_profile
from loader.marc.record_mapping import make_mapping
from nbkg.decisions.pair_decision import run_key


@dataclass(frozen=True)
class ClusterRun:
    """What is clustered, and where to."""

    records: Path
    clusters: Path
    store: Path | None = None
    """A store in whose journal persons have answered too."""
    profiles: Mapping[str, str] = field(default_factory=dict)
    """The profiles of sources, by which the mapping names what their records describe."""


@dataclass(frozen=True)
class ClusterReport:
    """What a run did."""

    records: int
    clusters: Mapping[str, int]
    """How many clusters of several records each level has."""
    refused: Mapping[str, int]
    """How often two clusters of a level were not joined because of a contradiction."""
    decisions: int
    statements: int
    faults: Sequence[str]


def run_clustering(run: ClusterRun, progress: Callable[[int], object]) -> ClusterReport:
    """Cluster the records of a store, and write clusters, decisions and `graph/union` into a folder.

    The answers of persons hold over every rule. Raises DataError where the folder's files cannot be read.
    """
    run.clusters.mkdir(parents=True, exist_ok=True)
    before, answers = read_clusters(run.clusters), read_answers(run.clusters, run.store)
    stored = StoredRecords.of(run.records)
    records = sorted(stored.describe(progress), key=lambda record: record.key)
    settings = read_level_settings()
    levels = cluster_records(records, settings, answers)
    keyed = {level.level: assign_keys(_keys(records, level), before[level.level]) for level in levels}
    key = run_key(*(record.key for record in records), *(one.name for one in settings))
    decisions = write_decisions(run.clusters, records, zip(settings, levels, strict=True), key)
    statements = write_union(run.clusters, keyed, _find_things(run, stored, keyed))
    write_index(run.clusters, records, keyed)
    write_clusters(run.clusters, keyed)
    return ClusterReport(
        len(records),
        {level: len(keyed[level].members) for level in LEVELS},
        {level.level: len(level.refused) for level in levels},
        decisions,
        statements,
        [*stored.faults, *_unknown_answers(records, answers)],
    )


def _unknown_answers(records: Sequence[RecordDescription], answers: PersonAnswers) -> list[str]:
    unknown = answers.unknown_records({record.key for record in records})
    return [f"a person answered on {key}, and there is no such record: mend its name in {ANSWERS}" for key in unknown]


def _keys(records: Sequence[RecordDescription], level: LevelClusters) -> list[list[str]]:
    return [[records[position].key for position in cluster] for cluster in level.clusters]


def _find_things(run: ClusterRun, stored: StoredRecords, levels: LevelKeys) -> ThingIris:
    """Return the nodes of the catalogue that clustered records describe, as the mapping names them."""
    mappings = {}
    nodes: dict[tuple[str, str], str] = {}
    clustered = frozenset(record for one in levels.values() for records in one.members.values() for record in records)
    for key, record in StoredRecords.of(stored.folder).read(clustered):
        source = key.partition("/")[0]
        if source not in mappings:
            mappings[source] = make_mapping(source, choose_profile(run.profiles.get(source, "default")))
        identity = mappings[source](record).identity
        nodes.update({(level, key): getattr(identity, level) for level in LEVELS})
    return nodes
