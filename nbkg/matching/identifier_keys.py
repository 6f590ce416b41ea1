"""The keys by which identifiers are looked up, whatever form they are written in."""

from __future__ import annotations

import re

from nbkg.identifiers.clean_text import clean_text
from nbkg.identifiers.identifier_reading import read_identifiers

_LONGEST = 400
_DIGIT = re.compile(r"\d")
_TWO_WORDS = re.compile(r"\W*[^\W\d_]+[,.\s]+[^\W\d_]{2,}")
"""What begins so is a name: an identifier has one word before its number at most."""


def stored_keys(text: str) -> set[str]:
    """Return the keys under which an identifier of an entity is kept: as it is written, and in each reading of it."""
    return {_written(text), *(reading.key for reading in read_identifiers(text))} - {""}


def sought_keys(text: str) -> tuple[str, ...]:
    """Return the keys to look for, the likeliest first; nothing for what has no digit and is no IRI."""
    if not _may_identify(text):
        return ()
    return tuple(dict.fromkeys((_written(text), *(reading.key for reading in read_identifiers(text)))))


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
    """Return a text as it is looked up when no register is known: `= ` and its characters without blanks."""
    compact = "".join(text.split()).strip("<>.,;").lower()
    return f"={compact}" if compact else ""
