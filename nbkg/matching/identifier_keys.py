"""The keys by which identifiers are looked up, whatever form they are written in.

An identifier is kept as it is written but for case, hyphens, blanks and the scheme of an address; that takes 2 µs, and
all readings of it (`nbkg.identifiers`) a hundred. A text that is sought is read instead, and sought in its other forms:
with the code of its register as keys of IRIs end (`noraf-90090033`), and as the IRI that the register gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nbkg.identifiers.clean_text import clean_text
from nbkg.identifiers.identifier_reading import read_identifiers
from nbkg.identifiers.scheme import IdentifierReading

_LONGEST = 400
_DIGIT = re.compile(r"\d")
_TWO_WORDS = re.compile(r"\W*[^\W\d_]+(?:[,\s]|\.\s)[,.\s]*[^\W\d_]{2,}")
"""What begins so is a name: an identifier has one word before its number at most."""
_AROUND = re.compile(r"^[<\s]*https?://(?:www\.)?|[\s-]+|[/>.,;\s]+$")
_KEY_OF_IRI = re.compile(r"[/#]([a-z]+-[^/#]*\d[^/#]*)$")
"""The end of an IRI that names a register: `noraf-90090033`."""


def stored_keys(text: str, *, is_own: bool = False) -> set[str]:
    """Return the keys under which an identifier of an entity is kept; `is_own` for the IRI of the entity itself."""
    keys = {_written(text)}
    if is_own and (match := _KEY_OF_IRI.search(text)):
        keys.add(_written(match[1]))
    return keys - {""}


def sought_keys(text: str) -> Iterator[str]:
    """Yield the keys to look for, the likeliest first; none for what has no digit and is no IRI."""
    if _may_identify(text):
        written = _written(text)
        is_address = "://" in text
        if is_address:
            yield written
        for reading in read_identifiers(text):
            yield from _forms(reading)
        if written and not is_address:
            yield written


def _forms(reading: IdentifierReading) -> Iterator[str]:
    yield _written(reading.key)
    if reading.iri:
        yield _written(reading.iri)
    if _is_evident(reading):
        yield _written(reading.number)
        yield from _shorter_isbn(reading)


def _is_evident(reading: IdentifierReading) -> bool:
    """Return whether a number alone shows its register, so that it means the same wherever it stands by itself."""
    return any(one.is_certain and one.scheme == reading.scheme for one in read_identifiers(reading.number))


def _shorter_isbn(reading: IdentifierReading) -> Iterator[str]:
    """Yield the ISBN of ten characters, where there is one (ISO 2108)."""
    number = reading.number
    if reading.scheme == "isbn" and number.startswith("978"):
        total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), number[3:12], strict=True))
        yield f"{number[3:12]}{'0123456789x'[-total % 11]}"


def is_identifier(text: str) -> bool:
    """Return whether a text can only be an identifier or a wrong one, and no name: digits, an address or a code."""
    if not _may_identify(text):
        return False
    cleaned = clean_text(text)
    letters, digits = sum(map(str.isalpha, cleaned)), sum(map(str.isdigit, cleaned))
    return (digits > 4 and letters <= 1) or "://" in cleaned or any(one.is_certain for one in read_identifiers(text))


def _may_identify(text: str) -> bool:
    return len(text) <= _LONGEST and (":" in text or bool(_DIGIT.search(text))) and not _TWO_WORDS.match(text)


def _written(text: str) -> str:
    """Return a text as it is looked up: without the scheme of an address, hyphens and blanks, in small letters."""
    return _AROUND.sub("", text).lower()
