"""Edits as JSON, as they are stored in a source's file and given to `nbkg marc edit`.

A field is a text where it has no subfields, else `{"indicators": "10", "subfields": [["a", "Title"]]}`.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from nbkg.errors import DataError, UsageError
from nbkg.records.record import MarcField
from nbkg.records.store.edits import Edit, EditProvenance, FieldPatch, PatchAction
from nbkg.records.store.record_index import EditRow
from nbkg.records.store.times import parse_time


def serialize_edit(edit: Edit, record: int) -> bytes:
    """Return the JSON of an edit of a record."""
    members = {"number": edit.number, "record": record, "delivery": edit.delivery, **edit.provenance._asdict()}
    return _serialize({**members, "patches": [_patch_members(patch) for patch in edit.patches]})


def serialize_withdrawal(row: EditRow, withdrawal: EditProvenance) -> bytes:
    """Return the JSON of the withdrawal of an edit: it has a number of its own."""
    members = {name: value for name, value in row._asdict().items() if name != "position"}
    return _serialize({**members, **withdrawal._asdict()})


def parse_edit(text: bytes, withdrawal: bytes | None = None) -> Edit:
    """Return the edit of its JSON and that of its withdrawal."""
    members = json.loads(text)
    edit = Edit(members["number"], members["delivery"], parse_patches(members["patches"]), parse_provenance(members))
    return replace(edit, withdrawal=parse_provenance(json.loads(withdrawal))) if withdrawal else edit


def parse_provenance(members: dict[str, Any]) -> EditProvenance:
    """Return who, when and why. Raises DataError where one is missing."""
    who, when, why = (members.get(name) for name in EditProvenance._fields)
    if not (isinstance(who, str) and isinstance(when, str) and isinstance(why, str) and who and when and why):
        raise DataError("an edit needs “who”, “when” and “why”, each a text")
    try:
        return EditProvenance(who, parse_time(when), why)
    except UsageError as error:
        raise DataError(f"“when”: {error}") from error


def parse_patches(values: Any) -> tuple[FieldPatch, ...]:
    """Return the patches of a list: the members of each are those of FieldPatch.

    Raises DataError where they do not fit.
    """
    if not isinstance(values, list) or not values:
        raise DataError("an edit needs “patches”, a list of at least one")
    return tuple(_parse_patch(value) for value in values)


def _parse_patch(members: Any) -> FieldPatch:
    try:
        values = {name: _parse_value(members, name) for name in ("old", "new") if name in members}
        return FieldPatch(**{**members, **values, "action": PatchAction(members["action"])})
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{json.dumps(members, ensure_ascii=False)} is not a patch: {error!r}") from error


def _parse_value(members: dict[str, Any], name: str) -> MarcField | str:
    value = members[name]
    if members.get("code") and not (name == "old" and members["action"] == PatchAction.ADD):
        if not isinstance(value, str):
            raise TypeError(f"“{name}” is not a text")
        return value
    if isinstance(value, str):
        return MarcField(members["tag"], data=value)
    return MarcField(members["tag"], value["indicators"], [(code, text) for code, text in value["subfields"]])


def _patch_members(patch: FieldPatch) -> dict[str, Any]:
    members: dict[str, Any] = {"action": patch.action, "tag": patch.tag, "occurrence": patch.occurrence}
    if patch.code:
        members |= {"code": patch.code, "code_occurrence": patch.code_occurrence}
    values = {"old": patch.old, "new": patch.new}
    return members | {name: _value_json(value) for name, value in values.items() if value is not None}


def _value_json(value: MarcField | str) -> Any:
    if isinstance(value, str):
        return value
    return {"indicators": value.indicators, "subfields": value.subfields} if value.subfields else value.data


def _serialize(members: dict[str, Any]) -> bytes:
    return json.dumps(members, ensure_ascii=False).encode()
