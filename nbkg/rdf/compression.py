"""Compressed files, by their suffix: `.gz` and `.zst`, which are written too, `.bz2` and `.xz`."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

import zstandard

MEDIA_TYPES = {".gz": "application/gzip", ".zst": "application/zstd"}
"""The compressions that are written, by suffix, each with its media type."""
_OPENERS: Mapping[str, Callable[[IO[bytes]], Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
SUFFIXES = (*MEDIA_TYPES, *(suffix for suffix in _OPENERS if suffix not in MEDIA_TYPES))
"""The suffixes of the compressions that are read."""
READ_ERRORS = (EOFError, OSError, zlib.error, lzma.LZMAError, zstandard.ZstdError)
"""The errors of reading a file that is cut short or broken."""
_BUFFER = 1 << 20
_LEVEL = 6


def uncompressed_name(file: Path) -> Path:
    """Return the name of the file that is compressed in it, or its own name where none is."""
    return file.with_suffix("") if file.suffix.lower() in SUFFIXES else file


@contextmanager
def decompress(file: Path, raw: IO[bytes]) -> Iterator[IO[bytes]]:
    """Open the content of a file that is open as `raw`. Reading raises one of READ_ERRORS where it is broken."""
    suffix = file.suffix.lower()
    if suffix == ".zst":
        yield io.BufferedReader(_ZstandardReader(raw), _BUFFER)
    elif opener := _OPENERS.get(suffix):
        with opener(raw) as stream:
            yield io.BufferedReader(cast(io.RawIOBase, stream), _BUFFER)
    else:
        yield raw


@contextmanager
def open_decompressed(file: Path) -> Iterator[IO[bytes]]:
    """Open the content of a file, compressed or not. Reading raises one of READ_ERRORS where it is broken."""
    with file.open("rb") as raw, decompress(file, raw) as stream:
        yield stream


@contextmanager
def open_gzip(file: Path) -> Iterator[IO[bytes]]:
    """Open a gzip file for writing: the same content gives the same bytes, as neither name nor time stand in it."""
    with file.open("wb") as raw, gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as stream:
        yield cast(IO[bytes], stream)


class _ZstandardReader(io.RawIOBase):
    """Reads a Zstandard file, and reports one that is cut short, which the library's own reader does not."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._inside = False
        self._ready = b""

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a part of the buffer. Raises EOFError where the file ends in the middle of a frame."""
        while not self._ready:
            if self._frame.eof:
                rest = self._frame.unused_data
                self._frame, self._inside = zstandard.ZstdDecompressor().decompressobj(), False
            else:
                rest = b""
            block = rest or self._raw.read(_BUFFER)
            if not block:
                if self._inside:
                    raise EOFError("the file ends in the middle of a Zstandard frame")
                return 0
            self._ready, self._inside = self._frame.decompress(block), True
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count
