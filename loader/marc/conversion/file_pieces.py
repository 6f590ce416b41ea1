"""Files cut into pieces that can be converted one by one, in any order and any process.

Where a file is cut depends on the file alone, so that the pieces are the same however many processes there are. A file
of ISO 2709 on disk is cut into ranges of bytes at record terminators, which whoever converts them reads. What cannot
be cut without reading it (XML, JSON, what is compressed, standard input) is read once; its pieces hold their content.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple, cast

from loader.marc.reading.deliveries import Delivery
from loader.marc.reading.iso2709_stream import LOOKAHEAD, find_cut, read_iso2709
from loader.marc.reading.marc_file import STANDARD_INPUT, MarcContent, open_marc_file
from nbkg.grouping import batched
from nbkg.rdf.decoding import HEAD, is_plain
from nbkg.records.form import Form

_SMALLEST, _LARGEST, _SHARE = 1 << 18, 1 << 23, 64
"""A file is cut into 64 ranges, of at least 256 kB and at most 8 MB each."""
_BLOCK = 1 << 21
"""Bytes of a stream of ISO 2709 in one piece."""
_BATCH = 1000
"""Records of XML or JSON in one piece."""
_STEP = 1 << 20
_UNCUT = 1 << 26
"""Bytes after which a file is cut where nothing looks like the beginning of a record."""


class ByteRange(NamedTuple):
    """A part of a file on disk."""

    begin: int
    end: int


class Block(NamedTuple):
    """The bytes of a part of a stream."""

    offset: int
    """Where they begin in the content of the file."""
    content: bytes


@dataclass(frozen=True)
class FilePiece:
    """A part of a file that is converted by itself."""

    file: int
    """The index of the file among those of the job."""
    number: int
    """The number of the piece in its file, from 1."""
    content: ByteRange | Block | tuple[Delivery, ...]
    size: int
    """Bytes of the file that the piece takes, or that were read since the piece before."""

    @property
    def name(self) -> str:
        """The name of the piece in names of files; names sort in the order of the pieces."""
        return f"{self.file + 1:03}-{self.number:05}"

    def read(self, file: Path) -> Iterator[Delivery]:
        """Yield what the piece holds."""
        match self.content:
            case ByteRange(begin, end):
                with file.open("rb") as stream:
                    stream.seek(begin)
                    yield from read_iso2709(cast(IO[bytes], _Limited(stream, end - begin)), begin)
            case Block(offset, content):
                yield from read_iso2709(io.BytesIO(content), offset)
            case deliveries:
                yield from deliveries


class _Limited:
    """The next bytes of a file, so many of them."""

    def __init__(self, stream: IO[bytes], left: int) -> None:
        self._stream, self._left = stream, left

    def read(self, size: int) -> bytes:
        """Return the next bytes, none at the end."""
        block = self._stream.read(min(size, self._left))
        self._left -= len(block)
        return block


def cut_file(index: int, file: Path) -> Iterator[FilePiece]:
    """Yield the pieces of a file in their order.

    The errors are those of `read_marc_file`; the pieces before an error are good.
    """
    if is_cut_by_ranges(file):
        for number, each in enumerate(iter_ranges(file), 1):
            yield FilePiece(index, number, each, each.end - each.begin)
        return
    read = list[int]()
    with open_marc_file(file, read.append) as content:
        for number, part in enumerate(_contents(content), 1):
            yield FilePiece(index, number, part, sum(read))
            read.clear()


def is_cut_by_ranges(file: Path) -> bool:
    """Return whether a file can be cut without reading all of it."""
    if file == STANDARD_INPUT or not file.is_file():
        return False
    with open_marc_file(file) as content:
        is_iso2709 = content.form is Form.ISO2709 and not content.is_compressed
    if not is_iso2709:
        return False
    with file.open("rb") as stream:
        return is_plain(stream.read(HEAD))


def iter_ranges(file: Path) -> Iterator[ByteRange]:
    """Yield the ranges of a file of ISO 2709, which together are all of it."""
    total = file.stat().st_size
    size = min(_LARGEST, max(_SMALLEST, total // _SHARE))
    begin = 0
    with file.open("rb") as stream:
        while begin < total:
            end = _next_cut(stream, begin + size, total)
            yield ByteRange(begin, end)
            begin = end


def _next_cut(stream: IO[bytes], begin: int, total: int) -> int:
    """Return the first position from `begin` on where the file can be cut, or its end."""
    at = begin
    while at < min(total, begin + _UNCUT):
        stream.seek(at)
        window = stream.read(_STEP + LOOKAHEAD)
        cut = find_cut(window, 0)
        if cut is not None:
            return at + cut
        at += _STEP
    return min(total, at)


def _contents(content: MarcContent) -> Iterator[Block | tuple[Delivery, ...]]:
    if content.form is Form.ISO2709:
        return _iter_blocks(content.stream)
    return map(tuple, batched(content.read(), _BATCH))


def _iter_blocks(stream: IO[bytes]) -> Iterator[Block]:
    """Yield a stream of ISO 2709 in blocks of some 2 MB."""
    window, offset = b"", 0
    while block := stream.read(_BLOCK):
        window += block
        cut = find_cut(window, _BLOCK) if len(window) >= _BLOCK + LOOKAHEAD else None
        if cut is None and len(window) > _UNCUT:
            cut = len(window)
        if cut is not None:
            yield Block(offset, window[:cut])
            window, offset = window[cut:], offset + cut
    if window:
        yield Block(offset, window)
