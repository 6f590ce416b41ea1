"""Taking fields out of a record; all other bytes stay as they were delivered, wherever the form allows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set

from nbkg.errors import MarcRecordError
from nbkg.records.codecs import read_record, write_record
from nbkg.records.form import Form
from nbkg.records.iso2709 import FIELD_END, LEADER, RECORD_END
from nbkg.records.record import MarcRecord

_ENTRY_LENGTH = 12
_DATA_FIELD = re.compile(rb"<((?:[\w.-]+:)?(?:data|control)field)\b([^>]*)>.*?</\1\s*>\s*", re.DOTALL)
_TAG = re.compile(rb"""\btag\s*=\s*["']([^"']*)["']""")


def remove_fields(form: Form, raw: bytes, record: MarcRecord, tags: Set[str]) -> bytes:
    """Return the bytes of a record without the fields of some tags; the bytes themselves where it has none of them.

    The result is read again; where it is not the record without these fields, the record is written anew in UTF-8.
    Raises UnwritableError where the form cannot hold that.
    """
    remaining = [field for field in record.fields if field.tag not in tags]
    if len(remaining) == len(record.fields):
        return raw
    if cut := _CUTS.get(form):
        shorter = cut(raw, tags)
        if shorter and _has_fields(form, shorter, remaining):
            return shorter
    return write_record(form, MarcRecord(record.leader, remaining))


def _has_fields(form: Form, raw: bytes, fields: object) -> bool:
    try:
        return read_record(form, raw).fields == fields
    except MarcRecordError:
        return False


def _cut_iso2709(raw: bytes, tags: Set[str]) -> bytes:
    """Return a record of ISO 2709 with another directory, or nothing where the directory is not in order."""
    base = raw.find(FIELD_END, LEADER) + 1
    directory, parts, position = list[bytes](), list[bytes](), 0
    for at in range(LEADER, base - 1, _ENTRY_LENGTH):
        tag, length, start = raw[at : at + 3], raw[at + 3 : at + 7], raw[at + 7 : at + 12]
        if not (length.isdigit() and start.isdigit()):
            return b""
        if tag.decode("latin-1") not in tags:
            directory.append(b"%b%b%05d" % (tag, length, position))
            parts.append(raw[base + int(start) : base + int(start) + int(length)])
            position += int(length)
    new_base = LEADER + _ENTRY_LENGTH * len(directory) + 1
    head = b"%05d%b%05d%b" % (new_base + position + 1, raw[5:12], new_base, raw[17:LEADER])
    return b"".join([head, *directory, FIELD_END, *parts, RECORD_END])


def _cut_marcxml(raw: bytes, tags: Set[str]) -> bytes:
    def without(field: re.Match[bytes]) -> bytes:
        tag = _TAG.search(field[2])
        return b"" if tag and tag[1].decode("utf-8", "replace") in tags else field[0]

    return _DATA_FIELD.sub(without, raw)


_CUTS: Mapping[Form, Callable[[bytes, Set[str]], bytes]] = {Form.ISO2709: _cut_iso2709, Form.MARCXML: _cut_marcxml}
