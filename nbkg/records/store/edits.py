"""Edits: changes of single fields that people make to a record, each with what it expects to find.

An edit is stored as JSON beside the record, whose bytes stay as delivered, and applied where the record is exported.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from nbkg.errors import DataError, EditConflictError
from nbkg.records.record import MarcField, MarcRecord


class PatchAction(StrEnum):
    """What a patch does."""

    ADD = "add"
    REPLACE = "replace"
    DELETE = "delete"


@dataclass(frozen=True)
class FieldPatch:
    """A change of one field, or of one subfield where `code` is not empty.

    `old` is what is replaced or deleted, or the field that a subfield is added to. A value is a MarcField for a field
    and a text for a subfield. A new field comes after the others with its tag, a new subfield at the end of its field.
    """

    action: PatchAction
    tag: str
    occurrence: int = 1
    """1 for the first field with the tag."""
    code: str = ""
    code_occurrence: int = 1
    """1 for the first subfield of the field with the code."""
    old: MarcField | str | None = None
    new: MarcField | str | None = None

    def __post_init__(self) -> None:
        if (self.new is None) != (self.action is PatchAction.DELETE):
            raise DataError(f"{self}: a new value belongs to “add” and “replace”, and not to “delete”")
        is_new_field = self.action is PatchAction.ADD and not self.code
        if (self.old is None) != is_new_field:
            raise DataError(f"{self}: an old value belongs to every patch but the one that adds a field")
        is_in_subfield = bool(self.code) and self.action is not PatchAction.ADD
        if isinstance(self.old, str) != is_in_subfield and self.old is not None:
            raise DataError(
                f"{self}: the old value is a text for a subfield, and a field for a field or a new subfield"
            )
        if self.new is not None and isinstance(self.new, str) != bool(self.code):
            raise DataError(f"{self}: the new value is a text for a subfield, and a field for a field")

        if any(isinstance(value, MarcField) and value.tag != self.tag for value in (self.old, self.new)):
            raise DataError(f"{self}: the fields of a patch have its tag")

    def __str__(self) -> str:
        return f"{self.action} {self.tag}[{self.occurrence}]" + (f"${self.code}" if self.code else "")


class EditProvenance(NamedTuple):
    """Who made or withdrew an edit, when (a date or a time with a zone), and why."""

    who: str
    when: str
    why: str


@dataclass(frozen=True)
class Edit:
    """Changes that are made together, or not at all."""

    number: int
    """1 for the first edit of the source."""
    delivery: int
    """The newest delivery when it was made: it counts as of this delivery and all later ones."""
    patches: tuple[FieldPatch, ...]
    provenance: EditProvenance
    withdrawal: EditProvenance | None = None
    """Who took the edit back; then it is not applied."""


def apply_edits(record: MarcRecord, edits: list[Edit]) -> MarcRecord:
    """Return the record with the edits that were not withdrawn.

    Raises EditConflictError, which names edit and field, where the record does not have what an edit would change.
    """
    fields = list(record.fields)
    for edit in edits:
        if edit.withdrawal is None:
            for patch in edit.patches:
                _apply(fields, patch, edit.number)
    return MarcRecord(record.leader, fields)


def _apply(fields: list[MarcField], patch: FieldPatch, number: int) -> None:
    if patch.action is PatchAction.ADD and not patch.code:
        _add_field(fields, patch, number)
        return
    positions = [at for at, field in enumerate(fields) if field.tag == patch.tag]
    if len(positions) < patch.occurrence:
        raise _conflict(patch, number, f"the record has {len(positions)} fields {patch.tag}")
    at = positions[patch.occurrence - 1]
    changed = _changed_field(fields[at], patch, number)
    fields[at : at + 1] = [] if changed is None else [changed]


def _add_field(fields: list[MarcField], patch: FieldPatch, number: int) -> None:
    if patch.new in fields:
        raise _conflict(patch, number, "the record has this field already")
    before = [at for at, field in enumerate(fields, 1) if field.tag <= patch.tag]
    fields.insert(before[-1] if before else 0, patch.new)  # type: ignore[arg-type]  # checked when the patch was made


def _changed_field(field: MarcField, patch: FieldPatch, number: int) -> MarcField | None:
    if not patch.code or patch.action is PatchAction.ADD:
        if field != patch.old:
            raise _conflict(patch, number, f"the field is {_text(field)} and not {_text(patch.old)}")
        if patch.code:
            return field._replace(subfields=[*field.subfields, (patch.code, str(patch.new))])
        return patch.new  # type: ignore[return-value]  # checked when the patch was made
    positions = [at for at, (code, _value) in enumerate(field.subfields) if code == patch.code]
    if len(positions) < patch.code_occurrence:
        raise _conflict(patch, number, f"the field is {_text(field)}")
    at = positions[patch.code_occurrence - 1]
    if field.subfields[at][1] != patch.old:
        raise _conflict(patch, number, f"the subfield is {_text(field.subfields[at][1])} and not {_text(patch.old)}")
    changed = [] if patch.new is None else [(patch.code, str(patch.new))]
    return field._replace(subfields=[*field.subfields[:at], *changed, *field.subfields[at + 1 :]])


def _conflict(patch: FieldPatch, number: int, problem: str) -> EditConflictError:
    return EditConflictError(f"edit {number} does not fit the record: {patch}: {problem}")


def _text(value: MarcField | str | None) -> str:
    if isinstance(value, MarcField):
        return f"“{value.indicators}{value.data}{''.join(f'${code}{text}' for code, text in value.subfields)}”"
    return f"“{value}”"
