"""Writing one record as ISO 2709 in UTF-8 (https://www.loc.gov/marc/specifications/specrecstruc.html)."""

from __future__ import annotations

import re

from nbkg.errors import UnwritableError
from nbkg.records.iso2709 import DELIMITER, FIELD_END, LEADER, RECORD_END
from nbkg.records.record import MarcField, MarcRecord

MAX_RECORD = 99_999
MAX_FIELD = 9_999
_TAG = re.compile(r"[0-9A-Za-z]{3}")
_INDICATORS = re.compile(r"[\x20-\x7e]{2}")
_CODE = re.compile(r"[\x21-\x7e]")
_STRUCTURE = re.compile(r"[\x1d-\x1f]")
_INSTEAD = "write it as MARCXML"


def write_record(record: MarcRecord) -> bytes:
    """Return a record in UTF-8: lengths, positions and leader/09 are new, the rest of the leader stays.

    Raises UnwritableError, which names the field, for what ISO 2709 cannot hold: more than 99,999 bytes, a field of
    more than 9,999 bytes, tags that are not three characters, indicators and codes that are not one ASCII character,
    and terminators in data.
    """
    leader = _checked_leader(record.leader)
    texts = [_write_field(field) for field in record.fields]
    directory, position = [], 0
    for field, text in zip(record.fields, texts, strict=True):
        directory.append(f"{field.tag}{len(text):04d}{position:05d}")
        position += len(text)
    base = LEADER + 12 * len(directory) + 1
    length = base + position + 1
    if length > MAX_RECORD:
        raise UnwritableError(f"ISO 2709 holds records up to {MAX_RECORD} bytes and this has {length}: {_INSTEAD}")
    head = f"{length:05d}{leader[5:9]}a22{base:05d}{leader[17:20]}4500{''.join(directory)}"
    return b"".join([head.encode("ascii"), FIELD_END, *texts, RECORD_END])


def _checked_leader(leader: str) -> str:
    if len(leader) != LEADER or not leader.isascii() or not leader.isprintable():
        raise UnwritableError(f"the leader of ISO 2709 has 24 ASCII characters, and this is {leader!r}: {_INSTEAD}")
    return leader


def _write_field(field: MarcField) -> bytes:
    """Return a field with its terminator."""
    if not _TAG.fullmatch(field.tag):
        raise UnwritableError(f"ISO 2709 has tags of three characters and not {field.tag!r}: {_INSTEAD}")
    parts = [field.indicators + field.data]
    if field.subfields and not _INDICATORS.fullmatch(field.indicators):
        raise UnwritableError(
            f"field {field.tag}: ISO 2709 has two ASCII indicators and not {field.indicators!r}: {_INSTEAD}"
        )
    for code, value in field.subfields:
        if not _CODE.fullmatch(code):
            raise UnwritableError(f"field {field.tag}: ISO 2709 has ASCII subfield codes and not {code!r}: {_INSTEAD}")
        parts.append(code + value)
    if any(_STRUCTURE.search(part) for part in parts):
        raise UnwritableError(f"field {field.tag}: a terminator of ISO 2709 (1D, 1E or 1F) is in its data")
    text = DELIMITER.join(part.encode() for part in parts) + FIELD_END
    if len(text) > MAX_FIELD:
        raise UnwritableError(
            f"field {field.tag}: ISO 2709 holds fields up to {MAX_FIELD} bytes and this has {len(text)}: {_INSTEAD}"
        )
    return text
