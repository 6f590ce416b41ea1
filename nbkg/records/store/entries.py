"""Entries: one version of one record each, as it stands in a block.

An entry is a head of 13 bytes (flags, the record's number in the store, the lengths of names and body; little-endian),
names and a body. The names are the control number, its agency, the OAI identifier and the system control numbers,
separated by U+001F. The body is a record, or the number of the entry that has the same bytes, or empty for a deletion.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import NamedTuple

from nbkg.records.form import Form
from nbkg.records.store.packing import pack, unpack

_HEAD = struct.Struct("<BIII")
_NUMBER = struct.Struct("<Q")
_FORMS = (Form.ISO2709, Form.MARCXML, Form.MARC_JSON)
"""The position of a form is its number in the flags of an entry."""
_SEPARATOR = "\x1f"


class EntryKind(IntEnum):
    """What the body of an entry is."""

    CONTENT = 0
    """A record that the source has not delivered before."""
    REFERENCE = 1
    """The number of the entry in which the source delivered the same bytes before."""
    DELETION = 2
    """Nothing: the record was deleted without its bytes."""


class RecordNames(NamedTuple):
    """What a source calls a record. Each may be missing, and all of them where the record has bytes."""

    control_number: str = ""
    """001, without blanks around it."""
    agency: str = ""
    """003, or what the source means by a missing one."""
    oai: str = ""
    """The identifier in the header of an OAI-PMH answer."""
    system_numbers: tuple[str, ...] = ()
    """035 $a."""


class Entry(NamedTuple):
    """One version of a record."""

    kind: EntryKind
    record: int
    names: RecordNames
    form: Form = Form.ISO2709
    raw: bytes = b""
    """The bytes of the record, where the kind is CONTENT."""
    content: int = 0
    """The entry with the bytes of the record, where the kind is REFERENCE."""
    is_deleted: bool = False


def serialize_entry(entry: Entry) -> bytes:
    """Return the bytes of an entry."""
    packed = pack(entry.raw) if entry.kind is EntryKind.CONTENT and entry.form is Form.ISO2709 else None
    body = _NUMBER.pack(entry.content) if entry.kind is EntryKind.REFERENCE else packed or entry.raw
    flags = entry.kind | _FORMS.index(entry.form) << 2 | (packed is not None) << 4 | entry.is_deleted << 5
    parts = [part.replace(_SEPARATOR, "") for part in (*entry.names[:3], *entry.names.system_numbers)]
    names = _SEPARATOR.join(parts).rstrip(_SEPARATOR).encode()
    return _HEAD.pack(flags, entry.record, len(names), len(body)) + names + body


def read_entry(content: bytes, offset: int) -> Entry:
    """Return the entry that begins at an offset in the content of a block."""
    flags, record, names_length, length = _HEAD.unpack_from(content, offset)
    start = offset + _HEAD.size + names_length
    kind, body = EntryKind(flags & 3), content[start : start + length]
    parts = content[start - names_length : start].decode().split(_SEPARATOR)
    control_number, agency, oai = (*parts, "", "")[:3]
    names = RecordNames(control_number, agency, oai, tuple(parts[3:]))
    form, is_deleted = _FORMS[flags >> 2 & 3], bool(flags >> 5 & 1)
    if kind is EntryKind.REFERENCE:
        return Entry(kind, record, names, form, b"", _NUMBER.unpack(body)[0], is_deleted)
    return Entry(kind, record, names, form, unpack(body) if flags >> 4 & 1 else body, 0, is_deleted)


def entry_offsets(content: bytes) -> list[int]:
    """Return where each entry begins in the content of a block."""
    offsets, offset = [], 0
    while offset < len(content):
        offsets.append(offset)
        _flags, _record, names_length, length = _HEAD.unpack_from(content, offset)
        offset += _HEAD.size + names_length + length
    return offsets
