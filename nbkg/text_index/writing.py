"""Making an index: what a thing is called apart from what else is said of it, one entry for each thing.

An SQLite file with a full-text table (https://www.sqlite.org/fts5.html) that holds no texts, only where words stand:
the texts are in the store. Letters are told apart without their marks, so that “idé” is found by “ide”.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path

VERSION = 1
"""Of the file's form; another is not read."""
UNNAMED = 1 << 40
"""Things without a name have numbers from here on, so that they can be sought apart."""
NAMES = frozenset({
    "http://id.loc.gov/ontologies/bibframe/mainTitle",
    "http://purl.org/dc/terms/alternative",
    "http://purl.org/dc/terms/identifier",
    "http://purl.org/dc/terms/title",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2004/02/skos/core#altLabel",
    "http://www.w3.org/2004/02/skos/core#hiddenLabel",
    "http://www.w3.org/2004/02/skos/core#notation",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/ns/shacl#name",
    "http://xmlns.com/foaf/0.1/name",
    "https://schema.org/name",
    "https://w3id.org/nbkg/ns#shortTitle",
})  # fmt: skip
"""The properties whose values are names."""
_LONGEST = 200_000
"""Characters of a thing's texts that are read."""
_SCHEMA = f"""
PRAGMA user_version = {VERSION};
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(name, text, content='', tokenize="unicode61 remove_diacritics 2");
"""

Said = tuple[str, str, str]
"""Of an IRI by a property's IRI a text."""


def is_possible() -> bool:
    """Whether this Python's SQLite can."""
    with closing(sqlite3.connect(":memory:")) as connection:
        options = {option for (option,) in connection.execute("PRAGMA compile_options")}
    return "ENABLE_FTS5" in options


def write(path: Path, said: Iterable[Said]) -> None:
    """Writes the index of texts, those of one thing after each other, to a new file."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        fill(connection, said)


def fill(connection: sqlite3.Connection, said: Iterable[Said]) -> None:
    """Makes the tables in an empty data base, which is not safe against a crash while it is filled."""
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;")
    connection.executescript(_SCHEMA)
    with connection:
        for number, iri, name, text in _entries(said):
            connection.execute("INSERT INTO thing VALUES (?, ?)", (number, iri))
            connection.execute("INSERT INTO words (rowid, name, text) VALUES (?, ?, ?)", (number, name, text))


def _entries(said: Iterable[Said]) -> Iterator[tuple[int, str, str, str]]:
    """Number, IRI, names and other texts of each thing."""
    named, unnamed = 0, UNNAMED
    for iri, of in groupby(said, key=lambda statement: statement[0]):
        names, texts = list[str](), list[str]()
        for _, prop, text in of:
            (names if prop in NAMES else texts).append(text[:_LONGEST])
        if names:
            named += 1
        else:
            unnamed += 1
        yield named if names else unnamed, iri, " \n ".join(names), " \n ".join(texts)[:_LONGEST]
