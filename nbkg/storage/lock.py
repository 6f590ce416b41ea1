"""A file that one process at a time holds, or several that share it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from nbkg.errors import NbkgError

_HELD: set[IO[str]] = set()
"""The files that this process holds."""


@contextmanager
def try_lock(file: Path, *, shared: bool = False) -> Iterator[bool]:
    """Hold a file in the block, which gets whether nobody else holds it; the file is made where it is missing."""
    with file.open("a") as stream:
        try:
            fcntl.flock(stream, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        _HELD.add(stream)
        try:
            yield True
        finally:
            _HELD.discard(stream)


@contextmanager
def lock(file: Path, otherwise: NbkgError, *, shared: bool = False) -> Iterator[None]:
    """Hold a file in the block. Raises `otherwise` where somebody else holds it."""
    with try_lock(file, shared=shared) as is_free:
        if not is_free:
            raise otherwise
        yield


def _let_go() -> None:
    """Close what the process that was forked holds, so that a copy of it that lives longer does not hold it too."""
    for stream in _HELD:
        stream.close()
    _HELD.clear()


os.register_at_fork(after_in_child=_let_go)
