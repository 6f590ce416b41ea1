"""The index of a source's records: SQLite, made from the file of blocks and made again from it where it is missing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from enum import IntEnum
from importlib.resources import files
from itertools import count
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from nbkg.errors import DamagedFileError, NbkgError, StoreUnavailableError
from nbkg.records.store.entries import RecordNames

_FORMAT = 1
_CACHE_KB = 64 * 1024
"""The hashes of two million records fit in it, which is what is read and written at random places."""
_AGENCY = "\x1f"
_CHANGED = "SELECT record FROM version WHERE delivery > ? UNION SELECT record FROM edit WHERE number > ?"


class NameKind(IntEnum):
    """What a name of a record is; the first three kinds identify it, in this order."""

    CONTROL_NUMBER = 0
    OAI = 1
    CONTENT = 2
    SYSTEM_NUMBER = 3


class VersionRow(NamedTuple):
    """A version of a record, as the index has it."""

    record: int
    number: int
    delivery: int
    entry: int
    content: int | None
    """The entry with the bytes of the record; None for a deletion without bytes."""
    is_deleted: bool


class EditRow(NamedTuple):
    """An edit, or the withdrawal of one, as the index has it."""

    number: int
    record: int
    delivery: int
    position: int
    withdraws: int | None


class FileState(NamedTuple):
    """How far the index has come."""

    size: int
    entries: int
    records: int


def full_control_number(control_number: str, agency: str) -> str:
    """Return the name under which a control number of an agency is in the index."""
    return f"{control_number}{_AGENCY}{agency}" if agency else control_number


class RecordIndex:
    """The index, open for reading or for writing too; one that is new is safe on disk only when its file is synced."""

    def __init__(self, file: Path, *, is_writable: bool = False, is_new: bool = False) -> None:
        self.file = file
        mode = "rwc" if is_writable else "ro"
        try:
            self._database = sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
        except sqlite3.DatabaseError as error:
            raise self.failure(error) from error
        try:
            self._prepare(is_new=is_new)
        except sqlite3.DatabaseError as error:
            self.close()
            raise self.failure(error) from error

    def _prepare(self, *, is_new: bool) -> None:
        self._database.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        self._database.execute(f"PRAGMA synchronous = {'OFF' if is_new else 'FULL'}")
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        if is_new:
            self._database.execute("PRAGMA journal_mode = WAL")
            schema = files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")
            self._database.executescript(f"BEGIN; {schema} PRAGMA user_version = {_FORMAT}; COMMIT;")
        elif version != _FORMAT:
            raise DamagedFileError(f"the index has format {version}; this nbkg reads format {_FORMAT}", file=self.file)

    def failure(self, error: sqlite3.DatabaseError) -> NbkgError:
        """Return the error that names the file and what to do about it."""
        if isinstance(error, sqlite3.OperationalError):  # the file may be good
            hint = "who reads must be able to write in this folder too, and its disk needs room"
            return StoreUnavailableError(f"{self.file}: {error}: {hint}")
        return DamagedFileError(f"{error}: remove the file, it is made again from the records", file=self.file)

    def close(self) -> None:
        """Close the index; what was not committed is not in it."""
        self._database.close()

    def begin(self) -> None:
        """Begin a transaction."""
        self._database.execute("BEGIN IMMEDIATE")

    def commit(self, state: FileState) -> None:
        """Commit the transaction with how far the index has come."""
        self._database.execute("UPDATE state SET size = ?, entries = ?, records = ?", state)
        self._database.execute("COMMIT")

    def rollback(self) -> None:
        """Forget the transaction, where there is one."""
        if self._database.in_transaction:
            self._database.execute("ROLLBACK")

    def state(self) -> FileState:
        """Return how far the index has come."""
        return FileState(*self._database.execute("SELECT size, entries, records FROM state").fetchone())

    def deliveries(self) -> list[tuple[int, str]]:
        """Return number and description of each delivery, in their order."""
        return self._database.execute("SELECT number, description FROM delivery ORDER BY number").fetchall()

    def last_delivery(self) -> int:
        """Return the number of the newest delivery, 0 where there is none."""
        return self._last("delivery")

    def last_edit(self) -> int:
        """Return the number of the newest edit, 0 where there is none."""
        return self._last("edit")

    def block_of(self, entry: int) -> tuple[int, int] | None:
        """Return the first entry and the position of the block that has an entry."""
        query = "SELECT first, position FROM block WHERE first <= ? ORDER BY first DESC LIMIT 1"
        row = self._one(query, (entry,))
        return (row[0], row[1]) if row else None

    def iter_contents(self, digest: int) -> Iterator[int]:
        """Yield the entries whose records may have the SHA-256 that begins with these 8 bytes."""
        for number in count(digest):
            row = self._one("SELECT entry FROM content WHERE digest = ?", (number,))
            if row is None:
                return
            yield row[0]

    def last_version(self, record: int) -> VersionRow | None:
        """Return the newest version of a record."""
        row = self._one("SELECT * FROM version WHERE record = ? ORDER BY number DESC LIMIT 1", (record,))
        return _version(row) if row else None

    def versions(self, record: int) -> list[VersionRow]:
        """Return the versions of a record, the oldest first."""
        rows = self._database.execute("SELECT * FROM version WHERE record = ? ORDER BY number", (record,))
        return [_version(row) for row in rows]

    def iter_versions(self, delivery: int) -> Iterator[VersionRow]:
        """Yield the newest version of each record as of a delivery, in the order in which the records first came."""
        newest = None
        query = "SELECT * FROM version WHERE delivery <= ? ORDER BY record, number"
        for row in self._database.execute(query, (delivery,)):
            if newest is not None and newest[0] != row[0]:
                yield _version(newest)
            newest = row
        yield from map(_version, [newest] if newest else [])

    def iter_changed(self, delivery: int, edit: int) -> Iterator[VersionRow]:
        """Yield the newest version of each record that a later delivery or edit changed, in the order of records."""
        for (record,) in self._database.execute(f"{_CHANGED} ORDER BY record", (delivery, edit)):
            yield from filter(None, [self.last_version(record)])

    def records_of(self, kind: NameKind, value: str) -> list[int]:
        """Return the records of a name, in the order in which they first came."""
        query = "SELECT record FROM name WHERE kind = ? AND value = ? ORDER BY record"
        return [record for (record,) in self._database.execute(query, (kind, value))]

    def records_of_control_number(self, control_number: str) -> list[tuple[str, int]]:
        """Return agency and record for each agency that has given the control number."""
        query = "SELECT value, record FROM name WHERE kind = 0 AND value >= ? AND value < ?"
        bounds = (control_number, control_number + chr(ord(_AGENCY) + 1))  # one range: with OR, all names are read
        names = [(value.partition(_AGENCY), record) for value, record in self._database.execute(query, bounds)]
        agencies = [(agency, record) for (number, _, agency), record in names if number == control_number]
        return sorted(agencies, key=itemgetter(1))

    def edits(self, record: int) -> list[EditRow]:
        """Return the edits of a record and their withdrawals, the oldest first."""
        rows = self._database.execute("SELECT * FROM edit WHERE record = ? ORDER BY number", (record,))
        return [EditRow(*row) for row in rows]

    def edit(self, number: int) -> EditRow | None:
        """Return one edit by its number."""
        row = self._one("SELECT * FROM edit WHERE number = ?", (number,))
        return EditRow(*row) if row else None

    def edited_records(self) -> set[int]:
        """Return the records that have edits."""
        return {record for (record,) in self._database.execute("SELECT DISTINCT record FROM edit")}

    def add_delivery(self, number: int, description: str) -> None:
        """Add a delivery."""
        self._database.execute("INSERT INTO delivery VALUES (?, ?)", (number, description))

    def add_block(self, first: int, position: int) -> None:
        """Add a block of entries."""
        self._database.execute("INSERT INTO block VALUES (?, ?)", (first, position))

    def add_content(self, digest: int, entry: int) -> None:
        """Add a record's bytes by the first 8 bytes of their SHA-256."""
        for number in count(digest):
            if self._database.execute("INSERT OR IGNORE INTO content VALUES (?, ?)", (number, entry)).rowcount:
                return

    def add_version(self, row: VersionRow) -> None:
        """Add a version of a record."""
        content = None if row.content == row.entry else row.content or 0
        self._database.execute("INSERT INTO version VALUES (?, ?, ?, ?, ?, ?)", (*row[:4], content, row.is_deleted))

    def add_name(self, kind: NameKind, value: str, record: int) -> None:
        """Add a name of a record, which it may have already."""
        self._database.execute("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", (kind, value, record))

    def add_names(self, names: RecordNames, record: int) -> None:
        """Add what a record is called."""
        if names.control_number:
            number = full_control_number(names.control_number, names.agency)
            self.add_name(NameKind.CONTROL_NUMBER, number, record)
        if names.oai:
            self.add_name(NameKind.OAI, names.oai, record)
        for number in names.system_numbers:
            self.add_name(NameKind.SYSTEM_NUMBER, number, record)

    def add_edit(self, row: EditRow) -> None:
        """Add an edit or a withdrawal."""
        self._database.execute("INSERT INTO edit VALUES (?, ?, ?, ?, ?)", row)

    def _last(self, table: str) -> int:
        row = self._one(f"SELECT max(number) FROM {table}", ())  # noqa: S608  # a name from this module
        return row[0] or 0 if row else 0

    def _one(self, query: str, values: tuple[object, ...]) -> tuple[int, ...] | None:
        row: tuple[int, ...] | None = self._database.execute(query, values).fetchone()
        return row


def _version(row: tuple[int, ...]) -> VersionRow:
    record, number, delivery, entry, content, deleted = row
    return VersionRow(record, number, delivery, entry, entry if content is None else content or None, bool(deleted))
