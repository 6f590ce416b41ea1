"""Blocks of bytes as a file to be read."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import IO, Any, cast


def open_blocks(blocks: Iterable[bytes], buffer: int = io.DEFAULT_BUFFER_SIZE) -> IO[bytes]:
    """Return a file of the blocks, which are taken as they are needed. Reading raises what taking one raises."""
    return cast(IO[bytes], io.BufferedReader(_BlockStream(blocks), buffer))


class _BlockStream(io.RawIOBase):
    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = filter(None, blocks)
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill as much of the buffer as one block gives."""
        self._ready = self._ready or memoryview(next(self._blocks, b""))
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count
