"""Normal forms of headings, by which two that differ in punctuation, case or spaces only are one within a source."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

_LIGATURE = re.compile("[\u0361\ufe20\ufe21]")
"""Half marks of a ligature, and the double mark that replaced them."""
_REMEMBERED = 1 << 10
"""Keys that are remembered: a record names the same a few times, and sixteen times as many are slower by 3 %."""


class _Signs(dict[int, int]):
    """What each character is in a key: itself, or a space; found once for each, which takes a third of the time."""

    def __missing__(self, code: int) -> int:
        sign = chr(code)
        self[code] = code if sign == "," or unicodedata.category(sign)[0] in "LNM" else 0x20
        return self[code]


_SIGNS = _Signs()
_ASCII = bytes(_SIGNS[byte] for byte in bytes(range(128)).lower()) + bytes(128)
"""The same for ASCII in lower case: a text of 57 characters takes 0.1 µs instead of 2.7 µs."""


@lru_cache(_REMEMBERED)
def heading_key(text: str) -> str:
    """Return the normal form of a heading: NFKC, case folded, one space for what is no letter, digit or comma.

    The comma stays, because `Vik, Tor` and `Tor Vik` may be two.
    """
    if text.isascii():
        signs = text.encode().translate(_ASCII).decode()
    else:
        signs = unicodedata.normalize("NFKC", _LIGATURE.sub("", text)).casefold().translate(_SIGNS)
    key = " ".join(signs.split())
    return ",".join(filter(None, map(str.strip, key.split(",")))) if "," in key else key


@lru_cache(_REMEMBERED)
def hashed(*parts: str) -> str:
    """Return twenty hexadecimal digits that stand for a key of several parts in an IRI."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=10).hexdigest()
