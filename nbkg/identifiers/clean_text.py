"""An identifier as text without what people, programs and typesetters add to it."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Characters without a glyph: soft hyphen, zero-width space, joiners, direction marks, byte order mark."""
_DASHES = re.compile("[\u02d7\u058a\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\u30fb\ufe58\ufe63\uff0d]")
_AROUND = "<>\"'“”«»‹›`,;."
_SCHEME = re.compile(r"^(?:https?:/*(?:www\.|m\.)*|www\.|(?=[a-z-]+(?:\.[a-z-]+)*\.[a-z]{2,}/))", re.IGNORECASE)
"""What an address begins with; one without `https://` has a host with letters only, and a path."""


def clean_text(text: str) -> str:
    """Return a text without invisible characters and quotation marks, with hyphens for dashes and single spaces.

    Digits and letters of other widths are the common ones (NFKC, https://www.unicode.org/reports/tr15/).
    """
    text = unicodedata.normalize("NFKC", _DASHES.sub("-", _INVISIBLE.sub("", text)))
    return " ".join(text.split()).strip(_AROUND).strip()


def host_and_path(text: str) -> str:
    """Return an address without its scheme, `www.` and percent escapes; an empty text for what is no address."""
    match = _SCHEME.match(text)
    return unquote(text[match.end() :]).replace(" ", "") if match else ""
