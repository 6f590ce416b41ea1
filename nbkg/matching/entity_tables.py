"""The tables of an index by which entities are matched: they stand in the file of the text index (`nbkg.text_index`).

The names have keys by which forms of one name are equal, and full-text keys (`block_keys`) by which similar ones are
found; identifiers have keys by which all their forms are equal. The tables hold what a candidate shows and is compared
by, so that matching does not ask the store.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain

from nbkg.matching.block_keys import block_keys
from nbkg.matching.entity import Entity
from nbkg.matching.entity_reading import Reading, read_entity
from nbkg.matching.identifier_keys import stored_keys
from nbkg.matching.name_form import read_name
from nbkg.matching.roles import MATCHED
from nbkg.text_index import Resource

PREFERRED, VARIANT = 0, 1
IS_UNDIFFERENTIATED, IS_GONE = 1, 2
_SCHEMA = """
CREATE TABLE entity (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, name TEXT NOT NULL, classes TEXT NOT NULL, first INTEGER, last INTEGER,
  marks INTEGER NOT NULL, replaced TEXT
);
CREATE TABLE class (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, is_background INTEGER NOT NULL DEFAULT 0);
CREATE TABLE name (
  id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, kind INTEGER NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL
);
CREATE VIRTUAL TABLE block USING fts5(
  keys, content='', detail=none, columnsize=0, tokenize="unicode61 remove_diacritics 0 tokenchars '|^$'"
);
CREATE TABLE identifier (key TEXT NOT NULL, entity INTEGER NOT NULL);
CREATE TABLE node (node TEXT NOT NULL, entity INTEGER NOT NULL);
CREATE TABLE number (node TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE invalid (node TEXT NOT NULL);
"""
_ADD_IDENTIFIER = "INSERT INTO identifier VALUES (?, ?)"
_JOIN = """
SELECT text, entity FROM node JOIN number USING (node) WHERE node NOT IN (SELECT node FROM invalid)
"""
_ONLY_BACKGROUND = """
CREATE TEMP TABLE background AS
SELECT entity.id FROM entity, json_each('[' || replace(trim(classes), ' ', ',') || ']') AS one
JOIN class ON class.id = one.value GROUP BY entity.id HAVING min(is_background) = 1
"""
_FINISH = """
DROP TABLE node; DROP TABLE number; DROP TABLE invalid;
DELETE FROM name WHERE entity IN (SELECT id FROM background);
DELETE FROM identifier WHERE entity IN (SELECT id FROM background);
DELETE FROM entity WHERE id IN (SELECT id FROM background);
CREATE INDEX name_by_key ON name (key);
CREATE INDEX name_by_entity ON name (entity, kind);
CREATE INDEX identifier_by_key ON identifier (key, entity);
CREATE INDEX entity_by_iri ON entity (iri);
INSERT INTO block (block) VALUES ('optimize');
"""


class EntityTables:
    """Writes the tables while a text index is written."""

    def __init__(self) -> None:
        self._classes: dict[str, int] = {}
        self._background: set[str] = set()
        self._name = 0

    def create(self, connection: sqlite3.Connection) -> None:
        """Make the tables in an empty database."""
        connection.executescript(_SCHEMA)
        connection.execute("INSERT INTO block (block, rank) VALUES ('hashsize', 67108864)")

    def add(self, connection: sqlite3.Connection, numbered: Sequence[tuple[int, Resource]]) -> None:
        """Add what resources with numbers say about themselves."""
        described = [(number, one) for number, one in numbered if any(role in MATCHED for role, _ in one.facts)]
        read = [(number, read_entity(one.iri, one.facts)) for number, one in described]
        self._add_nodes(connection, read)
        self.add_entities(connection, [(number, one.entity) for number, one in read if one.is_entity])

    def _add_nodes(self, connection: sqlite3.Connection, read: Sequence[tuple[int, Reading]]) -> None:
        nodes = ((node, number) for number, one in read if one.is_entity for node in one.nodes)
        connection.executemany("INSERT INTO node VALUES (?, ?)", nodes)
        numbers = ((one.entity.iri, text) for _, one in read for text in one.numbers)
        connection.executemany("INSERT INTO number VALUES (?, ?)", numbers)
        self._note_classes(connection, [one for _, one in read])

    def _note_classes(self, connection: sqlite3.Connection, read: Sequence[Reading]) -> None:
        connection.executemany("INSERT INTO invalid VALUES (?)", ((one.entity.iri,) for one in read if one.is_invalid))
        self._background.update(one.entity.iri for one in read if one.is_background)

    def add_entities(self, connection: sqlite3.Connection, numbered: Sequence[tuple[int, Entity]]) -> None:
        """Add entities, each with a number of its own."""
        connection.executemany("INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(self._row, numbered))
        names = list(chain.from_iterable(_names(number, entity) for number, entity in numbered))
        ids = range(self._name + 1, self._name + 1 + len(names))
        self._name += len(names)
        rows = ((number, *row) for number, (row, _) in zip(ids, names, strict=True))
        connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?)", rows)
        blocks = ((number, keys) for number, (_, keys) in zip(ids, names, strict=True) if keys)
        connection.executemany("INSERT INTO block (rowid, keys) VALUES (?, ?)", blocks)
        own = ((key, number) for number, one in numbered for key in stored_keys(one.iri, is_own=True))
        connection.executemany(_ADD_IDENTIFIER, own)
        _add_identifiers(connection, ((text, number) for number, one in numbered for text in one.identifiers))

    def finish(self, connection: sqlite3.Connection) -> None:
        """Join identifiers with the entities that they hang on, leave out what is in the background, make indexes."""
        connection.executemany(
            "INSERT INTO class VALUES (?, ?, ?)",
            ((number, iri, iri in self._background) for iri, number in self._classes.items()),
        )
        _add_identifiers(connection, connection.execute(_JOIN).fetchall())
        connection.execute(_ONLY_BACKGROUND)
        connection.executescript(_FINISH)

    def _row(self, numbered: tuple[int, Entity]) -> tuple[object, ...]:
        number, one = numbered
        classes = " ".join(str(self._classes.setdefault(iri, len(self._classes) + 1)) for iri in one.types)
        marks = IS_UNDIFFERENTIATED * one.is_undifferentiated + IS_GONE * one.is_gone
        name = next(iter((*one.names, *one.variants)), "")
        return number, one.iri, name, f" {classes} " if classes else "", *one.years, marks, one.replaced_by


def _names(number: int, entity: Entity) -> Iterable[tuple[tuple[int, int, str, str], str]]:
    """Yield the rows of the names of an entity, and the block keys of each; two rows for a name with qualifiers."""
    if entity.is_gone and not entity.replaced_by:
        return
    pairs = [*((text, PREFERRED) for text in entity.names), *((text, VARIANT) for text in entity.variants)]
    for text, kind in dict(reversed(pairs)).items():
        form = read_name(text)
        if key := form.key:
            yield (number, kind, key, text), " ".join(block_keys(form))
            if form.full_key != key:
                yield (number, kind, form.full_key, text), ""


def _add_identifiers(connection: sqlite3.Connection, pairs: Iterable[tuple[str, int]]) -> None:
    rows = ((key, number) for text, number in pairs for key in stored_keys(text))
    connection.executemany(_ADD_IDENTIFIER, rows)
