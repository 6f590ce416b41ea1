"""The folder of a source's records: its files, who may write, and how it is mended after a run that was killed."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbkg.errors import DamagedFileError, StoreUnavailableError, UsageError
from nbkg.records.store.record_index import RecordIndex
from nbkg.records.store.record_log import RecordLog
from nbkg.records.store.replay import replay
from nbkg.storage.atomic_replace import sibling
from nbkg.storage.lock import lock

_SOURCE = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
LOG, INDEX, LOCK = "records.log", "index.sqlite", "lock"


def sources(folder: Path) -> list[str]:
    """Return the sources that have records in a folder, sorted."""
    return sorted(file.parent.name for file in folder.glob(f"*/{LOG}"))


@contextmanager
def open_for_reading(folder: Path, source: str) -> Iterator[tuple[RecordLog, RecordIndex]]:
    """Open the files of a source.

    Raises UsageError where the folder has none, DamagedFileError where one is damaged.
    """
    home = folder / _checked_name(source)
    if not (home / LOG).is_file():
        names = ", ".join(sources(folder)) or "none"
        raise UsageError(f"{folder}: no records of the source {source!r}; there are records of: {names}")
    if not (home / INDEX).is_file():
        with open_for_writing(folder, source):
            pass  # which makes the index
    log = RecordLog(home / LOG)
    with _close_after(log, RecordIndex(home / INDEX)) as files:
        yield files


@contextmanager
def open_for_writing(folder: Path, source: str) -> Iterator[tuple[RecordLog, RecordIndex]]:
    """Open the files of a source as the only one who writes, in the state after the last complete delivery.

    Raises StoreUnavailableError where another process writes.
    """
    home = folder / _checked_name(source)
    home.mkdir(parents=True, exist_ok=True)
    busy = StoreUnavailableError(f"{home}: another process writes records of this source; try again when it has ended")
    with lock(home / LOCK, busy):
        if not (home / INDEX).exists():
            _make_index(home)
        log = RecordLog(home / LOG, is_writable=True)
        with _close_after(log, RecordIndex(home / INDEX, is_writable=True)) as files:
            replay(*files, is_rebuilt=False)
            yield files


def _make_index(home: Path) -> None:
    """Make the index from the blocks: it has its name only when it is complete."""
    new = sibling(home / INDEX, ".new")
    for rest in (*home.glob(f"{INDEX}-*"), *home.glob(f"{new.name}*")):  # journals too
        rest.unlink()
    log = RecordLog(home / LOG, is_writable=True)
    with _close_after(log, RecordIndex(new, is_writable=True, is_new=True)) as files:
        replay(*files, is_rebuilt=True)
    with new.open("rb") as stream:
        os.fsync(stream)
    new.replace(home / INDEX)


@contextmanager
def _close_after(log: RecordLog, index: RecordIndex) -> Iterator[tuple[RecordLog, RecordIndex]]:
    try:
        size = index.state().size
        if log.size < size:
            problem = f"the file ends here, and the index knows {size} bytes: put a copy of the file in its place"
            raise DamagedFileError(problem, file=log.file, offset=log.size)
        yield log, index
    except sqlite3.DatabaseError as error:
        raise index.failure(error) from error
    finally:
        index.close()
        log.close()


def _checked_name(source: str) -> str:
    if not _SOURCE.fullmatch(source):
        raise UsageError(f"{source!r} cannot name a source: use a-z, 0-9, '.', '_' and '-', at most 64 of them")
    return source
