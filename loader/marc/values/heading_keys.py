"""Normal forms of headings, by which two that differ in punctuation, case or spaces only are one within a source."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

_LIGATURE = re.compile("[\u0361\ufe20\ufe21]")
"""Half marks of a ligature, and the double mark that replaced them."""
_BREAKS = re.compile(r"[^0-9a-z,]+")
_COMMAS = re.compile(r"\s*,[\s,]*")


@lru_cache(1 << 16)
def heading_key(text: str) -> str:
    """Return the normal form of a heading: NFKC, case folded, one space for what is no letter, digit or comma.

    The comma stays, because `Vik, Tor` and `Tor Vik` may be two.
    """
    if text.isascii():
        return _COMMAS.sub(",", _BREAKS.sub(" ", text.lower())).strip(" ,")
    text = unicodedata.normalize("NFKC", _LIGATURE.sub("", text)).casefold()
    words = "".join(sign if sign in "," or unicodedata.category(sign)[0] in "LNM" else " " for sign in text)
    return _COMMAS.sub(",", " ".join(words.split())).strip(" ,")


@lru_cache(1 << 16)
def hashed(*parts: str) -> str:
    """Return twenty hexadecimal digits that stand for a key of several parts in an IRI."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=10).hexdigest()
