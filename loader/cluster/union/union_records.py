"""The records of a store of records as they are clustered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from loader.cluster.description.describe import describe_record
from loader.cluster.description.record_description import RecordDescription
from loader.marc.identity.record_keys import record_key
from nbkg.errors import EditConflictError, MarcRecordError, UsageError
from nbkg.records.record import MarcRecord
from nbkg.records.store.edited_record import edited_record
from nbkg.records.store.record_folder import sources
from nbkg.records.store.record_store import RecordStore, StoredRecord, open_records


@dataclass
class StoredRecords:
    """The newest records of all sources in a folder, with the edits that people made."""

    folder: Path
    faults: list[str]
    """What could not be read: the record and the reason. All others are read."""

    @classmethod
    def of(cls, folder: Path) -> StoredRecords:
        """Return those of a folder."""
        return cls(folder, [])

    def describe(self, progress: Callable[[int], object]) -> list[RecordDescription]:
        """Return the descriptions of all bibliographic records, each called `{source}/{record key}`."""
        described = []
        for key, record in self.read():
            described.append(describe_record(record, key))
            progress(1)
        return described

    def read(self, keys: frozenset[str] | None = None) -> Iterator[tuple[str, MarcRecord]]:
        """Yield the bibliographic records with their keys, or those of some keys.

        Raises UsageError where the folder has no records at all.
        """
        names = sources(self.folder)
        if not names:
            raise UsageError(f"{self.folder}: there are no records; nbkg marc import makes a store of records")
        for source in names:
            with open_records(self.folder, source) as store:
                for record in self._read_source(source, store):
                    key = f"{source}/{record_key(record)}"
                    if keys is None or key in keys:
                        yield key, record

    def _read_source(self, source: str, store: RecordStore) -> Iterator[MarcRecord]:
        edited = store.edited_records()
        for stored in store.iter_records():
            record = self._parse(source, store, stored, edited)
            if record is not None and record.kind == "bibliographic":
                yield record

    def _parse(self, source: str, store: RecordStore, stored: StoredRecord, edited: set[int]) -> MarcRecord | None:
        try:
            edits = store.edits(stored.record) if stored.record in edited else []
            return edited_record(stored, edits) if edits else stored.parse()
        except (MarcRecordError, EditConflictError) as error:
            self.faults.append(f"{source}: {stored.title}: {error}")
            return None
