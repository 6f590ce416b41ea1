"""A record as it is given out: its bytes as delivered where nothing changes them, else written anew."""

from __future__ import annotations

from nbkg.errors import DataError, EditConflictError, MarcRecordError, UnwritableError
from nbkg.records.codecs import write_record
from nbkg.records.form import Form
from nbkg.records.record import MarcRecord
from nbkg.records.store.edits import Edit, apply_edits
from nbkg.records.store.record_store import RecordStore, StoredRecord


def edited_bytes(stored: StoredRecord, edits: list[Edit], form: Form) -> bytes:
    """Return a record in a form, with its edits: byte for byte as delivered where it has none and came in this form.

    Raises EditConflictError where an edit does not fit the record, UnwritableError where the form cannot hold it, and
    MarcRecordError where it cannot be read; each names the record.
    """
    if stored.form is form and all(edit.withdrawal for edit in edits):
        return stored.raw
    try:
        return write_record(form, edited_record(stored, edits))
    except (EditConflictError, UnwritableError, MarcRecordError) as error:
        raise type(error)(f"{stored.title}: {error.problem}") from error


def edited_record(stored: StoredRecord, edits: list[Edit]) -> MarcRecord:
    """Return a record with its edits. Raises EditConflictError where one does not fit, MarcRecordError."""
    return apply_edits(stored.parse(), edits)


def find_one(store: RecordStore, name: str) -> int:
    """Return the only record of a name. Raises DataError where there is none, or there are several."""
    records = store.find_records(name)
    if len(records) == 1:
        return records[0]
    if not records:
        raise DataError(f"no record is called {name!r}: give its 001, (003)001, 035 $a, OAI identifier or sha256:…")
    titles = sorted(store.versions(record)[-1].title for record in records)
    raise DataError(f"several records are called {name!r}: {', '.join(titles)}")
