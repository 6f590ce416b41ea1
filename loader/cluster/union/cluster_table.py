"""The file of clusters: a row for each record in a cluster, and one for each former key."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from loader.cluster.levels.level_settings import LEVELS
from loader.cluster.union.cluster_keys import KeyedClusters
from nbkg.errors import DataError
from nbkg.grouping import group_values
from nbkg.storage.atomic_replace import replace_file

NAME = "clusters.tsv"
_COLUMNS = ("level", "cluster", "relation", "record")
_MEMBER, _REDIRECT = "member", "redirect"

LevelKeys = Mapping[str, KeyedClusters]
"""The clusters of each level."""


def read_clusters(folder: Path) -> LevelKeys:
    """Return the clusters in a folder; none where it has no file of them. Raises DataError where it cannot be read."""
    file = folder / NAME
    if not file.is_file():
        return {level: KeyedClusters() for level in LEVELS}
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [*_rows(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), file)]
    return {level: _of_level([row[1:] for row in rows if row[0] == level]) for level in LEVELS}


def _rows(lines: Iterator[list[str]], file: Path) -> Iterator[list[str]]:
    if tuple(next(lines, ())) != _COLUMNS:
        raise DataError(f"this is no file of clusters: the first line must be {' '.join(_COLUMNS)}", file=file)
    for number, row in enumerate(lines, 2):
        if len(row) != len(_COLUMNS) or row[0] not in LEVELS or row[2] not in (_MEMBER, _REDIRECT):
            raise DataError("expected a level, a cluster, “member” or “redirect”, and a record", file=file, line=number)
        yield row


def _of_level(rows: Sequence[Sequence[str]]) -> KeyedClusters:
    members = group_values((key, record) for key, relation, record in rows if relation == _MEMBER)
    redirects = {key: record for key, relation, record in rows if relation == _REDIRECT}
    return KeyedClusters({key: tuple(records) for key, records in members.items()}, redirects)


def write_clusters(folder: Path, levels: LevelKeys) -> None:
    """Write the clusters, in the order of levels and keys; the file is replaced when it is complete."""
    rows = [_COLUMNS, *(row for level in LEVELS for row in _level_rows(level, levels[level]))]
    replace_file(folder / NAME, "".join("\t".join(row) + "\n" for row in rows).encode())


def _level_rows(level: str, clusters: KeyedClusters) -> Iterator[tuple[str, ...]]:
    for key in sorted(clusters.members):
        yield from ((level, key, _MEMBER, record) for record in clusters.members[key])
    for key in sorted(clusters.redirects):
        yield level, key, _REDIRECT, clusters.redirects[key]
