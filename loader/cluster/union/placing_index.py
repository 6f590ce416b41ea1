"""The index by which one record is placed among those of a run, without reading the others."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path

from loader.cluster.description.description_json import parse_description, serialize_description
from loader.cluster.description.record_description import RecordDescription
from loader.cluster.levels.record_blocking import block_keys
from loader.cluster.union.cluster_table import LevelKeys
from nbkg.errors import UsageError
from nbkg.storage.atomic_replace import sibling

NAME = "placing.sqlite"
_MOST_CANDIDATES = 400
_CANDIDATES = (
    "SELECT DISTINCT description FROM record JOIN block ON record.id = block.record "
    "WHERE block.key IN (SELECT value FROM json_each(?)) ORDER BY record.id LIMIT ?"
)
_MEMBERS = "SELECT description FROM record WHERE key IN (SELECT record FROM member WHERE level = ? AND cluster = ?)"


def write_index(folder: Path, records: Sequence[RecordDescription], levels: LevelKeys) -> None:
    """Write the index of a run; the file is replaced when it is complete."""
    new = sibling(folder / NAME, ".new")
    new.unlink(missing_ok=True)
    with closing(sqlite3.connect(new)) as database, database:
        database.executescript(files("loader.cluster.union").joinpath("placing.sql").read_text(encoding="utf-8"))
        rows = ((number, record.key, serialize_description(record)) for number, record in enumerate(records))
        database.executemany("INSERT INTO record VALUES (?, ?, ?)", rows)
        blocks = ((key, number) for number, record in enumerate(records) for key in block_keys(record))
        database.executemany("INSERT INTO block VALUES (?, ?)", blocks)
        database.executemany("INSERT INTO member VALUES (?, ?, ?)", _members(levels))
    new.replace(folder / NAME)


def _members(levels: LevelKeys) -> Iterator[tuple[str, str, str]]:
    for level, clusters in levels.items():
        yield from ((level, record, key) for key, records in clusters.members.items() for record in records)


class PlacingIndex:
    """The records of the newest run and their clusters."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def candidates(self, record: RecordDescription) -> list[RecordDescription]:
        """Return the records that share a block key with one, without itself."""
        rows = self._database.execute(_CANDIDATES, (json.dumps(block_keys(record)), _MOST_CANDIDATES))
        return [one for (text,) in rows if (one := parse_description(text)).key != record.key]

    def cluster_of(self, level: str, record: str) -> str:
        """Return the key of the cluster that a record is in; that of the record itself where it is in none."""
        row = self._database.execute(
            "SELECT cluster FROM member WHERE level = ? AND record = ?", (level, record)
        ).fetchone()
        return row[0] if row else record

    def members(self, level: str, cluster: str) -> list[RecordDescription]:
        """Return the records of a cluster."""
        return [parse_description(text) for (text,) in self._database.execute(_MEMBERS, (level, cluster))]


@contextmanager
def open_index(folder: Path) -> Iterator[PlacingIndex]:
    """Open the index in a folder of clusters. Raises UsageError where no run has written one."""
    file = folder / NAME
    if not file.is_file():
        raise UsageError(f"{file}: there is none; nbkg cluster run makes it")
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
        yield PlacingIndex(database)
