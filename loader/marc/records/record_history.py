"""`nbkg marc history`: the versions of a record, what changed in each, and its edits, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import ndiff
from hashlib import sha256

from nbkg.errors import EditConflictError, MarcRecordError
from nbkg.records.record import MarcField
from nbkg.records.store.edited_record import edited_record, find_one
from nbkg.records.store.edits import Edit, EditProvenance
from nbkg.records.store.record_store import RecordStore, StoredRecord


def history_lines(store: RecordStore, name: str) -> Iterator[str]:
    """Yield the history of the only record of a name. Raises DataError where there is none, or there are several."""
    record = find_one(store, name)
    versions, edits = store.versions(record), store.edits(record)
    yield versions[-1].title
    before: list[str] = []
    for version in versions:
        delivered = store.deliveries[version.delivery - 1].delivered
        yield f"version {version.version}, delivery {version.delivery} of {delivered}: {_state(version)}"
        fields = _field_lines(version)
        if version.version > 1 and version.raw:
            yield from (f"  {line}" for line in ndiff(before, fields) if line[0] in "+-")
        before = fields or before
    for edit in edits:
        yield from _edit_lines(edit)
    conflict = _conflict(versions[-1], edits)
    if conflict:
        yield f"not applied: {conflict}"


def _state(version: StoredRecord) -> str:
    content = (
        f"{version.form}, {len(version.raw)} bytes, sha256:{sha256(version.raw).hexdigest()}" if version.raw else ""
    )
    return ", ".join(part for part in ("deleted" if version.is_deleted else "", content) if part)


def _field_lines(version: StoredRecord) -> list[str]:
    try:
        record = version.parse() if version.raw else None
    except MarcRecordError:
        return []  # the version can still be exported as it was delivered
    return [f"LDR {record.leader[5:12]}", *map(_field_text, record.fields)] if record else []


def _field_text(field: MarcField) -> str:
    return f"{field.tag} {_content(field)}"


def _content(field: MarcField | str) -> str:
    if isinstance(field, str):
        return field
    return f"{field.indicators}{field.data}" + "".join(f"${code}{value}" for code, value in field.subfields)


def _edit_lines(edit: Edit) -> Iterator[str]:
    yield f"edit {edit.number}, as of delivery {edit.delivery}, by {_who(edit.provenance)}"
    for patch in edit.patches:
        values = [("-", patch.old if patch.old != patch.new else None), ("+", patch.new)]
        yield f"  {patch}: " + "  ".join(f"{sign} {_content(value)}" for sign, value in values if value is not None)
    if edit.withdrawal:
        yield f"  withdrawn by {_who(edit.withdrawal)}"


def _who(provenance: EditProvenance) -> str:
    return f"{provenance.who} at {provenance.when}: {provenance.why}"


def _conflict(version: StoredRecord, edits: list[Edit]) -> str:
    if version.is_deleted or all(edit.withdrawal for edit in edits):
        return ""
    try:
        edited_record(version, edits)
    except (EditConflictError, MarcRecordError) as error:
        return error.problem
    return ""
