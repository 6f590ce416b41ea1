"""A file that one process at a time holds, or several that share it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbkg.errors import NbkgError


@contextmanager
def try_lock(file: Path, *, shared: bool = False) -> Iterator[bool]:
    """Hold a file in the block, which gets whether nobody else holds it; the file is made where it is missing."""
    with file.open("a") as stream:
        try:
            fcntl.flock(stream, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextmanager
def lock(file: Path, otherwise: NbkgError, *, shared: bool = False) -> Iterator[None]:
    """Hold a file in the block. Raises `otherwise` where somebody else holds it."""
    with try_lock(file, shared=shared) as is_free:
        if not is_free:
            raise otherwise
        yield
