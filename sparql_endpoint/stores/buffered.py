"""An answer kept in a file, in memory while small, until it is whole: no client ever gets half of one with a 200."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import IO

_IN_MEMORY = 1 << 20
_BLOCK = 1 << 16


def spooled(write: Callable[[IO[bytes]], None]) -> Iterable[bytes]:
    """The blocks of what `write` writes, once it has written all of it: a list where it is small, else an iterator.

    An error of `write` is raised here, before the first block.
    """
    spool = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed when the last block was given
    try:
        write(spool)
    except BaseException:
        spool.close()
        raise
    small = spool.tell() <= _IN_MEMORY
    spool.seek(0)
    if not small:
        return _Blocks(spool)
    with spool:
        return [spool.read()]


class _Blocks:
    """The blocks of a file, which is closed with the last of them, or when nobody wants the rest."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def __iter__(self) -> _Blocks:
        return self

    def __next__(self) -> bytes:
        block = b"" if self._file.closed else self._file.read(_BLOCK)
        if not block:
            self.close()
            raise StopIteration
        return block

    def close(self) -> None:
        """Closes the file; WSGI servers call it when the client has gone."""
        self._file.close()
