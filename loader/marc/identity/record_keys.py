"""The key of a record within its source: by its control number, else another number, else its content."""

from __future__ import annotations

import re
from typing import Final

from loader.marc.values.heading_keys import hashed
from loader.marc.values.literals import path_segment
from nbkg.records.record import MarcField, MarcRecord

_CODED: Final = re.compile(r"^\([^()]+\)\s*\S")


def record_key(record: MarcRecord) -> str:
    """Return the key as a segment of a path. Blanks around and within a control number do not make another key.

    A record without 001 is known by the first of its numbers in 035 that has a code, in the order of their texts; one
    without these by its fields, in whatever order they are, so that two such records never are one.
    """
    number = " ".join(record.control_number.split())
    if number:
        return path_segment(number)
    others = [value.strip() for field in record.fields_with("035") for value in field.values("a")]
    coded = sorted(other for other in others if _CODED.match(other))
    if coded:
        return path_segment(f"035-{coded[0]}")
    content = sorted(f"{field.tag}{field.indicators}{_text(field)}" for field in record.fields)
    return f"content-{hashed(*content)}"


def _text(field: MarcField) -> str:
    return field.data or "\x1f".join(code + value for code, value in field.subfields)
