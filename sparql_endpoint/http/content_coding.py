"""Content codings: gzip and zstd, also of answers that are still being made.

RFC 9110 section 12.5.3 (Accept-Encoding), https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Protocol

import zstandard

SMALLEST = 1024
"""Bytes of the smallest body that is worth it."""
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
"""In the order in which they are preferred where the client has no preference."""


def is_worthwhile(media_type: str) -> bool:
    """Whether a body of that type becomes smaller."""
    return media_type.startswith(("text/", *_FOR_RDF)) or media_type in _COMPRESSIBLE or media_type.endswith("+json")


@lru_cache(maxsize=256)
def wanted(accept: str) -> str:
    """The coding that Accept-Encoding asks for; empty for none."""
    qualities: dict[str, float] = {}
    for element in accept.lower().split(","):
        name, *parameters = (part.strip() for part in element.split(";"))
        qualities[name] = _quality(parameters)
    best = max(_CODINGS, key=lambda name: qualities.get(name, qualities.get("*", 0.0)))
    quality = qualities.get(best, qualities.get("*", 0.0))
    return best if quality > 0 and quality >= qualities.get("identity", 0.0) else ""


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def compressed(body: bytes, coding: str) -> bytes:
    """All of a body."""
    compressor = _CODINGS[coding]()
    return compressor.compress(body) + compressor.flush()


class CompressedBlocks:
    """The blocks of an answer as they come, compressed; what breaks off comes without the coding's end."""

    def __init__(self, blocks: Iterable[bytes], coding: str) -> None:
        self._all = blocks
        self._blocks: Iterator[bytes] | None = iter(blocks)
        self._compressor = _CODINGS[coding]()

    def __iter__(self) -> CompressedBlocks:
        return self

    def __next__(self) -> bytes:
        while self._blocks is not None:
            block = next(self._blocks, None)
            if block is None:
                self._blocks = None
                return self._compressor.flush()
            if made := self._compressor.compress(block):
                return made
        raise StopIteration

    def close(self) -> None:
        """Nobody wants the rest."""
        if close := getattr(self._all, "close", None):
            close()
