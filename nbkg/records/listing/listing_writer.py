"""Writes records into the listing, in one transaction of whoever opened the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from nbkg.records.listing.listing_file import Status, listed_number
from nbkg.records.listing.record_entry import RecordEntry
from nbkg.records.listing.record_sets import RecordSet
from nbkg.records.listing.word_writer import WordWriter

PENDING = 1 << 40
"""The time of what is written, until the intake ends: it is visible to nobody before."""


class ListingWriter:
    """Puts records into the listing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._collections: dict[str, int] = dict(connection.execute("SELECT spec, id FROM collection"))
        self._words = WordWriter(connection)
        self._pending: list[int] = []

    def source_number(self, name: str) -> int:
        """Return the number of a source, which a new one gets."""
        self._connection.execute("INSERT OR IGNORE INTO source (name, deliveries, edits) VALUES (?, 0, 0)", (name,))
        ((number,),) = self._connection.execute("SELECT number FROM source WHERE name = ?", (name,))
        return int(number)

    def progress(self, source: int) -> tuple[int, int]:
        """Return the last delivery and the last edit of a source that the listing knows."""
        query = "SELECT deliveries, edits FROM source WHERE number = ?"
        ((deliveries, edits),) = self._connection.execute(query, (source,))
        return int(deliveries), int(edits)

    def has(self, source: int, record: int) -> bool:
        """Return whether the listing knows a record."""
        return bool(self._rows("SELECT 1 FROM record WHERE id = ?", listed_number(source, record)))

    def add(self, source: int, names: Sequence[str], record: int) -> None:
        """Add a new record under the first of its possible names that no other one has."""
        is_taken = "SELECT 1 FROM record WHERE name = ?"
        name = next((each for each in names if not self._rows(is_taken, each)), names[-1])
        values = listed_number(source, record), name, 0, Status.UNREADABLE, ""
        self._connection.execute("INSERT INTO record VALUES (?, ?, ?, ?, ?)", values)

    def put(self, source: int, entry: RecordEntry, stamp: int | None) -> None:
        """Write a record as it is now; without a stamp, it gets that of the end of the intake."""
        number = listed_number(source, entry.stored.record)
        self._remove_members(number)
        written = PENDING if stamp is None else stamp
        members = [(self._collection(each), written, number, 0) for each in entry.sets]
        left = [(self._collection(each), written, number, 1) for each in entry.left]
        self._connection.executemany("INSERT INTO member VALUES (?, ?, ?, ?)", [*members, *left])
        collections = " ".join([*(str(row[0]) for row in members), *(f"-{row[0]}" for row in left)])
        update = "UPDATE record SET stamp = ?, status = ?, collections = ? WHERE id = ?"
        self._connection.execute(update, (written, entry.status, collections, number))
        if entry.words:
            ((name,),) = self._connection.execute("SELECT name FROM record WHERE id = ?", (number,))
            self._words.put(number, name, entry.words)
        if stamp is None:
            self._pending.append(number)

    def _remove_members(self, number: int) -> None:
        ((stamp, collections),) = self._rows("SELECT stamp, collections FROM record WHERE id = ?", number)
        keys = [(abs(int(each)), stamp, number) for each in collections.split()]
        delete = "DELETE FROM member WHERE collection = ? AND stamp = ? AND record = ?"
        self._connection.executemany(delete, keys)
        if stamp:
            self._words.remove(number)

    def _rows(self, query: str, value: object) -> list[tuple[int, str]]:
        return self._connection.execute(query, (value,)).fetchall()

    def _collection(self, each: RecordSet) -> int:
        if each.spec not in self._collections:
            values = len(self._collections) + 1, each.spec, each.label
            self._connection.execute("INSERT INTO collection VALUES (?, ?, ?)", values)
            self._collections[each.spec] = values[0]
        return self._collections[each.spec]

    def finish(self, stamp: int) -> None:
        """Give what was put without a time this one, and write the forms of new words."""
        self._words.write_forms()
        update = "UPDATE record SET stamp = ? WHERE id = ?"
        self._connection.executemany(update, ((stamp, number) for number in self._pending))
        for number in self._collections.values():
            update = "UPDATE member SET stamp = ? WHERE collection = ? AND stamp = ?"
            self._connection.execute(update, (stamp, number, PENDING))
        self._pending.clear()

    def set_progress(self, source: int, deliveries: int, edits: int) -> None:
        """Write how far the listing knows a source."""
        update = "UPDATE source SET deliveries = ?, edits = ? WHERE number = ?"
        self._connection.execute(update, (deliveries, edits, source))
