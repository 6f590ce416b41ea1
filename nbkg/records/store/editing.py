"""Edits are made and withdrawn: each is checked against the record as it is now, and appended to the source's file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nbkg.errors import DataError, EditConflictError
from nbkg.records.store.edit_json import serialize_edit, serialize_withdrawal
from nbkg.records.store.edited_record import edited_record, find_one
from nbkg.records.store.edits import Edit, EditProvenance, FieldPatch
from nbkg.records.store.record_folder import open_for_writing
from nbkg.records.store.record_index import EditRow, RecordIndex
from nbkg.records.store.record_log import BlockKind, RecordLog
from nbkg.records.store.record_store import RecordStore


@dataclass(frozen=True)
class NewEdit:
    """What a person wants to change in a record."""

    name: str
    """A name of the record, as RecordStore.find_records takes it."""
    patches: tuple[FieldPatch, ...]
    provenance: EditProvenance


def add_edits(folder: Path, source: str, edits: Iterable[NewEdit]) -> list[int]:
    """Append edits, all of them or none, and return their numbers.

    Raises EditConflictError, which names the record and the field, where a record does not have what an edit changes;
    DataError where a name leads to no record or to several.
    """
    with _open_editor(folder, source) as editor:
        return [editor.add(edit) for edit in edits]


def withdraw_edit(folder: Path, source: str, number: int, withdrawal: EditProvenance) -> None:
    """Withdraw an edit: it is not applied any more, and stays in the record's history.

    Raises DataError where there is no such edit, or it was withdrawn before.
    """
    with _open_editor(folder, source) as editor:
        editor.withdraw(number, withdrawal)


@contextmanager
def _open_editor(folder: Path, source: str) -> Iterator[_Editor]:
    with open_for_writing(folder, source) as (log, index):
        index.begin()
        try:
            yield _Editor(log, index)
            log.flush()
            index.commit(index.state()._replace(size=log.size))
        except BaseException:  # an interruption by the user too: all edits stay out
            index.rollback()
            log.truncate(index.state().size)
            raise


class _Editor:
    def __init__(self, log: RecordLog, index: RecordIndex) -> None:
        self._log = log
        self._index = index
        self._store = RecordStore(log, index)

    def add(self, new: NewEdit) -> int:
        record = find_one(self._store, new.name)
        stored = self._store.versions(record)[-1]
        if stored.is_deleted:
            raise EditConflictError(f"{stored.title}: the record is deleted")
        edit = Edit(self._index.last_edit() + 1, len(self._store.deliveries), new.patches, new.provenance)
        try:
            edited_record(stored, [*self._store.edits(record), edit])
        except EditConflictError as error:
            raise EditConflictError(f"{stored.title}: {error.problem}") from error
        offset = self._log.append(BlockKind.EDIT, serialize_edit(edit, record))
        self._index.add_edit(EditRow(edit.number, record, edit.delivery, offset, None))
        return edit.number

    def withdraw(self, number: int, withdrawal: EditProvenance) -> None:
        row = self._index.edit(number)
        edits = self._store.edits(row.record) if row else []
        edit = next((edit for edit in edits if edit.number == number), None)
        if row is None or edit is None:
            raise DataError(f"there is no edit {number}")
        if edit.withdrawal:
            raise DataError(f"edit {number} was withdrawn before, by {edit.withdrawal.who}: {edit.withdrawal.why}")
        new = EditRow(self._index.last_edit() + 1, row.record, len(self._store.deliveries), self._log.size, number)
        self._log.append(BlockKind.EDIT, serialize_withdrawal(new, withdrawal))
        self._index.add_edit(new)
