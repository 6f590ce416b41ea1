"""A result is buffered in a file, in memory while small, until it is complete: no client gets half of it with a 200."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

_IN_MEMORY = 1 << 20
_BLOCK = 1 << 16


def buffer_result(write: Callable[[IO[bytes]], None]) -> Iterable[bytes]:
    """Return the blocks of what `write` writes, once that is complete: a list where it is small, else an iterator.

    An error of `write` is raised here, before the first block.
    """
    buffer = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed after the last block
    try:
        write(buffer)
    except BaseException:
        buffer.close()
        raise
    small = buffer.tell() <= _IN_MEMORY
    buffer.seek(0)
    if not small:
        return _FileBlocks(buffer)
    with buffer:
        return [buffer.read()]


class _FileBlocks(Iterator[bytes]):
    """The blocks of a file, which is closed after the last of them, or when nobody wants the rest."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def __next__(self) -> bytes:
        block = b"" if self._file.closed else self._file.read(_BLOCK)
        if not block:
            self.close()
            raise StopIteration
        return block

    def close(self) -> None:
        """Close the file; WSGI servers call this when the client has gone."""
        self._file.close()
