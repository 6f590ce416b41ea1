"""Normal forms of headings, by which two that differ in punctuation, case or spaces only are one within a source."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from loader.marc.values.remembered import remember

_LIGATURE: Final = re.compile("[\u0361\ufe20\ufe21]")
"""Half marks of a ligature, and the double mark that replaced them."""
_REMEMBERED: Final = 1 << 10
"""Keys that are remembered: a record names the same a few times, and sixteen times as many are slower by 3 %."""
_KEYS: Final[dict[str, str]] = {}


class _Signs(dict[int, int]):
    """What each character is in a key: itself, or a space; found once for each, which takes a third of the time."""

    def __missing__(self, code: int) -> int:
        sign = chr(code)
        self[code] = code if sign == "," or unicodedata.category(sign)[0] in "LNM" else 0x20
        return self[code]


_SIGNS: Final = _Signs()
_ASCII: Final = bytes(_SIGNS[byte] for byte in bytes(range(128)).lower()) + bytes(128)
"""The same for ASCII in lower case: a text of 57 characters takes 0.1 µs instead of 2.7 µs."""
_EMPTY: Final = hashlib.blake2b(digest_size=10)


def heading_key(text: str) -> str:
    """Return the normal form of a heading: NFKC, case folded, one space for what is no letter, digit or comma.

    The comma stays, because `Vik, Tor` and `Tor Vik` may be two.
    """
    key = _KEYS.get(text)
    return remember(_KEYS, text, _heading_key(text), _REMEMBERED) if key is None else key


def _heading_key(text: str) -> str:
    if text.isascii():
        signs = text.encode().translate(_ASCII).decode()
    else:
        signs = unicodedata.normalize("NFKC", _LIGATURE.sub("", text)).casefold().translate(_SIGNS)
    key = " ".join(signs.split())
    return _without_spaces_at_commas(key) if "," in key else key


def _without_spaces_at_commas(key: str) -> str:
    key = key.replace(" ,", ",").replace(", ", ",").strip(",")
    while ",," in key:
        key = key.replace(",,", ",")
    return key


def hashed(*parts: str) -> str:
    """Return twenty hexadecimal digits that stand for a key of several parts in an IRI."""
    state = _EMPTY.copy()  # to copy it takes two thirds of the time of making one
    state.update("\x1f".join(parts).encode())
    return state.digest().hex()  # a seventh faster than `hexdigest`
