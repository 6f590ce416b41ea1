"""Fields whose content was shifted: their indicators hold the end of another field, and their own end is lost.

Records go about in which the bytes of single fields are rotated: the last digit of the number in $0 and a field
terminator stand where the indicators belong, the second indicator is the code of an empty subfield, and the number
has lost its end. Such a number is that of somebody else, or of nobody. The words in between are as they were.
"""

from __future__ import annotations

from typing import Final

from loader.marc.fields.projection import Projection
from nbkg.records.record import MarcField, MarcRecord

_SIGNS: Final = frozenset({"indicator", "subfield-code", "empty-subfield"})
"""What reading finds odd about such fields."""
_CODED: Final = frozenset("01245w")
"""Subfields with numbers and codes, which mean another thing when their end is lost."""
_INDICATORS: Final = frozenset(" 0123456789|")


def mend_shifted_fields(record: MarcRecord, into: Projection) -> list[MarcField]:
    """Return the fields of a record; those that were shifted without their indicators and what was cut off."""
    if not record.oddities or _SIGNS.isdisjoint([each.code for each in record.oddities]):
        return record.fields
    return [_mended(field, into) if _is_shifted(field) else field for field in record.fields]


def _is_shifted(field: MarcField) -> bool:
    if len(field.subfields) < 2:
        return False
    code, value = field.subfields[0]
    return (
        (not value and not code.isalpha()) or _has_control(field.indicators) or not all(map(_is_code, field.subfields))
    )


def _has_control(indicators: str) -> bool:
    return any(sign < " " for sign in indicators)


def _is_code(subfield: tuple[str, str]) -> bool:
    code = subfield[0]
    return len(code) == 1 and code.isascii() and code.isprintable()


def _mended(field: MarcField, into: Projection) -> MarcField:
    """Return a field without the indicators that it cannot have, and without a number or code whose end was cut off."""
    code, value = field.subfields[-1]
    subfields = field.subfields
    if code in _CODED:
        into.omit(field.tag, code, "cut-off", value)
        subfields = subfields[:-1]
    mended = MarcField(field.tag, "  ", subfields, field.data)
    into.mended[id(mended)] = id(field)
    return mended
