"""The append-only file of a source: blocks one after the other, compressed, each with a checksum.

A block is a head of 29 bytes and a payload. The head has, little-endian, the sign `MRL1`, the kind of block, how many
entries it holds, the number of the first one, the length of the payload and its CRC-32, and the CRC-32 of all this: a
length that was damaged is not taken for a file that was cut. The payload is compressed with Zstandard. Without a
dictionary a store of 10,000 records is 17 bytes a record larger, and there is one file less that can be lost.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

import zstandard

from nbkg.errors import DamagedFileError

_SIGN = b"MRL1"
_HEAD = struct.Struct("<4sBIQII")
_CHECKSUM = struct.Struct("<I")
_HEAD_SIZE = _HEAD.size + _CHECKSUM.size
_LEVEL = 9
"""Level 12 saves 1 byte a record and takes more than twice the time, level 19 saves 8 and takes fifteen times."""


class BlockKind(IntEnum):
    """What a block holds."""

    ENTRIES = 1
    """Versions of records."""
    DELIVERY = 2
    """The end of a delivery: with this block, the blocks of entries before it count."""
    EDIT = 3
    """An edit, or the withdrawal of one."""


class Block(NamedTuple):
    """A block that was read, with its content decompressed."""

    kind: BlockKind
    first: int
    """The number of its first entry."""
    entries: int
    """How many entries it holds."""
    content: bytes
    offset: int
    end: int
    """Where the next block begins."""


class RecordLog:
    """The file of blocks, open for reading or for appending too."""

    def __init__(self, file: Path, *, is_writable: bool = False) -> None:
        flags = os.O_RDWR | os.O_CREAT if is_writable else os.O_RDONLY
        self.file = file
        self._descriptor = os.open(file, flags, 0o644)
        self._compressor = zstandard.ZstdCompressor(level=_LEVEL)
        self._decompressor = zstandard.ZstdDecompressor()
        self.size = os.fstat(self._descriptor).st_size

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)

    def append(self, kind: BlockKind, content: bytes, *, first: int = 0, entries: int = 0) -> int:
        """Write a block at the end and return where it begins; it is on disk only after `flush`."""
        payload = self._compressor.compress(content)
        head = _HEAD.pack(_SIGN, kind, entries, first, len(payload), zlib.crc32(payload))
        block = b"".join((head, _CHECKSUM.pack(zlib.crc32(head)), payload))
        offset = self.size
        while block:
            written = os.pwrite(self._descriptor, block, self.size)
            block = block[written:]
            self.size += written
        return offset

    def flush(self) -> None:
        """Return when all blocks are on disk."""
        os.fsync(self._descriptor)

    def truncate(self, size: int) -> None:
        """Drop what stands after the first `size` bytes."""
        os.ftruncate(self._descriptor, size)
        self.size = size

    def read(self, offset: int) -> Block:
        """Return the block that begins at an offset. Raises DamagedFileError where it is not as it was written."""
        head = os.pread(self._descriptor, _HEAD_SIZE, offset)
        if len(head) < _HEAD_SIZE:
            raise self._damage("the file ends within a block", offset, is_unfinished=True)
        sign, kind, entries, first, length, checksum = _HEAD.unpack_from(head)
        if sign != _SIGN or _CHECKSUM.unpack_from(head, _HEAD.size) != (zlib.crc32(head[: _HEAD.size]),):
            raise self._damage("no head of a block with the right checksum begins here", offset)
        payload = os.pread(self._descriptor, length, offset + _HEAD_SIZE)
        if len(payload) < length:
            raise self._damage("the file ends within a block", offset, is_unfinished=True)
        if zlib.crc32(payload) != checksum:
            raise self._damage("the block is not as it was written, its checksum differs", offset)
        content = self._decompressor.decompress(payload)
        return Block(BlockKind(kind), first, entries, content, offset, offset + _HEAD_SIZE + length)

    def iter_blocks(self, start: int, end: int) -> Iterator[Block]:
        """Yield the blocks between two offsets. Raises DamagedFileError at the first that is not as it was written."""
        while start < end:
            block = self.read(start)
            yield block
            start = block.end

    def _damage(self, problem: str, offset: int, *, is_unfinished: bool = False) -> DamagedFileError:
        problem = f"{problem}: put a copy of the file in its place"
        return DamagedFileError(problem, file=self.file, offset=offset, is_unfinished=is_unfinished)
