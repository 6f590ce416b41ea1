"""What is odd about single fields, in whatever form they were delivered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nbkg.records.record import BLANK_SIGNS, MarcField, Oddity

_TAG: Final = re.compile(r"[0-9A-Za-z]{3}")
_CODE: Final = re.compile(r"[0-9a-z]")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x97\x99-\x9b\x9d-\x9f\ufffd]")
"""Control characters that MARC 21 does not allow in data, and the sign for a character that could not be read
(https://www.loc.gov/marc/specifications/specchargeneral.html#controlfunctions)."""
USUAL_INDICATORS: Final = frozenset(first + second for first in " 0123456789|" for second in " 0123456789|")


def is_control_tag(tag: str) -> bool:
    """Return whether fields of a tag are control fields, which have data and no subfields."""
    return tag.startswith("00") and len(tag) == 3


def iter_field_oddities(field: MarcField, offset: int | None) -> Iterator[Oddity]:
    """Yield what is odd about a field that begins at an offset."""
    tag = field.tag
    if not _TAG.fullmatch(tag):
        yield Oddity("tag", tag, offset, f"the tag {tag!r} is not three letters or digits")
    if is_control_tag(tag):
        if field.subfields:
            yield Oddity("subfield-in-control-field", tag, offset, "a control field has subfields")
    else:
        yield from _iter_data_oddities(field, offset)
    for text in (field.data, *(value for _code, value in field.subfields)):
        if control := _CONTROL.search(text):
            kind = "unreadable-character" if control.group() == "\ufffd" else "control-character"
            yield Oddity(kind, tag, offset, f"U+{ord(control.group()):04X} in {text[:40]!r}")


def _iter_data_oddities(field: MarcField, offset: int | None) -> Iterator[Oddity]:
    tag, indicators = field.tag, field.indicators
    if not field.subfields:
        yield Oddity("no-subfield", tag, offset, "a data field has no subfield")
    if indicators not in USUAL_INDICATORS and (field.subfields or indicators):
        is_sign = len(indicators) == 2 and all(sign in BLANK_SIGNS or sign in " 0123456789|" for sign in indicators)
        code = "blank-sign" if is_sign else "indicator"
        yield Oddity(code, tag, offset, f"the indicators are {indicators!r}")
    for code, value in field.subfields:
        if not _CODE.fullmatch(code):
            yield Oddity(
                "subfield-code", tag, offset, f"the subfield code {code!r} is not a lower-case letter or digit"
            )
        elif not value:
            yield Oddity("empty-subfield", tag, offset, f"the subfield ${code} is empty")
