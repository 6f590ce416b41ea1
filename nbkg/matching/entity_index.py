"""Reads the entities of an index (`nbkg.matching.entity_tables`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from nbkg.matching.block_keys import block_keys
from nbkg.matching.entity import Entity
from nbkg.matching.entity_reading import facts_of
from nbkg.matching.entity_tables import IS_GONE, IS_UNDIFFERENTIATED, EntityTables
from nbkg.matching.name_form import NameForm
from nbkg.matching.years import Years
from nbkg.text_index import Index, Resource
from nbkg.text_index.analysis import transliterate

_MOST_NAMES = 400
"""Names with a block key that are compared with one that is sought."""
_COLUMNS = "id, iri, name, classes, first, last, marks, replaced"
_BY_ID = f"SELECT {_COLUMNS} FROM entity WHERE id = ?"  # noqa: S608  # a constant
_BY_IDS = f"SELECT {_COLUMNS} FROM entity WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608
_BY_IRI = f"SELECT {_COLUMNS} FROM entity WHERE iri = ?"  # noqa: S608
_BY_IRIS = f"SELECT {_COLUMNS} FROM entity WHERE iri IN (SELECT value FROM json_each(?))"  # noqa: S608
_BY_KEY = "SELECT entity, kind, text, key FROM name WHERE key = ? LIMIT ?"
_NAMES = "SELECT entity, kind, text, key FROM name WHERE id IN (SELECT value FROM json_each(?))"
_SIMILAR = "SELECT id, key FROM name WHERE id IN (SELECT rowid FROM block WHERE block MATCH ? LIMIT ?)"
_WITH_WORD = "SELECT id, key FROM name WHERE entity IN (SELECT rowid FROM words WHERE words MATCH ? LIMIT ?)"
_MOST_WITH_WORD = 100
_IDENTIFIED = "SELECT DISTINCT entity FROM identifier WHERE key = ? LIMIT 50"
_MOST_REPLACEMENTS = 20


class NameRow(NamedTuple):
    """A name of an entity."""

    entity: int
    kind: int
    text: str
    key: str


class EntityRow(NamedTuple):
    """An entity of an index."""

    number: int
    iri: str
    name: str
    classes: str
    first: int | None
    last: int | None
    marks: int
    replaced: str | None

    @property
    def years(self) -> Years:
        """The years in which it began and ended."""
        return Years(self.first, self.last)

    @property
    def is_undifferentiated(self) -> bool:
        """Whether its name stands for several persons."""
        return bool(self.marks & IS_UNDIFFERENTIATED)

    @property
    def is_gone(self) -> bool:
        """Whether it was withdrawn."""
        return bool(self.marks & IS_GONE)


class EntityIndex:
    """The entities of a text index that was written with `EntityTables`."""

    def __init__(self, index: Index) -> None:
        self.index = index
        rows = index.rows("SELECT id, iri FROM class") if self._has_tables() else []
        self._classes: dict[str, str] = {str(number): iri for number, iri in rows}

    def _has_tables(self) -> bool:
        return bool(self.index.rows("SELECT 1 FROM sqlite_master WHERE name = 'entity'"))

    @classmethod
    def in_memory(cls, entities: Iterable[Entity]) -> EntityIndex:
        """Return an index of entities in memory."""
        resources = (Resource(one.iri, (*one.names, *one.variants), (), facts_of(one)) for one in entities)
        return cls(Index.of_resources(resources, EntityTables()))

    def identified(self, keys: Iterable[str]) -> tuple[str, Sequence[int]]:
        """Return the first of some keys that entities have, and these; an empty text and nothing where none has."""
        for key in keys:
            if rows := self.index.rows(_IDENTIFIED, (key,)):
                return key, [number for (number,) in rows]
        return "", ()

    def named(self, key: str) -> list[NameRow]:
        """Return the names with a key."""
        return [NameRow(*row) for row in self.index.rows(_BY_KEY, (key, _MOST_NAMES))]

    def similar(self, form: NameForm) -> dict[int, str]:
        """Return the keys of names that share a block key with a name, by their numbers, see `names`.

        For a single word also names that have it. Where very many share a key, those that share two come first.
        """
        keys = [f'"{key}"' for key in block_keys(form)]
        rows = self._with_block(" OR ".join(keys)) if keys else []
        if len(rows) == _MOST_NAMES:
            rows = self._with_block(" OR ".join(f"({' AND '.join(pair)})" for pair in combinations(keys, 2))) + rows
        if len(form.words) == 1:
            rows += self.index.rows(_WITH_WORD, (f'name : "{form.words[0]}"', _MOST_WITH_WORD))
        return dict(rows)

    def _with_block(self, query: str) -> list[tuple[int, str]]:
        return self.index.rows(_SIMILAR, (query, _MOST_NAMES))

    def names(self, numbers: Iterable[int]) -> list[NameRow]:
        """Return names by their numbers."""
        return [NameRow(*row) for row in self.index.rows(_NAMES, (json.dumps([*numbers]),))]

    def entities(self, numbers: Iterable[int]) -> list[EntityRow]:
        """Return entities by their numbers."""
        some = [*numbers]
        is_one = len(some) == 1  # for which the other query takes twice as long
        rows = self.index.rows(_BY_ID, some) if is_one else self.index.rows(_BY_IDS, (json.dumps(some),))
        return [EntityRow(*row) for row in rows]

    def with_iris(self, iris: Sequence[str]) -> dict[str, EntityRow]:
        """Return entities by their IRIs."""
        rows = map(EntityRow._make, self.index.rows(_BY_IRIS, (json.dumps([*iris]),)))
        return {row.iri: row for row in rows}

    def survivor(self, entity: EntityRow) -> EntityRow | None:
        """Return what an entity was merged into, over all steps; None where that is gone, or leads in a ring."""
        for _ in range(_MOST_REPLACEMENTS):
            if not entity.replaced:
                return None if entity.is_gone else entity
            rows = self.index.rows(_BY_IRI, (entity.replaced,))
            if not rows:
                return None
            entity = EntityRow(*rows[0])
        return None

    def classes_of(self, entity: EntityRow) -> tuple[str, ...]:
        """Return the IRIs of an entity's classes."""
        return tuple(self._classes[number] for number in entity.classes.split())

    def is_word(self, word: str) -> bool:
        """Return whether a word occurs in any text."""
        return bool(self.index.rows("SELECT 1 FROM word WHERE plain = ? LIMIT 1", (transliterate(word),)))
