"""Content codings: gzip and zstd, also of bodies that are still being made.

RFC 9110 section 12.5.3 (Accept-Encoding), https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Protocol

import zstandard
from werkzeug.http import parse_accept_header

SMALLEST = 1024
"""Bytes of the smallest body that is compressed: below, what is saved is less than a packet."""
_GZIP = 16 + zlib.MAX_WBITS
_COMPRESSIBLE = ("application/json", "application/xml", "application/javascript", "image/svg+xml")
_FOR_RDF = ("application/sparql-", "application/n-", "application/trig", "application/ld+json", "application/rdf+xml")


class _Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


_CODINGS: dict[str, Callable[[], _Compressor]] = {
    "zstd": lambda: zstandard.ZstdCompressor(level=3).compressobj(),
    "gzip": lambda: zlib.compressobj(5, zlib.DEFLATED, _GZIP),
}
"""The codings in the order in which they are preferred where the client has no preference."""
OFFERED = tuple(_CODINGS)


def is_worthwhile(media_type: str) -> bool:
    """Return whether a body of that type becomes smaller."""
    is_text = media_type.startswith(("text/", *_FOR_RDF)) or media_type.endswith(("+json", "+xml"))
    return is_text or media_type in _COMPRESSIBLE


@lru_cache(maxsize=256)
def negotiate(accept_encoding: str) -> str:
    """Return the coding that the header Accept-Encoding asks for; empty for none."""
    accepted = parse_accept_header(accept_encoding)
    coding = max(_CODINGS, key=accepted.quality)
    identity = dict(accepted).get("identity", 0.0)  # `*` does not mean it: every client takes what is not coded
    return coding if accepted.quality(coding) > 0 and accepted.quality(coding) >= identity else ""


def encode(body: bytes, coding: str) -> bytes:
    """Return a body in a coding; with none it stays as it is."""
    if not coding:
        return body
    compressor = _CODINGS[coding]()
    return compressor.compress(body) + compressor.flush()


class EncodedChunks(Iterator[bytes]):
    """The chunks of a body as they come, compressed; a body that breaks off comes without the coding's end."""

    def __init__(self, chunks: Iterable[bytes], coding: str) -> None:
        self._source = chunks
        self._chunks: Iterator[bytes] | None = iter(chunks)
        self._compressor = _CODINGS[coding]()

    def __next__(self) -> bytes:
        while self._chunks is not None:
            chunk = next(self._chunks, None)
            if chunk is None:
                self._chunks = None
                return self._compressor.flush()
            if encoded := self._compressor.compress(chunk):
                return encoded
        raise StopIteration

    def close(self) -> None:
        """End the making of chunks that nobody wants."""
        if close := getattr(self._source, "close", None):
            close()
