"""Compressed files, by their suffix: `.gz` and `.zst`, which are written too, `.bz2` and `.xz`."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any, cast

import zstandard

from nbkg.rdf.block_stream import open_blocks

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
        yield open_blocks(_zstandard_blocks(raw), _BUFFER)
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


def _zstandard_blocks(raw: IO[bytes]) -> Iterator[bytes]:
    """Yield what is compressed. Raises EOFError for a file that is cut short, which the library's reader does not."""
    frame = zstandard.ZstdDecompressor().decompressobj()
    is_inside = False
    for block in iter(partial(raw.read, _BUFFER), b""):
        rest = block
        while rest:
            yield frame.decompress(rest)
            rest, is_inside = frame.unused_data, not frame.eof
            if frame.eof:
                frame = zstandard.ZstdDecompressor().decompressobj()
    if is_inside:
        raise EOFError("the file ends in the middle of a Zstandard frame")
