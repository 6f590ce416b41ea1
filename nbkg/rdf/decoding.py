"""Text in other encodings than UTF-8, and byte order marks: what reads a document reads UTF-8 without a mark.

Editors and spreadsheets put U+FEFF first, which is no part of a document
(https://www.rfc-editor.org/rfc/rfc3629#section-6). XML declares its encoding itself
(https://www.w3.org/TR/xml/#sec-guessing).
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from functools import partial
from typing import IO, cast

from nbkg.rdf.block_stream import open_blocks

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The byte order marks; that of UTF-32 begins with that of UTF-16."""
_WITHOUT_MARK = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
"""How an XML declaration begins in UTF-16 without a mark."""
_DECLARED = re.compile(rb"""\A<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z][\w.-]*)["']""")
_DECLARATION = re.compile(r"""\A(<\?xml\s[^>]*?)\s+encoding\s*=\s*["'][^"']*["']""")
HEAD = 1024
"""Bytes in which an XML declaration is looked for."""
_BLOCK = 1 << 16


def decode(text: bytes) -> str:
    """Return the characters of a text in UTF-8, or in what its byte order mark says, without the mark.

    Raises UnicodeDecodeError where it is in another encoding.
    """
    for mark, encoding in _MARKS:
        if text.startswith(mark):
            return text[len(mark) :].decode(encoding)
    return text.decode("utf-8")


def find_marked_encoding(head: bytes) -> str:
    """Return the encoding that the byte order mark of a document states; empty where it has none."""
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")


def decode_xml(document: bytes, encoding: str) -> bytes:
    """Return an XML document in UTF-8, whatever encoding it declares: in that of its byte order mark, else in this one.

    UTF-16 and UTF-32 without a mark are big-endian (https://www.rfc-editor.org/rfc/rfc2781#section-4.3). Raises
    UnicodeDecodeError.
    """
    for mark, marked in _MARKS:
        if document.startswith(mark):
            document, encoding = document[len(mark) :], marked
            break
    else:
        encoding = f"{encoding}-be" if encoding in ("utf-16", "utf-32") else encoding
    return _DECLARATION.sub(r"\1", document.decode(encoding)).encode()


def is_plain(head: bytes) -> bool:
    """Return whether a document that begins with these bytes is UTF-8 without a mark."""
    return _find_encoding(head) == (0, "utf-8")


def decode_stream(stream: IO[bytes]) -> IO[bytes]:
    """Return a document as a file of UTF-8 without a mark, decoded as its mark or its XML declaration says.

    Reading raises UnicodeDecodeError where it is in another encoding. Raises LookupError for one that is not known.
    """
    peeked = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream), _BLOCK)
    mark, encoding = _find_encoding(peeked.peek(HEAD)[:HEAD])
    peeked.read(mark)
    if encoding == "utf-8":
        return peeked
    return open_blocks(_decoded_blocks(peeked, encoding), _BLOCK)


def _find_encoding(head: bytes) -> tuple[int, str]:
    """Return the length of the mark, and the name of the encoding."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return len(mark), encoding
    for begin, encoding in _WITHOUT_MARK:
        if head.startswith(begin):
            return 0, encoding
    if declared := _DECLARED.match(head[:HEAD]):
        name = declared.group(1).decode()
        "".encode(name)  # raises LookupError for a codec that is not of text
        return 0, codecs.lookup(name).name
    return 0, "utf-8"


def _decoded_blocks(stream: IO[bytes], encoding: str) -> Iterator[bytes]:
    """Yield a document as UTF-8, without what an XML declaration says of the encoding. Raises UnicodeDecodeError."""
    decoder = codecs.getincrementaldecoder(encoding)()
    yield _DECLARATION.sub(r"\1", decoder.decode(stream.read(_BLOCK))).encode()
    for block in iter(partial(stream.read, _BLOCK), b""):
        yield decoder.decode(block).encode()
    yield decoder.decode(b"", final=True).encode()
