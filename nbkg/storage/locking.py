"""A file that one process at a time holds."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbkg.errors import ServiceError


@contextmanager
def held(file: Path, otherwise: str) -> Iterator[None]:
    """Nobody else holds the file meanwhile. Raises ServiceError, which says `otherwise`, where somebody does."""
    with file.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ServiceError(otherwise) from error
        yield
