"""Compressed files, by their suffix: `.gz` and `.zst`."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

import zstandard

SUFFIXES = frozenset({".gz", ".zst"})
ERRORS = (EOFError, OSError, zlib.error, zstandard.ZstdError)
"""What reading raises where a file is cut short or broken."""
_BUFFER = 1 << 20
_LEVEL = 6


def plain(file: Path) -> Path:
    """The name of the file that is compressed in it: itself where none is."""
    return file.with_suffix("") if file.suffix.lower() in SUFFIXES else file


@contextmanager
def opened(file: Path) -> Iterator[IO[bytes]]:
    """The content of a file. Reading raises one of ERRORS where it is broken."""
    with file.open("rb") as raw:
        match file.suffix.lower():
            case ".gz":
                with gzip.open(raw) as stream:
                    yield io.BufferedReader(cast(io.RawIOBase, stream), _BUFFER)
            case ".zst":
                yield io.BufferedReader(_Unpacked(raw), _BUFFER)
            case _:
                yield raw


@contextmanager
def zipped(file: Path) -> Iterator[IO[bytes]]:
    """A gzip file to write to: the same content gives the same bytes, as neither name nor time stand in it."""
    with file.open("wb") as raw, gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as stream:
        yield cast(IO[bytes], stream)


class _Unpacked(io.RawIOBase):
    """The content of a Zstandard file; one that is cut short is told, which the library's own reader does not."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._begun = False
        self._ready = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills a part of the buffer. Raises EOFError where the file ends in the middle of a frame."""
        while not self._ready:
            if self._frame.eof:
                rest = self._frame.unused_data
                self._frame, self._begun = zstandard.ZstdDecompressor().decompressobj(), False
            else:
                rest = b""
            block = rest or self._raw.read(_BUFFER)
            if not block:
                if self._begun:
                    raise EOFError("the file ends in the middle of a Zstandard frame")
                return 0
            self._ready, self._begun = self._frame.decompress(block), True
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count
