"""How well records of catalogues are clustered: the labelled pairs, over the clusters of all records of their files."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.catalogue_pair_checks import labels_at
from benchmarks.catalogue_pairs import LEVELS, RecordName, read_pairs
from loader.cluster.description.describe import describe_record
from loader.cluster.description.record_description import RecordDescription
from loader.cluster.levels.catalogue_clusters import LevelClusters, cluster_records
from loader.cluster.levels.level_settings import read_level_settings
from loader.marc.reading.marc_file import read_marc_file
from nbkg.records.record import DeliveredRecord

_LEVELS = {"expression": "work"}
"""How the levels of the pairs are called here, where another name is used."""


def run(data: Path, part: str, console: Console) -> None:
    """Print precision and recall at each level for a part of the labelled pairs, and the pairs that are never one."""
    pairs = [pair for pair in read_pairs() if pair.part == part]
    files = sorted({name.file for pair in read_pairs() for name in pair.records})
    begin = time.process_time()
    described = [*_describe_files(data, files)]
    between = time.process_time()
    results = cluster_records([record for _, record in described], read_level_settings())
    end = time.process_time()
    places = {name: number for number, (names, _) in enumerate(described) for name in names}
    table = Table("level", "must", "never", "joined", "wrong", "precision", "recall", title=f"Labelled pairs, {part}")
    for level in LEVELS:
        homes = _homes(next(one for one in results if one.level == _LEVELS.get(level, level)))
        labels = {
            frozenset(places[name] for name in pair.records): label
            for label in ("must", "never")
            for pair in labels_at(pairs, level, label)
        }
        table.add_row(level, *_quality(labels, homes))
    console.print(table)
    console.print(
        f"{len(described):,} records described in {between - begin:.1f} s, clustered in {end - between:.1f} s"
    )


def _describe_files(data: Path, files: Sequence[str]) -> Iterator[tuple[list[RecordName], RecordDescription]]:
    for file in files:
        records = (item.record for item in read_marc_file(data / file) if isinstance(item, DeliveredRecord))
        for number, record in enumerate(records, 1):
            names = [RecordName(file, record.control_number.strip()), RecordName(file, f"#{number}")]
            yield names, describe_record(record, f"{file}#{number}")


def _homes(level: LevelClusters) -> Mapping[int, int]:
    """Return the number of the cluster of each record."""
    return {position: number for number, cluster in enumerate(level.clusters) for position in cluster}


def _quality(labels: Mapping[frozenset[int], str], homes: Mapping[int, int]) -> list[str]:
    """Return how many pairs must and must not be joined, how many are, how many wrongly, and the two shares."""
    counts = Counter((label, len({homes[number] for number in places}) == 1) for places, label in labels.items())
    right, missing, wrong = counts["must", True], counts["must", False], counts["never", True]
    never = wrong + counts["never", False]
    shares = (right / max(1, right + wrong), right / max(1, right + missing))
    return [*(f"{count:,}" for count in (right + missing, never, right, wrong)), *(f"{share:.4f}" for share in shares)]
