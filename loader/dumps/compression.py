"""One stream of bytes into several compressed files at once, each packed by a thread of its own.

The same bytes always give the same files: gzip without time and name, Zstandard with a check sum.
"""

from __future__ import annotations

import hashlib
import io
import os
import queue
import threading
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import zstandard

from loader.release.model import File

BLOCK = 1 << 20
"""Bytes that are packed at a time."""
_WAITING = 8
"""Blocks that wait for a thread."""
_GZIP = 31
"""What zlib calls the gzip format; its header has no time and no name."""


class Packer(Protocol):
    """What packs a stream; zlib's and zstandard's own objects are such."""

    def compress(self, data: bytes, /) -> bytes:
        """Some packed bytes."""

    def flush(self) -> bytes:
        """The last ones."""


PACKERS: Mapping[str, Callable[[], Packer]] = {
    "gz": lambda: zlib.compressobj(6, zlib.DEFLATED, _GZIP),
    "zst": lambda: zstandard.ZstdCompressor(level=9, write_checksum=True).compressobj(),
}
"""The ending of a file's name to what packs it."""


class _Packed(threading.Thread):
    """A file that is being written."""

    def __init__(self, path: Path, ending: str) -> None:
        super().__init__(daemon=True)
        self.blocks: queue.Queue[bytes | None] = queue.Queue(_WAITING)
        self.failed: OSError | None = None
        self.size = 0
        self.digest = hashlib.sha256()
        self._path = path
        self._packer = PACKERS[ending]()
        self.start()

    def run(self) -> None:
        """Writes until the end; after an error it still takes blocks, so that nobody waits for it."""
        try:
            with self._path.open("wb") as file:
                while (block := self.blocks.get()) is not None:
                    self._write(file, self._packer.compress(block))
                self._write(file, self._packer.flush())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            self.failed = error
            while self.blocks.get() is not None:
                pass

    def _write(self, file: io.BufferedWriter, packed: bytes) -> None:
        self.size += len(packed)
        self.digest.update(packed)
        file.write(packed)


class Packing(io.RawIOBase):
    """Takes bytes and writes them to `path` with each of the endings. Raises the OSError that a thread met."""

    def __init__(self, path: Path) -> None:
        self._files = {ending: _Packed(path.with_name(f"{path.name}.{ending}"), ending) for ending in PACKERS}

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the files and waits for them."""
        for file in self._files.values():
            file.blocks.put(None)
        for file in self._files.values():
            file.join()
        if kind is None:
            self._check()

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Hands the bytes to the threads."""
        self._check()
        block = bytes(data)
        for file in self._files.values():
            file.blocks.put(block)
        return len(block)

    def files(self, path: str, media_type: str) -> dict[str, File]:
        """What was written, by ending; `path` is that of the release, without ending."""
        return {
            ending: File(f"{path}.{ending}", file.size, file.digest.hexdigest(), media_type)
            for ending, file in self._files.items()
        }

    def _check(self) -> None:
        for file in self._files.values():
            if file.failed is not None:
                raise file.failed
