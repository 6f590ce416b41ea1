"""What to do about a document that does not parse, where what the parser says does not tell it."""

from __future__ import annotations

import pyoxigraph as ox

WITHOUT_BASE = (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS)
"""The formats in which every IRI is written in full."""
RELATIVE = "No scheme found in an absolute IRI"
"""What the parser says of a relative IRI without a base."""
_COMPRESSED = "the content is compressed by {}, which neither its name nor its header says"
_PAGE = "the content is a page in HTML; perhaps it came in place of the data when they were fetched"
_BY_BEGINNING = {
    b"\x1f\x8b": _COMPRESSED.format("gzip"),
    b"\x28\xb5\x2f\xfd": _COMPRESSED.format("zstd"),
    b"bzh": _COMPRESSED.format("bzip2"),
    b"\xfd7zxz\0": _COMPRESSED.format("xz"),
    b"pk\3\4": _COMPRESSED.format("zip"),
    b"<!doctype html": _PAGE,
    b"<html": _PAGE,
}
"""What content is that begins so, in lower case."""
_BY_MESSAGE = {
    "LoadDocumentCallback": "contexts are not fetched from elsewhere: write what the context holds into the document",
    "Invalid UTF-8": "the text is not in UTF-8: save it in UTF-8",
    "using UTF-8": "the text is not in UTF-8: save it in UTF-8, or name its encoding in the XML declaration",
}


def find_advice(message: str, head: bytes, syntax: ox.RdfFormat | None) -> str:
    """Return what to do about a document that begins with `head`; empty where the message says all that is known."""
    beginning = head.lstrip().lower()
    by_beginning = next((advice for mark, advice in _BY_BEGINNING.items() if beginning.startswith(mark)), "")
    by_message = next((advice for words, advice in _BY_MESSAGE.items() if words in message), "")
    return by_beginning or by_message or _relative(message, syntax)


def _relative(message: str, syntax: ox.RdfFormat | None) -> str:
    if syntax is None or syntax not in WITHOUT_BASE or RELATIVE not in message:
        return ""
    return f"{syntax.name} has no relative IRIs: write them in full"
