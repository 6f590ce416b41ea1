"""The records of one source, for reading: as of any delivery, by any of their names, with all their versions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from nbkg.errors import DamagedFileError, UsageError
from nbkg.records.codecs import read_record
from nbkg.records.form import Form
from nbkg.records.record import MarcRecord
from nbkg.records.store.deliveries import Delivery
from nbkg.records.store.edit_json import parse_edit, parse_provenance
from nbkg.records.store.edits import Edit
from nbkg.records.store.entries import EntryKind, RecordNames
from nbkg.records.store.entry_reader import EntryReader
from nbkg.records.store.record_folder import open_for_reading
from nbkg.records.store.record_index import NameKind, RecordIndex, VersionRow
from nbkg.records.store.record_log import RecordLog


class StoredRecord(NamedTuple):
    """One version of a record."""

    record: int
    """The number of the record in the store of its source: 1 for the one that came first. It never changes."""
    version: int
    """1 for the first version of the record."""
    delivery: int
    """The number of the delivery that brought the version."""
    names: RecordNames
    form: Form
    raw: bytes
    """The bytes as delivered; none for a deletion without bytes."""
    is_deleted: bool
    character_set: str = ""
    """The character set of text in ISO 2709 that is not UTF-8; it is empty where that is MARC-8."""

    def parse(self) -> MarcRecord:
        """Return the record of the bytes. Raises MarcRecordError where its fields are uncertain."""
        return read_record(self.form, self.raw, self.character_set)

    @property
    def title(self) -> str:
        """What a message calls the record: `(003)001`, its OAI identifier, or the SHA-256 of its bytes."""
        names = self.names
        if names.control_number:
            return f"({names.agency}){names.control_number}" if names.agency else names.control_number
        return names.oai or f"sha256:{sha256(self.raw).hexdigest()}"


@contextmanager
def open_records(folder: Path, source: str) -> Iterator[RecordStore]:
    """Open the records of a source, as of the newest delivery that has ended.

    Raises UsageError where the folder has none of the source, DamagedFileError where a file is damaged (also while it
    is read).
    """
    with open_for_reading(folder, source) as (log, index):
        yield RecordStore(log, index)


class RecordStore:
    """The records of a source."""

    def __init__(self, log: RecordLog, index: RecordIndex) -> None:
        self._log = log
        self._index = index
        self._reader = EntryReader(log, index)
        self.deliveries = [Delivery.from_json(text) for _number, text in index.deliveries()]
        """The deliveries, the oldest first."""

    def delivery_as_of(self, text: str) -> Delivery:
        """Return a delivery by its number, or the last one of a date (2025-10-14) or before.

        Raises UsageError where there is none.
        """
        if text.isdecimal():
            chosen = [delivery for delivery in self.deliveries if delivery.number == int(text)]
        else:
            chosen = [delivery for delivery in self.deliveries if delivery.delivered[: len(text)] <= text]
        if not chosen:
            names = ", ".join(f"{delivery.number} ({delivery.delivered})" for delivery in self.deliveries[-5:])
            raise UsageError(f"no delivery {text}; the newest are: {names or 'none'}")
        return chosen[-1]

    def iter_records(self, delivery: int | None = None) -> Iterator[StoredRecord]:
        """Yield the records as of a delivery, by default the newest, in the order in which they first came.

        Those that are deleted then are not among them.
        """
        for row in self._index.iter_versions(len(self.deliveries) if delivery is None else delivery):
            if not row.is_deleted:
                yield self._record(row)

    def iter_changed(self, delivery: int, edit: int) -> Iterator[StoredRecord]:
        """Yield the newest version, or deletion, of each record that a later delivery or edit changed."""
        for row in self._index.iter_changed(delivery, edit):
            yield self._record(row)

    def last_edit(self) -> int:
        """Return the number of the newest edit or withdrawal, 0 where there is none."""
        return self._index.last_edit()

    def newest_edit(self, record: int) -> tuple[int, str] | None:
        """Return number and time of the newest edit of a record, or withdrawal of one; None where there is none."""
        rows = self._index.edits(record)
        if not rows:
            return None
        return rows[-1].number, parse_provenance(json.loads(self._log.read(rows[-1].position).content)).when

    def find_records(self, name: str) -> list[int]:
        """Return the records of a name: 001, `(003)001`, 035 $a, an OAI identifier, or `sha256:` and a hash.

        The first kind of name that leads to a record counts. Names that a record had in earlier versions lead to it.
        """
        if name.startswith("sha256:"):
            return self._records_with_hash(name.removeprefix("sha256:"))
        agency, _, number = name.removeprefix("(").partition(")") if name.startswith("(") else ("", "", name)
        named = self._index.records_of_control_number(number)
        records = [record for its_agency, record in named if its_agency == agency or not name.startswith("(")]
        return (
            records
            or self._index.records_of(NameKind.OAI, name)
            or self._index.records_of(NameKind.SYSTEM_NUMBER, name)
        )

    def _records_with_hash(self, digest: str) -> list[int]:
        try:
            key = int(digest[:16], 16) >> 1
        except ValueError as error:
            raise UsageError(f"{digest!r} is not a SHA-256") from error
        entries = [self._reader.read(number) for number in self._index.iter_contents(key)]
        return [entry.record for entry in entries if sha256(entry.raw).hexdigest() == digest]

    def read(self, record: int, delivery: int | None = None) -> StoredRecord | None:
        """Return a record as of a delivery, by default the newest; None where it had not come."""
        rows = self._index.versions(record) if delivery is not None else [self._index.last_version(record)]
        chosen = [row for row in rows if row and (delivery is None or row.delivery <= delivery)]
        return self._record(chosen[-1]) if chosen else None

    def versions(self, record: int) -> list[StoredRecord]:
        """Return all versions of a record, the oldest first."""
        return [self._record(row) for row in self._index.versions(record)]

    def edits(self, record: int, delivery: int | None = None) -> list[Edit]:
        """Return the edits that were made to a record before the next delivery, the oldest first."""
        last = len(self.deliveries) if delivery is None else delivery
        rows = [row for row in self._index.edits(record) if row.delivery <= last]
        withdrawals = {row.withdraws: row for row in rows if row.withdraws}
        edits = []
        for row in rows:
            if not row.withdraws:
                withdrawal = withdrawals.get(row.number)
                texts = [self._log.read(each.position).content for each in (row, withdrawal) if each]
                edits.append(parse_edit(*texts))
        return edits

    def edited_records(self) -> set[int]:
        """Return the records that have edits, withdrawn ones among them."""
        return self._index.edited_records()

    def check_blocks(self) -> int:
        """Read every block and return how many versions of records there are.

        Raises DamagedFileError at the first fault, and where the index has another number of versions.
        """
        state = self._index.state()
        entries = sum(block.entries for block in self._log.iter_blocks(0, state.size))
        if entries != state.entries:
            problem = f"it has {state.entries} versions and the records {entries}: remove the file, it is made again"
            raise DamagedFileError(problem, file=self._index.file)
        return entries

    def _record(self, row: VersionRow) -> StoredRecord:
        entry = self._reader.read(row.entry)
        content = self._reader.read(row.content) if entry.kind is EntryKind.REFERENCE and row.content else entry
        character_set = self.deliveries[row.delivery - 1].character_set
        return StoredRecord(*row[:3], entry.names, content.form, content.raw, row.is_deleted, character_set)
