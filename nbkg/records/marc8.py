"""MARC-8: text with character sets that escape sequences designate
(https://www.loc.gov/marc/specifications/speccharmarc8.html).

The tables are those of pymarc. What its decoder leaves out is here: numeric references, joiners and non-sorting
marks, sets that are designated into the other half of the code table, and marks at the end of a text. The two halves
of a ligature become one double mark, as the revision of 2004 prefers
(https://www.loc.gov/marc/specifications/codetables/ExtendedLatin.html).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pymarc.marc8_mapping import CODESETS, ODD_MAP

_LATIN, _ANSEL, _EAST_ASIAN = 0x42, 0x45, 0x31
_ESCAPE = re.compile(rb"\x1b(?:(?P<locking>[bgps])|(?P<half>\$?[(,)-]|\$)(?P<set>!?[A-Za-z0-9]))")
_PLAIN = re.compile(rb"[ -~]+")
"""What most of a text is; reading it at once makes reading twice as fast."""
_LOCKING = {b"b": 0x62, b"g": 0x67, b"p": 0x70, b"s": _LATIN}
_FUNCTIONS = {0x88: 0x98, 0x89: 0x9C, 0x8D: 0x200D, 0x8E: 0x200C}
"""Begin and end of what does not sort, and the joiners (code table 45, control functions)."""
_DOUBLE_MARKS = {0xFE20: (0xFE21, "\u0361"), 0xFE22: (0xFE23, "\u0360")}
"""The left half of a ligature and of a double tilde: the right half, and the double mark for both."""
_REFERENCE = re.compile(r"&#x([0-9A-Fa-f]{4,6});")
_TABLES: Mapping[int, Mapping[int, tuple[int, int]]] = {
    name: {code & 0x7F: char for code, char in table.items() if code >= 0xA0 or code & 0x7F >= 0x21}
    for name, table in CODESETS.items()
    if name != _EAST_ASIAN
}
"""Each set by seven-bit codes, so that it may stand in either half."""


class Marc8Error(ValueError):
    """Bytes are not MARC-8: a byte without a meaning, or a mark without a letter."""


def decode_marc8(text: bytes) -> tuple[str, list[str]]:
    """Return the characters of a subfield or control field, and what was odd about it.

    Marks stand after their letters, in the order of MARC-8; nothing is composed. Numeric references (`&#x2014;`) are
    the characters that they name. Raises Marc8Error.
    """
    reading = _Reading(text)
    reading.read()
    return _REFERENCE.sub(_referred, "".join(reading.characters)), reading.odd


def _referred(reference: re.Match[str]) -> str:
    point = int(reference.group(1), 16)
    return chr(point) if point < 0xD800 or 0xDFFF < point < 0x110000 else reference.group()


class _Reading:
    """The state of decoding one text."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._sets = [_LATIN, _ANSEL]
        self._marks: list[int] = []
        self._half = 0
        """The left half of a double mark whose right half has to come with the next letter."""
        self._half_at = 0
        self.characters: list[str] = []
        self.odd: list[str] = []

    def read(self) -> None:
        at = 0
        while at < len(self._text):
            at = self._read_one(at)
        if self._marks:
            raise Marc8Error(f"the mark 0x{self._text[-1]:02X} at the end stands before no letter")

    def _read_one(self, at: int) -> int:
        if not self._marks and self._sets[0] == _LATIN and (plain := _PLAIN.match(self._text, at)):
            self.characters.append(plain.group().decode("ascii"))
            return plain.end()
        byte = self._text[at]
        if byte == 0x1B:
            return self._designate(at)
        if byte <= 0x20 or byte == 0x7F:
            self._add(byte)
            return at + 1
        if byte in _FUNCTIONS:
            self._add(_FUNCTIONS[byte])
            return at + 1
        if self._sets[byte >> 7] == _EAST_ASIAN:
            return self._read_east_asian(at)
        char, is_mark = self._look_up(byte)
        if is_mark:
            self._marks.append(char)
        else:
            self._add(char)
        return at + 1

    def _look_up(self, byte: int) -> tuple[int, int]:
        known = _TABLES[self._sets[byte >> 7]].get(byte & 0x7F) if byte < 0x80 or byte > 0xA0 else None
        if known is None:
            raise Marc8Error(f"the byte 0x{byte:02X} has no meaning in MARC-8")
        return known

    def _read_east_asian(self, at: int) -> int:
        code = bytes(byte & 0x7F for byte in self._text[at : at + 3])
        if len(code) < 3 or min(code) < 0x20:
            raise Marc8Error(f"an East Asian character of three bytes is cut after {code!r}")
        number = int.from_bytes(code, "big")
        char = CODESETS[_EAST_ASIAN].get(number, (ODD_MAP.get(number, 0),))[0]
        if not char:
            self.odd.append(f"the East Asian character 0x{number:06X} is in no table")
        self._add(char or 0xFFFD)
        return at + 3

    def _designate(self, at: int) -> int:
        """Follow an escape sequence; one that is not known is left out."""
        sequence = _ESCAPE.match(self._text, at)
        if sequence is None:
            self.odd.append(f"an escape sequence is not known: {self._text[at : at + 3]!r}")
            return at + 1
        if locking := sequence["locking"]:
            self._sets[0] = _LOCKING[locking]
            return sequence.end()
        name = sequence["set"][-1]
        if name not in CODESETS:
            self.odd.append(f"an escape sequence names no character set: {sequence.group()!r}")
        else:
            self._sets[sequence["half"][-1:] in (b")", b"-")] = name
        return sequence.end()

    def _add(self, char: int) -> None:
        """Add a letter and the marks that stood before it."""
        marks = [self._joined(mark) for mark in self._marks]
        self._marks.clear()
        self.characters.append(chr(char) + "".join(marks))
        if self._half and self._half_at < len(self.characters) - 1:
            self._half = 0

    def _joined(self, mark: int) -> str:
        """Return a mark; of a double mark, all of it with the first letter and nothing with the second."""
        if mark in _DOUBLE_MARKS:
            self._half, self._half_at = mark, len(self.characters) + 1
        elif self._half and mark == _DOUBLE_MARKS[self._half][0] and self._half_at == len(self.characters):
            first = self.characters[-1]
            self.characters[-1] = first.replace(chr(self._half), _DOUBLE_MARKS[self._half][1])
            self._half = 0
            return ""
        return chr(mark)
