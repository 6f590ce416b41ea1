"""Writes an index: one entry for each resource, with its names apart from its other texts.

An index is an SQLite file with a full-text table (https://www.sqlite.org/fts5.html) that holds no texts, only where
words occur: the texts are in the store. Letters match without their marks, so that “idé” is found by “ide”.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path

VERSION = 1
"""The version of the file's form; a file of another one is not read."""
UNNAMED = 1 << 40
"""Resources without a name have numbers from here on, so that they can be searched separately."""
_LONGEST = 200_000
"""Characters of a resource's texts that are indexed."""
_BATCH = 1_000
"""Entries that are inserted at a time, which takes 0.7 s for the entries of a million triples; one by one 0.9 s."""
_SCHEMA = f"""
PRAGMA user_version = {VERSION};
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(name, text, content='', tokenize="unicode61 remove_diacritics 2");
"""

Text = tuple[str, str, str]
"""The IRI of a resource, the IRI of a property, and a text that is its value."""
Entry = tuple[int, str, str, str]
"""The number and IRI of a resource, its names and its other texts."""


def is_possible() -> bool:
    """Return whether this Python's SQLite has full-text search."""
    with closing(sqlite3.connect(":memory:")) as connection:
        options = {option for (option,) in connection.execute("PRAGMA compile_options")}
    return "ENABLE_FTS5" in options


def write(path: Path, texts: Iterable[Text], names: Collection[str]) -> None:
    """Write an index to a new file.

    The texts of one resource come after each other; `names` are the properties whose values are names.
    """
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, check_same_thread=False)) as connection:
        fill(connection, texts, names)


def fill(connection: sqlite3.Connection, texts: Iterable[Text], names: Collection[str]) -> None:
    """Make the tables in an empty database, which is not safe against a crash while it is filled."""
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;")
    connection.executescript(_SCHEMA)
    entries = _entries(texts, names)
    with connection:
        while batch := list(islice(entries, _BATCH)):
            connection.executemany("INSERT INTO thing VALUES (?, ?)", (entry[:2] for entry in batch))
            rows = ((number, name, text) for number, _, name, text in batch)
            connection.executemany("INSERT INTO words (rowid, name, text) VALUES (?, ?, ?)", rows)


def _entries(texts: Iterable[Text], properties: Collection[str]) -> Iterator[Entry]:
    named, unnamed = 0, UNNAMED
    for iri, group in groupby(texts, key=itemgetter(0)):
        names, others = list[str](), list[str]()
        for _, prop, text in group:
            (names if prop in properties else others).append(text[:_LONGEST])
        if names:
            named += 1
        else:
            unnamed += 1
        yield named if names else unnamed, iri, " \n ".join(names), " \n ".join(others)[:_LONGEST]
