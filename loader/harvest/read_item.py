"""One item of a list as records to store, or the reason why it is put aside."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import NamedTuple

from loader.marc.reading.deliveries import DamagedRecord
from loader.marc.reading.marcxml_stream import read_marcxml
from loader.marc.reading.refused_records import refuse_personal_data
from loader.marc.records.record_import import FieldStripping, record_names
from loader.sources.oai_pmh.oai_answer import format_moment, parse_moment
from loader.sources.provider.list_pages import ItemHeader, ListItem
from nbkg.errors import DataError, UnwritableError
from nbkg.records.form import Form
from nbkg.records.personal_data import find_personal_number
from nbkg.records.record import DeliveredRecord
from nbkg.records.store.entries import RecordNames
from nbkg.records.store.record_index import full_control_number

_MARC = (b"leader", b"controlfield", b"datafield")


class ReadRecord(NamedTuple):
    """A record of an item, as it is stored."""

    raw: bytes
    names: RecordNames
    is_deleted: bool
    form: Form = Form.MARCXML


@dataclass(frozen=True)
class ReadItem:
    """An item of a list."""

    key: str
    """What identifies it in the list; empty where nothing does, or where that is a number of a person."""
    datestamp: str
    is_oai: bool = False
    is_deleted: bool = False
    """Whether the list says that it is deleted."""
    records: tuple[ReadRecord, ...] = ()
    problem: str = ""
    """Why it is put aside."""
    raw: bytes = b""
    """What is put aside: nothing where it may be about people."""
    notes: tuple[str, ...] = ()

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Return control number and agency of each record that has them."""
        return [record.names[:2] for record in self.records if record.names.control_number]

    @property
    def is_gone(self) -> bool:
        """Whether nothing of it is held any more."""
        return self.is_deleted or (bool(self.records) and all(record.is_deleted for record in self.records))


def read_item(item: ListItem, stripping: FieldStripping, run_date: str) -> ReadItem:
    """Return an item with its records; `run_date` is the datestamp of one without."""
    header = item.header
    moment = parse_moment(header.datestamp)
    notes = (
        () if moment or not header.is_oai else (f"the datestamp “{header.datestamp}” is no date: the run's is taken",)
    )
    datestamp = format_moment(moment) if moment else run_date
    key = "" if find_personal_number(header.identifier) else header.identifier
    if header.is_deleted and key and not item.fault:
        return ReadItem(key, datestamp, header.is_oai, is_deleted=True, notes=notes)
    try:
        _check_header(header, key)
        records = _records(item, stripping)
    except DataError as error:
        raw = _kept_bytes(item.content, str(error))
        return ReadItem(key, datestamp, header.is_oai, problem=str(error), raw=raw, notes=notes)
    return ReadItem(key or _own_key(records), datestamp, header.is_oai, records=records, notes=notes)


def _check_header(header: ItemHeader, key: str) -> None:
    """Raise DataError for a header whose identifier is a number of a person, and for a deletion without identifier."""
    if header.identifier and not key:
        raise DataError("its identifier is a number of a person: data about people is refused")
    if header.is_deleted and not key:
        raise DataError("it is deleted and has no identifier, so that nobody knows which record is gone")


def _records(item: ListItem, stripping: FieldStripping) -> tuple[ReadRecord, ...]:
    """Return the records of an item. Raises DataError where one cannot be read."""
    if item.fault:
        personal = find_personal_number(item.content.decode("utf-8", "replace"))
        raise DataError(f"it holds {personal}: data about people is refused" if personal else item.fault)
    if not item.content.strip():
        raise DataError("it has no metadata and is not deleted: what is held of it stays")
    deliveries = refuse_personal_data(read_marcxml(io.BytesIO(item.content)))
    return tuple(_record(each, item.header, stripping) for each in deliveries)


def _record(delivery: object, header: ItemHeader, stripping: FieldStripping) -> ReadRecord:
    if isinstance(delivery, DamagedRecord):
        raise DataError(delivery.reason)
    if not isinstance(delivery, DeliveredRecord):
        raise DataError("a header stands in its metadata")
    names = record_names(delivery.record, header.identifier if header.is_oai else "", stripping.assigner)
    if not (names.control_number or names.oai):
        raise DataError("it has no 001 and no identifier in the list, so that it could not be known again")
    try:
        return ReadRecord(stripping.strip(delivery), names, delivery.record.is_deleted)
    except UnwritableError as error:
        raise DataError(f"its fields about copies cannot be taken out: {error.problem}") from error


def _kept_bytes(content: bytes, problem: str) -> bytes:
    """Return what the quarantine keeps: MARC in which no number of a person is; nothing of what may be about people."""
    is_marc = any(name in content for name in _MARC)
    return content if is_marc and "data about people" not in problem else b""


def _own_key(records: tuple[ReadRecord, ...]) -> str:
    """Return what identifies records of a list that does not name them."""
    return next((full_control_number(*record.names[:2]) for record in records), "")
