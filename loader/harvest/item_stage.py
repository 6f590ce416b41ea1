"""Items of a list between two deliveries: those that were read and are not delivered yet, and those that are held."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from loader.harvest.read_item import ReadItem, ReadRecord
from nbkg.records.store.entries import RecordNames

_MISSING = "FROM item WHERE deleted = 0 AND NOT EXISTS (SELECT 1 FROM listed WHERE listed.key = item.key)"


class HeldItem(NamedTuple):
    """An item that was delivered."""

    datestamp: str
    is_deleted: bool
    parts: Sequence[Sequence[str]]
    """Control number and agency of each of its records."""


class StagedItem(NamedTuple):
    """An item that was read and is not delivered yet."""

    key: str
    is_oai: bool
    is_deleted: bool
    records: tuple[ReadRecord, ...]

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Return control number and agency of each record that has them."""
        return [record.names[:2] for record in self.records if record.names.control_number]


class ItemStage:
    """The items of one source."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        query = "SELECT (SELECT count(*) FROM stage) + (SELECT coalesce(sum(length(raw)), 0) FROM staged_record)"
        self._size = int(database.execute(query).fetchone()[0])

    def add(self, item: ReadItem) -> None:
        """Add an item to those that are delivered next, in the place of an earlier one with its key."""
        self._remove(item.key)
        (number,) = self._database.execute("SELECT coalesce(max(number), 0) + 1 FROM stage").fetchone()
        parts = json.dumps(item.parts) if item.records else None
        row = (item.key, number, item.datestamp, item.is_oai, item.is_deleted, item.is_gone, parts)
        self._database.execute("INSERT INTO stage VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        self._size += 1 + sum(len(record.raw) for record in item.records)
        rows = [
            (item.key, position, record.raw, json.dumps(record.names), record.is_deleted)
            for position, record in enumerate(item.records)
        ]
        self._database.executemany("INSERT INTO staged_record VALUES (?, ?, ?, ?, ?)", rows)
        numbers = [(*part, item.key) for part in item.parts]
        self._database.executemany("INSERT OR IGNORE INTO part VALUES (?, ?, ?)", numbers)

    def add_missing(self) -> None:
        """Add a deletion of each item that is held and that the list has not brought."""
        query = f"SELECT key, datestamp, oai {_MISSING}"
        for key, datestamp, is_oai in self._database.execute(query).fetchall():
            self.add(ReadItem(key, datestamp, bool(is_oai), is_deleted=True))

    def count_missing(self) -> tuple[int, int]:
        """Return how many items are held that the list has not brought, and how many are held in all."""
        (missing,) = self._database.execute(f"SELECT count(*) {_MISSING}").fetchone()
        return missing, self.count()[1]

    def count(self) -> tuple[int, int]:
        """Return how many items are known, and how many of them are not deleted."""
        query = "SELECT count(*), coalesce(sum(deleted = 0), 0) FROM item"
        known, live = self._database.execute(query).fetchone()
        return known, live

    def size(self) -> int:
        """Return how many bytes wait for delivery, and one for each item; what was replaced counts too."""
        return self._size

    def count_waiting(self) -> int:
        """Return how many items wait for delivery."""
        (number,) = self._database.execute("SELECT count(*) FROM stage").fetchone()
        return int(number)

    def iter_items(self) -> Iterator[StagedItem]:
        """Yield the items that wait for delivery, in the order in which they came."""
        query = "SELECT key, oai, deleted FROM stage ORDER BY number"
        for key, is_oai, is_deleted in self._database.execute(query):
            yield StagedItem(key, bool(is_oai), bool(is_deleted), self._records(key))

    def held(self, key: str) -> HeldItem | None:
        """Return an item that was delivered."""
        query = "SELECT datestamp, deleted, parts FROM item WHERE key = ?"
        row = self._database.execute(query, (key,)).fetchone()
        return HeldItem(row[0], bool(row[1]), json.loads(row[2])) if row else None

    def others_with(self, key: str, parts: Sequence[Sequence[str]]) -> list[str]:
        """Return the keys of other items that are live, or wait, and have one of the records' numbers."""
        query = (
            "SELECT key FROM part WHERE number = ? AND agency = ? AND key <> ? "
            "AND NOT EXISTS (SELECT 1 FROM item WHERE item.key = part.key AND item.deleted) ORDER BY key"
        )
        return sorted({row[0] for part in parts for row in self._database.execute(query, (*part, key))})

    def set_delivered(self) -> None:
        """Turn the items that wait into items that are held."""
        self._database.execute(
            "INSERT OR REPLACE INTO item SELECT key, datestamp, oai, gone, "
            "coalesce(parts, (SELECT parts FROM item WHERE item.key = stage.key), '[]') FROM stage"
        )
        self._database.execute("DELETE FROM stage")
        self._database.execute("DELETE FROM staged_record")
        self._size = 0

    def _remove(self, key: str) -> None:
        self._database.execute("DELETE FROM stage WHERE key = ?", (key,))
        self._database.execute("DELETE FROM staged_record WHERE key = ?", (key,))

    def _records(self, key: str) -> tuple[ReadRecord, ...]:
        query = "SELECT raw, names, deleted FROM staged_record WHERE key = ? ORDER BY position"
        rows = self._database.execute(query, (key,)).fetchall()
        return tuple(ReadRecord(raw, _names(names), bool(deleted)) for raw, names, deleted in rows)


def _names(text: str) -> RecordNames:
    control_number, agency, oai, numbers = json.loads(text)
    return RecordNames(control_number, agency, oai, tuple(numbers))
