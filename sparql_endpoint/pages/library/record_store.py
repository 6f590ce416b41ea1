"""The record as its source delivered it, out of the store of records that the server was given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nbkg.records.codecs import read_record
from nbkg.records.form import Form
from nbkg.records.record import MarcRecord
from nbkg.records.store.edited_record import edited_bytes
from nbkg.records.store.record_store import open_records
from sparql_endpoint.pages.library.record_facts import RecordName

_OTHER_NUMBER = "035-"
"""How the key of a record begins that has no control number but another one."""


@dataclass(frozen=True)
class StoredMarc:
    """A record as of the newest delivery, with its edits."""

    record: MarcRecord
    delivered: str
    """When its source delivered it: a date, or a time with a zone."""
    version: int


def find_record(folder: Path | None, name: RecordName) -> StoredMarc | None:
    """Return a record; None where there is no store of records, or it has not exactly one of that name.

    Raises DamagedFileError where a file of the store is damaged.
    """
    collected = _find(folder, name, Form.MARCXML)
    return StoredMarc(read_record(Form.MARCXML, collected[0]), collected[1], collected[2]) if collected else None


def find_bytes(folder: Path | None, name: RecordName, form: Form) -> bytes | None:
    """Return a record in a form, byte for byte as delivered where it came in this form; None as for `find_record`.

    Raises UnwritableError where the form cannot hold it, DamagedFileError where a file of the store is damaged.
    """
    collected = _find(folder, name, form)
    return collected[0] if collected else None


def _find(folder: Path | None, name: RecordName, form: Form) -> tuple[bytes, str, int] | None:
    if folder is None or not _has(folder, name.source):
        return None
    with open_records(folder, name.source) as store:
        records = store.find_records(name.key.removeprefix(_OTHER_NUMBER))
        stored = store.read(records[0]) if len(records) == 1 else None
        if stored is None or not stored.raw or stored.is_deleted:
            return None
        content = edited_bytes(stored, store.edits(stored.record), form)
        return content, store.deliveries[stored.delivery - 1].delivered, stored.version


def _has(folder: Path, source: str) -> bool:
    return "/" not in source and (folder / source / "records.log").is_file()
