"""MARC-in-JSON: one record (https://github.com/marc4j/marc4j/wiki/MARC-in-JSON-Description)."""

from __future__ import annotations

import json
import re
from typing import Any

from nbkg.errors import MarcRecordError, UnwritableError
from nbkg.records.bare_json import is_bare_record, make_bare_record
from nbkg.records.field_oddities import iter_field_oddities
from nbkg.records.record import MarcField, MarcRecord, Oddity, iter_structure_oddities

_SURROGATE = re.compile("[\ud800-\udfff]")
DECODER = json.JSONDecoder(object_pairs_hook=tuple, strict=False)
"""Reads objects as tuples of pairs: a code that is repeated in one object loses nothing, and the order
stays. Control characters in texts are read, and reported."""


def read_record(raw: bytes) -> MarcRecord:
    """Return the record of one JSON object in UTF-8. Raises MarcRecordError."""
    try:
        value = DECODER.decode(raw.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise MarcRecordError(f"it is not JSON: {error}") from error
    return make_record(value)


def make_record(value: Any) -> MarcRecord:
    """Return the record of a value that DECODER has read, also one of BARE. Raises MarcRecordError."""
    members = dict(value) if isinstance(value, tuple) else {}
    if is_bare_record(members):
        return make_bare_record(members)
    leader, elements = members.get("leader"), members.get("fields")
    if not isinstance(leader, str) or not isinstance(elements, list):
        raise MarcRecordError("it is not MARC-in-JSON: an object with “leader” and an array “fields”")
    oddities: list[Oddity] = []
    fields = [
        _make_field(tag, content, oddities) for element in elements for tag, content in _pairs(element, "a field")
    ]
    if not fields:
        raise MarcRecordError("the record has no fields")
    _check_characters(leader, fields)
    if len(leader) != 24:
        oddities.append(Oddity("leader", "LDR", None, f"the leader has {len(leader)} characters: {leader!r}"))
    for field in fields:
        oddities.extend(iter_field_oddities(field, None))
    oddities.extend(iter_structure_oddities(fields))
    return MarcRecord(leader, fields, oddities)


def _check_characters(leader: str, fields: list[MarcField]) -> None:
    """Refuse half of a surrogate pair, which JSON can write and UTF-8 cannot."""
    for field in (MarcField("LDR", data=leader), *fields):
        for text in (field.tag, field.indicators, field.data, *(part for pair in field.subfields for part in pair)):
            if not text.isascii() and _SURROGATE.search(text):
                raise MarcRecordError(f"field {field.tag} has half a character (a lone surrogate): {text[:40]!a}")


def _pairs(value: Any, what: str) -> tuple[tuple[str, Any], ...]:
    if not isinstance(value, tuple):
        raise MarcRecordError(f"{what} is not an object: {value!r:.60}")
    return value


def _make_field(tag: str, content: Any, oddities: list[Oddity]) -> MarcField:
    if isinstance(content, str):
        return MarcField(tag, data=content)
    members = dict(_pairs(content, f"field {tag}"))
    first, second = (members.get(name, "") for name in ("ind1", "ind2"))
    subfields = members.get("subfields")
    if not isinstance(subfields, list) or not isinstance(first, str) or not isinstance(second, str):
        raise MarcRecordError(f"field {tag} has no array “subfields”, or an indicator is not a text")
    if not first or not second:
        oddities.append(Oddity("indicator", tag, None, "an indicator is missing or empty, and is read as a blank"))
    pairs = [pair for subfield in subfields for pair in _pairs(subfield, f"a subfield of {tag}")]
    if not all(isinstance(text, str) for _code, text in pairs):
        raise MarcRecordError(f"field {tag} has a subfield that is not a text")
    return MarcField(tag, (first or " ") + (second or " "), pairs)


def write_record(record: MarcRecord) -> bytes:
    """Return one line of JSON in UTF-8, without a line break. Raises UnwritableError for a data field without
    subfields."""
    members = {"leader": record.leader, "fields": [{field.tag: _content(field)} for field in record.fields]}
    return json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode()


def _content(field: MarcField) -> str | dict[str, Any]:
    if not field.indicators and not field.subfields:
        return field.data
    if field.data:
        raise UnwritableError(
            f"field {field.tag}: MARC-in-JSON has no place for text outside subfields: {field.data[:40]!r}"
        )
    if len(field.indicators) != 2:
        raise UnwritableError(f"field {field.tag}: MARC-in-JSON has two indicators and not {field.indicators!r}")
    subfields = [{code: value} for code, value in field.subfields]
    return {"ind1": field.indicators[0], "ind2": field.indicators[1], "subfields": subfields}
