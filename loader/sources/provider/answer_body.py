"""The body of a provider's answer as XML in UTF-8, whatever it says about its compression and encoding."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

from loader.errors import ProviderError

LARGEST = 1 << 28
"""Bytes of one answer, before and after decompression: more are no page of a list."""
_GZIP = b"\x1f\x8b"
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,80}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_body(raw: bytes, headers: Mapping[str, str]) -> tuple[bytes, tuple[str, ...]]:
    """Return the XML of an answer in UTF-8, and what was odd. Raises ProviderError where it cannot be unpacked.

    OAI-PMH is in UTF-8 (https://www.openarchives.org/OAI/openarchivesprotocol.html#XMLResponse): UTF-8 is read as such,
    whatever the header or the XML declaration says.
    """
    unpacked = _unpack(raw, headers.get("Content-Encoding", "").strip().lower())
    text, notes = _in_utf8(unpacked)
    trimmed = text.removeprefix(_BOM).lstrip(b" \t\r\n")
    if trimmed != text.removeprefix(_BOM) and trimmed.startswith(b"<?xml"):
        notes = (*notes, "white space stands before the XML declaration")
    return trimmed, notes


def _unpack(raw: bytes, coding: str) -> bytes:
    if raw.startswith(_GZIP):  # with the header or without it; some servers pack twice
        return _unpack(_inflate(raw, zlib.MAX_WBITS | 32), "identity")
    if coding in {"", "identity", "none", "utf-8"}:
        return raw
    if coding == "deflate":
        return _inflate(raw, zlib.MAX_WBITS if raw[:1] == b"\x78" else -zlib.MAX_WBITS)
    raise ProviderError(f"the answer says that it is packed as “{coding}”, and is not, or in a way that nobody wanted")


def _inflate(raw: bytes, window: int) -> bytes:
    """Return unpacked bytes, of several members too. Raises ProviderError where they are damaged, cut off, too many."""
    blocks, size = list[bytes](), 0
    while raw.strip(b"\0"):
        unpacker = zlib.decompressobj(window)
        try:
            block = unpacker.decompress(raw, LARGEST - size + 1)
        except zlib.error as error:
            raise ProviderError(f"the packed answer is damaged ({error})") from error
        size += len(block)
        if size > LARGEST:
            raise ProviderError(f"the answer has more than {LARGEST >> 20} MB when it is unpacked")
        if not unpacker.eof:
            raise ProviderError("the packed answer is cut off")
        blocks.append(block)
        raw = unpacker.unused_data
    return b"".join(blocks)


def _in_utf8(raw: bytes) -> tuple[bytes, tuple[str, ...]]:
    declared = _declared(raw)
    if raw[:2] in _WIDE_BOMS:
        return _decoded(raw, _WIDE_BOMS[raw[:2]])
    is_plain = declared in {"", "utf-8", "utf8", "us-ascii", "ascii"}
    if _is_utf8(raw):
        note = (
            f"the XML declaration says {declared}, and the text is UTF-8" if not is_plain and not raw.isascii() else ""
        )
        return raw, (note,) if note else ()
    return (raw, ()) if is_plain else _decoded(raw, declared)


def _declared(raw: bytes) -> str:
    match = _DECLARED.match(raw.removeprefix(_BOM))
    return match[1].decode().lower() if match else ""


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _decoded(raw: bytes, encoding: str) -> tuple[bytes, tuple[str, ...]]:
    try:
        return raw.decode(encoding).encode(), (f"the text is in {encoding} and not in UTF-8",)
    except (UnicodeDecodeError, LookupError) as error:
        raise ProviderError(f"the text is neither UTF-8 nor in the {encoding} that it declares ({error})") from error
