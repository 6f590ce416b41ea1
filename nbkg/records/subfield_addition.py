"""Adding subfields to fields of a record; all other bytes stay as they were delivered, in every form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from nbkg.errors import MarcRecordError, UnwritableError
from nbkg.records.codecs import read_record
from nbkg.records.form import Form
from nbkg.records.iso2709 import DELIMITER, FIELD_END, LEADER
from nbkg.records.iso2709_writing import MAX_FIELD, MAX_RECORD
from nbkg.records.json_insertion import find_array_ends, json_subfield
from nbkg.records.record import MarcField, MarcRecord

_ENTRY: Final = 12
_FIELD: Final = re.compile(rb"<((?:[\w.-]+:)?)(data|control)field\b[^>]*?(?:/>|>(.*?)</\1\2field\s*>)", re.DOTALL)
_LAST_SUBFIELD: Final = re.compile(rb"(\s*)<((?:[\w.-]+:)?subfield)\b[^>]*>[^<]*</\2\s*>(?=\s*\Z)")

Subfields = Sequence[tuple[str, str]]


class _Insertion(NamedTuple):
    position: int
    text: bytes


def add_subfields(form: Form, raw: bytes, record: MarcRecord, additions: Mapping[int, Subfields]) -> bytes:
    """Return the bytes of a record with subfields at the end of some of its fields, by the numbers of these.

    Only the lengths and positions of ISO 2709 change besides. The result is read again: raises UnwritableError where
    it is not the record with these subfields, since the form cannot hold them or the record is not in order.
    """
    if any(not record.fields[number].subfields for number in additions):
        raise UnwritableError("a field has no subfields, so that none can be added")
    longer = _ADDERS[form](raw, record, additions)
    if not _has_fields(form, longer, [_longer(field, additions.get(i, ())) for i, field in enumerate(record.fields)]):
        raise UnwritableError("the subfields cannot be added without changing other bytes of the record")
    return longer


def _longer(field: MarcField, more: Subfields) -> MarcField:
    return field._replace(subfields=[*field.subfields, *more]) if more else field


def _has_fields(form: Form, raw: bytes, fields: list[MarcField]) -> bool:
    try:
        written = read_record(form, raw).fields
    except MarcRecordError:
        return False
    return [_plain(field) for field in written] == [_plain(field) for field in fields]


def _plain(field: MarcField) -> tuple[object, ...]:
    return (field.tag, field.indicators, [*map(tuple, field.subfields)], field.data)


def _inserted(raw: bytes, insertions: Sequence[_Insertion]) -> bytes:
    """Return bytes with others at some of their positions."""
    parts, at = list[bytes](), 0
    for position, text in sorted(insertions):
        parts += (raw[at:position], text)
        at = position
    return b"".join((*parts, raw[at:]))


def _add_iso2709(raw: bytes, record: MarcRecord, additions: Mapping[int, Subfields]) -> bytes:
    base = raw.find(FIELD_END, LEADER) + 1
    entries = _read_entries(raw, base)
    if len(entries) != len(record.fields):
        raise UnwritableError("its directory does not list its fields")
    texts = {number: _iso2709_text(more) for number, more in additions.items()}
    insertions = [_Insertion(base + _end(entries[number]), text) for number, text in texts.items()]
    lengthened = [(tag, length + len(texts.get(n, b"")), start) for n, (tag, length, start) in enumerate(entries)]
    moved = [(entries[number][2], len(text)) for number, text in texts.items()]
    entries = [(tag, length, start + _shift(start, moved)) for tag, length, start in lengthened]
    total = len(raw) + sum(map(len, texts.values()))
    if total > MAX_RECORD or any(length > MAX_FIELD for _, length, _ in entries):
        raise UnwritableError("ISO 2709 holds no longer record or field")
    directory = b"".join(b"%b%04d%05d" % entry for entry in entries)
    longer = _inserted(raw, insertions)
    return b"".join((b"%05d" % total, longer[5:LEADER], directory, longer[base - 1 :]))


def _read_entries(raw: bytes, base: int) -> list[tuple[bytes, int, int]]:
    """Return tag, length and start of each field. Raises UnwritableError where the directory is not in order."""
    entries = []
    for at in range(LEADER, base - 1, _ENTRY):
        tag, length, start = raw[at : at + 3], raw[at + 3 : at + 7], raw[at + 7 : at + _ENTRY]
        if not (length.isdigit() and start.isdigit() and len(start) == 5):
            raise UnwritableError("its directory is not in order")
        entries.append((tag, int(length), int(start)))
    return entries


def _end(entry: tuple[bytes, int, int]) -> int:
    """Return where the terminator of a field stands."""
    return entry[1] + entry[2] - 1


def _shift(start: int, moved: Sequence[tuple[int, int]]) -> int:
    return sum(more for before, more in moved if before < start)


def _iso2709_text(subfields: Subfields) -> bytes:
    return b"".join(DELIMITER + f"{code}{value}".encode() for code, value in subfields)


def _add_marcxml(raw: bytes, record: MarcRecord, additions: Mapping[int, Subfields]) -> bytes:
    fields = list(_FIELD.finditer(raw))
    if len(fields) != len(record.fields):
        raise UnwritableError("its fields cannot be told apart in the document")
    return _inserted(raw, [_xml_insertion(fields[number], more) for number, more in additions.items()])


def _xml_insertion(field: re.Match[bytes], subfields: Subfields) -> _Insertion:
    last = _LAST_SUBFIELD.search(field[3] or b"")
    if last is None:
        raise UnwritableError("a field has no subfields")
    blanks, name = last[1].decode(), last[2].decode()
    texts = (f"{blanks}<{name} code={quoteattr(code)}>{escape(value)}</{name}>" for code, value in subfields)
    return _Insertion(field.start(3) + last.end(), "".join(texts).encode())


def _add_json(raw: bytes, record: MarcRecord, additions: Mapping[int, Subfields]) -> bytes:
    ends = find_array_ends(raw)
    data_fields = [number for number, field in enumerate(record.fields) if field.indicators]
    if len(ends) != len(data_fields):
        raise UnwritableError("its fields cannot be told apart in the document")
    end_of = dict(zip(data_fields, ends, strict=True))
    texts = {number: b"".join(json_subfield(*one) for one in more) for number, more in additions.items()}
    return _inserted(raw, [_Insertion(end_of[number], text) for number, text in texts.items()])


_ADDERS: Mapping[Form, Callable[[bytes, MarcRecord, Mapping[int, Subfields]], bytes]] = {
    Form.ISO2709: _add_iso2709,
    Form.MARCXML: _add_marcxml,
    Form.MARC_JSON: _add_json,
}
