"""The character set of a record's text, decided for each record by its bytes, and text as it comes into a graph.

Leader/09 says `a` for UTF-8 and blank for MARC-8 (https://www.loc.gov/marc/specifications/specchargeneral.html), and
often says it wrongly. The bytes of a record are never changed.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from typing import Final

from nbkg.errors import MarcRecordError


class CharacterSet(Enum):
    """The character set of the text of a record."""

    UTF8 = "UTF-8"
    MARC8 = "MARC-8"


_CUT_SEQUENCE: Final = re.compile(
    rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})(?=[\x1e\x1f\x1d]|\Z)"
)
"""The beginning of a UTF-8 sequence at the end of a field or subfield, where a program cut it after so many bytes."""
_DESIGNATING: Final = re.compile(rb"\x1b|&#x[0-9A-Fa-f]{4,6};")
"""What makes ASCII text MARC-8: an escape sequence or a numeric reference."""
_CONTROLS: Final = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0))),
    **{byte: char for byte in range(0x80, 0xA0) if (char := bytes([byte]).decode("cp1252", "ignore"))},
    **dict.fromkeys((0x09, 0x0A, 0x0D), " "),
}
_NOT_SORTED: Final = re.compile(r"\x98([^\x98\x9c]*)\x9c|\x88([^\x88\x89]*)\x89")
"""Words that do not sort, between the marks of MARC 21 and of UNIMARC; alone, these are letters of Windows-1252."""
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def find_character_set(leader_09: str, text: bytes) -> CharacterSet:
    """Return the character set of the fields of a record.

    Text that is valid UTF-8 with characters beyond ASCII is UTF-8, whatever the leader says; so is text of a record
    that says UTF-8 or that holds other such characters, in which only sequences at the ends of subfields are cut.
    Raises MarcRecordError for other text of a record that says UTF-8: which set it is in cannot be known.
    """
    if text.isascii():
        return CharacterSet.MARC8 if leader_09 != "a" and _DESIGNATING.search(text) else CharacterSet.UTF8
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        complete = _CUT_SEQUENCE.sub(b"", text)
        if is_utf8(complete) and (leader_09 == "a" or not complete.isascii()):
            return CharacterSet.UTF8
        if leader_09 == "a":
            byte = text[error.start]
            raise MarcRecordError(
                f"leader/09 says UTF-8, and the byte 0x{byte:02X} at {error.start} of the fields is not"
            ) from error
        return CharacterSet.MARC8
    return CharacterSet.UTF8


def is_utf8(text: bytes) -> bool:
    """Return whether text is valid UTF-8; ASCII is."""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def graph_text(text: str) -> str:
    """Return a text as a literal of a graph: in NFC (https://www.w3.org/TR/rdf11-concepts/#section-Graph-Literal).

    A C1 control is the character that its byte has in Windows-1252, from where it came; other controls and the marks
    of what does not sort are left out, and tabs and line breaks are spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    if not text.isprintable() and _CONTROL.search(text):
        text = _NOT_SORTED.sub(r"\1\2", text).translate(_CONTROLS)
    return unicodedata.normalize("NFC", text)
