"""Content codings of what clients send: a body is what its Content-Encoding says, or it is refused.

RFC 9110 section 8.4, https://www.rfc-editor.org/rfc/rfc9110#section-8.4; RFC 8878 (zstd)
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Any

import zstandard

from sparql_endpoint.errors import RequestError, TooLargeError, UnsupportedMediaTypeError

_MAX_CODINGS = 3
"""Codings on top of each other; more are sent only to make the server work."""
_GZIP = 16 + zlib.MAX_WBITS
_LARGEST_WINDOW = 1 << 23
"""Bytes of the window that a decoder of zstd must have (RFC 9659)."""
_PIECE = 1 << 10
"""Bytes that are decoded at a time; as zstd they make 32 MB at the most, because a block of 128 kB takes four."""


def decode(body: bytes, content_encoding: str, limit: int) -> bytes:
    """Return a body without its content codings, of so many bytes at most.

    Raises RequestError where the body is not what the header says, TooLargeError, and UnsupportedMediaTypeError for an
    unknown coding.
    """
    codings = [coding for part in content_encoding.lower().split(",") if (coding := part.strip())]
    if len(codings) > _MAX_CODINGS:
        raise RequestError(f"Content-Encoding names {len(codings)} codings; {_MAX_CODINGS} are decoded at the most")
    for coding in codings:
        if coding not in _DECODERS:
            known = ", ".join(_DECODERS)
            raise UnsupportedMediaTypeError(
                f"Content-Encoding: “{coding}” is not decoded; send one of {known}, or the body as it is",
                {"Accept-Encoding": "gzip, zstd"},
            )
    for coding in reversed(codings):
        try:
            body = _DECODERS[coding](body, limit)
        except (zlib.error, zstandard.ZstdError) as error:
            if "too much memory" in str(error):
                raise TooLargeError(f"the window of the zstd is larger than {_LARGEST_WINDOW} bytes") from error
            raise RequestError(f"the body is not {coding}, as its Content-Encoding says: {error}") from error
    return body


def _gzip(body: bytes, limit: int) -> bytes:
    return _decode_frames(body, limit, lambda: zlib.decompressobj(_GZIP))


def _zstd(body: bytes, limit: int) -> bytes:
    return _decode_frames(body, limit, zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).decompressobj)


def _decode_frames(body: bytes, limit: int, start: Callable[[], Any]) -> bytes:
    """Return what all frames of a body hold; each is fed in pieces, so that a small body cannot fill the memory."""
    decoded, rest = bytearray(), memoryview(body)
    while rest or not body:
        frame, fed = start(), 0
        while not frame.eof:
            if fed >= len(rest):
                raise RequestError("the body ends before its content coding does")
            decoded += frame.decompress(rest[fed : fed + _PIECE])
            fed += _PIECE
            if len(decoded) > limit:
                raise TooLargeError(f"the body is larger than {limit} bytes when its content coding is undone")
        rest = rest[min(fed, len(rest)) - len(frame.unused_data) :]
    return bytes(decoded)


_DECODERS: Mapping[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "zstd": _zstd,
    "identity": lambda body, _: body,
}
"""`x-gzip` is the same as gzip (RFC 9110 section 8.4.1.3)."""
