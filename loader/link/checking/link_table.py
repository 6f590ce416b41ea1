"""The links of a store or of files in a table on disk: memory does not grow with them.

A million links took 38 s of processor time, 200,000 took 7.7 s and 71 MB of memory, 20,000 took 0.8 s and 61 MB.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from loader.link.checking.link_rows import IDENTITY, Row
from loader.link.checking.node_keys import node_key

_BATCH = 50_000
_NAMES = """
SELECT source FROM row WHERE kind != 'reference'
UNION SELECT target FROM row WHERE kind NOT IN ('reference', 'deprecated', 'withdrawn', 'negated mapping', 'former')
"""
_ONLY_NEGATED = """
DELETE FROM row WHERE kind IN ('mapping source', 'mapping target')
  AND source NOT IN (SELECT source FROM row WHERE kind = 'negated mapping')
"""


class LinkTable:
    """The links, first as rows, then as links of nodes that belong to components."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, rows: Iterable[Row]) -> None:
        """Add the rows of statements."""
        self._connection.executemany("INSERT INTO row VALUES (?, ?, ?, ?)", rows)

    def connect(self) -> None:
        """Make nodes and links of the rows, and give the nodes that identity links join one component."""
        self._connection.execute(_ONLY_NEGATED)
        names = self._connection.execute(_NAMES)
        self._connection.executemany(
            "INSERT INTO name VALUES (?, ?, ?)", ((iri, *node_key(iri)) for (iri,) in _fetched(names))
        )
        self._connection.executescript(_script("nodes"))
        self._write_components()

    def select(self, name: str, values: Sequence[object] = ()) -> Iterator[tuple[str, ...]]:
        """Yield the rows of the query `{name}.sql` beside this module."""
        yield from self._connection.execute(_script(name), values)

    def _write_components(self) -> None:
        (count,) = self._connection.execute("SELECT count(*) FROM node").fetchone()
        forest = Forest(count + 1)
        for one, other in self._connection.execute("SELECT source, target FROM link WHERE joins"):
            forest.union(one, other)
        roots = ((forest.root(node), node) for node in range(1, count + 1))
        self._connection.executemany("UPDATE node SET component = ? WHERE id = ?", roots)
        self._connection.execute("CREATE INDEX node_in ON node (component)")


class Forest:
    """Disjoint sets of numbers (union–find with path halving); a set's root is its lowest number."""

    def __init__(self, size: int) -> None:
        self._parents = array("q", range(size))

    def root(self, number: int) -> int:
        """Return the root of the set that a number is in."""
        parents = self._parents
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    def union(self, one: int, other: int) -> None:
        """Join two sets."""
        low, high = sorted((self.root(one), self.root(other)))
        self._parents[high] = low


@contextmanager
def open_link_table(folder: Path) -> Iterator[LinkTable]:
    """Open an empty table in a folder; it is removed at the end."""
    file = folder / "links.sqlite"
    connection = sqlite3.connect(file)
    try:
        connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_script('schema')}")
        connection.executemany("INSERT INTO identity VALUES (?)", ((predicate,) for predicate in IDENTITY))
        yield LinkTable(connection)
    finally:
        connection.close()
        file.unlink(missing_ok=True)


def _fetched(cursor: sqlite3.Cursor) -> Iterator[tuple[str]]:
    while rows := cursor.fetchmany(_BATCH):
        yield from rows


def _script(name: str) -> str:
    return files(__package__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
