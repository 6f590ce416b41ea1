"""`nbkg marc import`: files of MARC records become one delivery of a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path

from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.quarantine import Quarantine
from loader.marc.reading.declared_characters import in_declared_set
from loader.marc.reading.deliveries import DamagedRecord, DeletedHeader
from loader.marc.reading.marc_file import read_marc_file
from loader.marc.reading.refused_records import refuse_personal_data
from loader.meter import Advance
from nbkg.errors import DataError, UnwritableError
from nbkg.records.field_removal import remove_fields
from nbkg.records.record import DeliveredRecord, MarcRecord
from nbkg.records.store.deliveries import Delivery, DeliveryWriter, deliver
from nbkg.records.store.entries import RecordNames


@dataclass(frozen=True)
class RecordImport:
    """What is imported: the files of one delivery of a source, into the store of records in a folder."""

    folder: Path
    source: str
    files: tuple[Path, ...]
    delivered: str
    """When the source delivered the files: a date, or a time with a zone."""
    is_complete: bool = False
    """Whether they hold all records of the source, so that others are deleted."""
    profile: MarcProfile | None = None
    """How the records of the source are read: who gave a number without 003, and what is about copies and loans."""


@dataclass
class ImportReport:
    """What an import did."""

    delivery: Delivery
    damaged: list[str] = field(default_factory=list)
    """A line for each damaged record, which was not imported: file, offset and reason."""
    stripped: Counter[str] = field(default_factory=Counter)
    """How many fields about copies and loans were taken out before storing, by tag."""
    stripped_records: int = 0
    """Out of how many records they were taken."""


def import_records(records: RecordImport, quarantine: Quarantine | None = None, advance: Advance = id) -> ImportReport:
    """Append the records of all files as one delivery: all of them but damaged ones, or nothing after an error.

    Damaged records go to the quarantine.

    Raises UsageError for a file that cannot be opened, DataError for one that is no MARC file or breaks off, and for a
    complete delivery with damaged records, which would be deleted.
    """
    stripping = FieldStripping(records.profile)
    damaged: list[str] = []
    character_set = records.profile.character_set if records.profile else ""
    with deliver(
        records.folder,
        records.source,
        records.delivered,
        is_complete=records.is_complete,
        character_set=character_set,
    ) as writer:
        for file in records.files:
            writer.begin_file()
            delivered = refuse_personal_data(in_declared_set(read_marc_file(file, advance), character_set))
            for record in _append_file(writer, delivered, stripping):
                damaged.append(f"{file}: byte {record.offset}: {record.reason}")
                if quarantine:
                    quarantine.add(file, record)
        if damaged and records.is_complete:
            problem = f"a complete delivery has {len(damaged)} damaged records, which would be deleted"
            raise DataError("\n  ".join([f"{problem}; mend them, or leave out --complete:", *damaged[:20]]))
    return ImportReport(writer.delivery, damaged, stripping.fields, stripping.records)


class FieldStripping:
    """Takes out fields about copies and loans, and counts them."""

    def __init__(self, profile: MarcProfile | None) -> None:
        self.assigner = profile.assigner if profile else ""
        self._tags = profile.item_fields if profile else frozenset()
        self.fields = Counter[str]()
        self.records = 0

    def strip(self, delivered: DeliveredRecord) -> bytes:
        """Return the bytes of a record that are stored. Raises UnwritableError where they cannot be written."""
        raw = _without(delivered, self._tags)
        if tags := [field.tag for field in delivered.record.fields if field.tag in self._tags]:
            self.fields.update(tags)
            self.records += 1
        return raw


def stored_bytes(delivered: DeliveredRecord, profile: MarcProfile) -> bytes:
    """Return the bytes of a record that an import by a profile stores. Raises UnwritableError as an import does."""
    return _without(delivered, profile.item_fields)


def _without(delivered: DeliveredRecord, tags: Set[str]) -> bytes:
    if not any(field.tag in tags for field in delivered.record.fields):
        return delivered.raw
    return remove_fields(delivered.form, delivered.raw, delivered.record, tags)


def record_names(record: MarcRecord, oai: str = "", assigner: str = "") -> RecordNames:
    """Return what a source calls a record: its 001, 003 and 035 $a, and its OAI identifier.

    `assigner` is who gave the number of a record without 003.
    """
    agency = next((each.data.strip() for each in record.fields if each.tag == "003"), "") or assigner
    numbers = [value.strip() for each in record.fields if each.tag == "035" for value in each.values("a")]
    return RecordNames(record.control_number.strip(), agency, oai, tuple(number for number in numbers if number))


def _append_file(
    writer: DeliveryWriter, items: Iterator[DeliveredRecord | DamagedRecord | DeletedHeader], stripping: FieldStripping
) -> Iterator[DamagedRecord]:
    """Append the records of a file, and yield those that are damaged."""
    for item in items:
        if isinstance(item, DeliveredRecord):
            oai = item.header.identifier if item.header else ""
            try:
                raw = stripping.strip(item)
            except UnwritableError as error:
                reason = f"its fields about copies cannot be taken out: {error.problem}"
                yield DamagedRecord(item.form, item.raw, item.offset, reason)
                continue
            names = record_names(item.record, oai, stripping.assigner)
            writer.append(item.form, raw, names, is_deleted=item.record.is_deleted)
        elif isinstance(item, DeletedHeader):
            writer.delete(RecordNames(oai=item.header.identifier))
        elif isinstance(item, DamagedRecord):
            yield item
