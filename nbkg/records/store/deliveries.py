"""Deliveries: what one is, and how records are appended in one."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from nbkg.errors import DataError, UsageError
from nbkg.records.form import Form
from nbkg.records.store.entries import Entry, EntryKind, RecordNames, serialize_entry
from nbkg.records.store.entry_reader import EntryReader
from nbkg.records.store.record_folder import open_for_writing
from nbkg.records.store.record_index import FileState, NameKind, RecordIndex, full_control_number
from nbkg.records.store.record_log import BlockKind, RecordLog
from nbkg.records.store.replay import content_digest, index_entry
from nbkg.records.store.times import parse_time

_BLOCK = 64 * 1024
"""How many bytes of entries become one block: a record is read in 0.1 ms. With 16 kB a store is 9 % larger."""


class Outcome(StrEnum):
    """What a delivery did to a record."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DELETED = "deleted"


@dataclass(frozen=True)
class Delivery:
    """What a source delivered at one time."""

    number: int
    """1 for the first delivery of the source."""
    delivered: str
    """When, by whoever delivered it: a date, or a time in UTC (ISO 8601)."""
    is_complete: bool = False
    """Whether it was all that the source has, so that records which are not in it were deleted."""
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    deleted: int = 0
    doubled: int = 0
    """How many different records had the control number of an earlier one in their file."""
    character_set: str = ""
    """The character set of text in ISO 2709 that is not UTF-8; it is empty where that is MARC-8."""
    harvest: str = ""
    """The name of the harvest that brought it, by which a harvest that was killed knows whether it is here."""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the delivery of a description."""
        return cls(**json.loads(text))

    def to_json(self) -> str:
        """Return the description of the delivery."""
        return json.dumps(asdict(self))


@contextmanager
def deliver(
    folder: Path, source: str, delivered: str, *, is_complete: bool = False, character_set: str = ""
) -> Iterator[DeliveryWriter]:
    """Append what a source delivered in the block: all of it when the block ends, nothing where it fails or is killed.

    `delivered` is a date or a time with a zone, not before that of the delivery before; `character_set` that of text in
    ISO 2709 which is not UTF-8, where it is not MARC-8. Raises UsageError where the date is none, StoreUnavailableError
    where another process writes, DamagedFileError where a file is damaged.
    """
    moment = parse_time(delivered)
    with open_for_writing(folder, source) as (log, index):
        numbers = index.deliveries()
        if numbers and (last := Delivery.from_json(numbers[-1][1])).delivered[: len(moment)] > moment:
            raise UsageError(
                f"{source}: a delivery of {moment} comes after one of {last.delivered}; give the right time"
            )
        writer = DeliveryWriter(
            log, index, Delivery(len(numbers) + 1, moment, is_complete, character_set=character_set)
        )
        index.begin()
        try:
            yield writer
            writer.finish()
        except BaseException:  # an interruption by the user too: nothing of the delivery stays
            index.rollback()
            log.truncate(index.state().size)
            raise


class DeliveryWriter:
    """Appends the records of one delivery, in blocks."""

    def __init__(self, log: RecordLog, index: RecordIndex, delivery: Delivery) -> None:
        self.delivery = delivery
        self._log = log
        self._index = index
        self._state = index.state()
        self._reader = EntryReader(log, index)
        self._pending: list[bytes] = []
        self._pending_size = 0
        self._pending_contents: dict[int, bytes] = {}
        self._pending_oai: dict[int, str] = {}
        self._outcomes: Counter[Outcome] = Counter()
        self._doubled = 0
        self._file = 1
        self._seen = array("I", bytes(4 * (self._state.records + 1)))
        """For each record the last file that had it: 4 MB for a million."""

    def begin_file(self) -> None:
        """Begin the next file: a record in it is a newer version of the one with its control number in an earlier file.

        In one file, two different records with the same control number are two records.
        """
        self._file += 1

    def note_harvest(self, name: str) -> None:
        """Note the name of the harvest that brings the delivery."""
        self.delivery = replace(self.delivery, harvest=name)

    def append(self, form: Form, raw: bytes, names: RecordNames, *, is_deleted: bool = False) -> Outcome:
        """Append a record as it was delivered; `is_deleted` where it says itself that it is deleted."""
        siblings = self._records_of(names, raw)
        content = self._content_of(raw)
        for record in siblings if content else ():
            last = self._index.last_version(record)
            if last and (last.content, last.is_deleted) == (content, is_deleted) and self._has_names(record, names):
                self._seen[record] = self._file
                return self._count(Outcome.UNCHANGED)
        record = next((record for record in siblings if self._seen[record] != self._file), 0)
        outcome = Outcome.CHANGED if record else Outcome.NEW
        if not record:
            self._doubled += bool(siblings)
            record = self._add_record()
        kind = EntryKind.REFERENCE if content else EntryKind.CONTENT
        self._add(Entry(kind, record, names, form, b"" if content else raw, content or 0, is_deleted), raw)
        return self._count(Outcome.DELETED if is_deleted else outcome)

    def delete(self, names: RecordNames) -> Outcome:
        """Record that the source has deleted a record, which it names by its control number or OAI identifier.

        A record that was never delivered is remembered as deleted.
        """
        if not (names.control_number or names.oai):
            raise UsageError("a deletion needs a control number or an OAI identifier")
        records = self._records_of(names, b"")
        outcomes = [self._delete(record, names) for record in records or [self._add_record()]]
        return self._count(Outcome.DELETED if Outcome.DELETED in outcomes else Outcome.UNCHANGED)

    def finish(self) -> None:
        """Complete the delivery: it counts from here on."""
        if self.delivery.is_complete:
            self._delete_missing()
        self._write_block()
        counts: dict[str, Any] = {outcome.value: self._outcomes[outcome] for outcome in Outcome}
        self.delivery = replace(self.delivery, **counts, doubled=self._doubled)
        description = self.delivery.to_json()
        self._log.append(BlockKind.DELIVERY, description.encode())
        self._index.add_delivery(self.delivery.number, description)
        self._log.flush()
        self._index.commit(self._state._replace(size=self._log.size))

    def _delete_missing(self) -> None:
        if not any(self._outcomes[outcome] for outcome in Outcome):
            raise DataError("a complete delivery without any record would delete all records of the source")
        for record in range(1, len(self._seen)):
            if not self._seen[record]:
                self._outcomes[Outcome.DELETED] += self._delete(record, RecordNames()) is Outcome.DELETED

    def _delete(self, record: int, names: RecordNames) -> Outcome:
        self._seen[record] = self._file
        last = self._index.last_version(record)
        if last and last.is_deleted:
            return Outcome.UNCHANGED
        self._add(Entry(EntryKind.DELETION, record, names, is_deleted=True), b"")
        return Outcome.DELETED

    def _records_of(self, names: RecordNames, raw: bytes) -> list[int]:
        """Return the records that have the first of the names by which records are identified."""
        if names.control_number:
            number = full_control_number(names.control_number, names.agency)
            records = self._index.records_of(NameKind.CONTROL_NUMBER, number)
            return self._with_oai(records, names.oai) if names.oai and records else records
        if names.oai:
            return self._index.records_of(NameKind.OAI, names.oai)
        return self._index.records_of(NameKind.CONTENT, sha256(raw).hexdigest())

    def _with_oai(self, records: list[int], oai: str) -> list[int]:
        """Return those of the records that came under an OAI identifier, or that came under none yet."""
        under_it = set(self._index.records_of(NameKind.OAI, oai))
        return [record for record in records if record in under_it or not self._last_oai(record)]

    def _last_oai(self, record: int) -> str:
        last = self._index.last_version(record)
        if last is None or last.entry > self._state.entries - len(self._pending):  # it is not in the file yet
            return self._pending_oai.get(record, "")
        return self._reader.read(last.entry).names.oai

    def _content_of(self, raw: bytes) -> int | None:
        """Return the entry that has the same bytes; they are compared, as the index knows only a part of their hash."""
        for entry in self._index.iter_contents(content_digest(raw)):
            pending = self._pending_contents.get(entry)
            if raw == (self._reader.read(entry).raw if pending is None else pending):
                return entry
        return None

    def _has_names(self, record: int, names: RecordNames) -> bool:
        return not names.oai or record in self._index.records_of(NameKind.OAI, names.oai)

    def _add_record(self) -> int:
        self._state = self._state._replace(records=self._state.records + 1)
        self._seen.append(0)
        return self._state.records

    def _add(self, entry: Entry, raw: bytes) -> None:
        self._seen[entry.record] = self._file
        number = self._state.entries + 1
        self._state = FileState(self._state.size, number, self._state.records)
        index_entry(self._index, number, entry, self.delivery.number)
        serialized = serialize_entry(entry)
        self._pending.append(serialized)
        self._pending_size += len(serialized)
        if entry.kind is EntryKind.CONTENT:
            self._pending_contents[number] = raw
        self._pending_oai[entry.record] = entry.names.oai
        if self._pending_size >= _BLOCK:
            self._write_block()

    def _write_block(self) -> None:
        if self._pending:
            first = self._state.entries - len(self._pending) + 1
            content = b"".join(self._pending)
            position = self._log.append(BlockKind.ENTRIES, content, first=first, entries=len(self._pending))
            self._index.add_block(first, position)
        self._pending, self._pending_size, self._pending_contents, self._pending_oai = [], 0, {}, {}

    def _count(self, outcome: Outcome) -> Outcome:
        self._outcomes[outcome] += 1
        return outcome
