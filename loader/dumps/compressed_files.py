"""One stream of bytes into several compressed files at once, each compressed by a thread of its own.

The same bytes always give the same files: gzip without time and name, Zstandard with a checksum.
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

from loader.release.release_index import File

BLOCK = 1 << 20
"""Bytes that are compressed at a time."""
_QUEUE = 8
"""Blocks that wait for a thread at most."""
_GZIP = 31
"""The number by which zlib knows the gzip format; its header has no time and no name."""


class Compressor(Protocol):
    """Compresses a stream, as the objects of zlib and zstandard do."""

    def compress(self, data: bytes, /) -> bytes:
        """Return some compressed bytes."""

    def flush(self) -> bytes:
        """Return the last ones."""


COMPRESSORS: Mapping[str, Callable[[], Compressor]] = {
    "gz": lambda: zlib.compressobj(6, zlib.DEFLATED, _GZIP),
    "zst": lambda: zstandard.ZstdCompressor(level=9, write_checksum=True).compressobj(),
}
"""The suffix of a file's name to what compresses it."""


class _CompressedFile(threading.Thread):
    """A file that is being written."""

    def __init__(self, path: Path, suffix: str) -> None:
        super().__init__(daemon=True)
        self.blocks: queue.Queue[bytes | None] = queue.Queue(_QUEUE)
        self.error: OSError | None = None
        self.size = 0
        self.digest = hashlib.sha256()
        self._path = path
        self._compressor = COMPRESSORS[suffix]()
        self.start()

    def run(self) -> None:
        """Write until the end; after an error it still takes blocks, so that nothing waits for it."""
        try:
            with self._path.open("wb") as file:
                while (block := self.blocks.get()) is not None:
                    self._write(file, self._compressor.compress(block))
                self._write(file, self._compressor.flush())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            self.error = error
            while self.blocks.get() is not None:
                pass

    def _write(self, file: io.BufferedWriter, data: bytes) -> None:
        self.size += len(data)
        self.digest.update(data)
        file.write(data)


class CompressedFiles(io.RawIOBase):
    """Writes bytes to `path` with each of the suffixes. Raises the OSError that a thread met."""

    def __init__(self, path: Path) -> None:
        self._files = {
            suffix: _CompressedFile(path.with_name(f"{path.name}.{suffix}"), suffix) for suffix in COMPRESSORS
        }

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the files and wait for them."""
        for file in self._files.values():
            file.blocks.put(None)
        for file in self._files.values():
            file.join()
        if kind is None:
            self._check()

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: Any) -> int:
        """Hand the bytes to the threads."""
        self._check()
        block = bytes(data)
        for file in self._files.values():
            file.blocks.put(block)
        return len(block)

    def files(self, path: str, media_type: str) -> dict[str, File]:
        """Return the files by suffix, for a release in which their path is `path` and the suffix."""
        return {
            suffix: File(f"{path}.{suffix}", file.size, file.digest.hexdigest(), media_type)
            for suffix, file in self._files.items()
        }

    def _check(self) -> None:
        for file in self._files.values():
            if file.error is not None:
                raise file.error
