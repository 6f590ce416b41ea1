"""The journal of a store: what people added while it ran, one entry a line, only ever appended to.

A line is the CRC-32 of an entry as eight hexadecimal digits, a blank, and the entry as JSON on one line. An entry
counts once its line is complete; what a killed writer left after the last line end is dropped by the next one.
"""

from __future__ import annotations

import json
import os
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from nbkg.errors import DamagedFileError, StoreUnavailableError
from nbkg.storage.atomic_replace import sibling
from nbkg.storage.lock import try_lock

_WAIT_SECONDS = 10.0
_RETRY_SECONDS = 0.01
_BLOCK = 1 << 16
_ADVICE = "put a copy of the file in its place"


def append_entries(file: Path, entries: Sequence[Mapping[str, Any]]) -> None:
    """Append entries to a journal, which is made where it is missing; return when they are on disk.

    They count together or not at all as long as the machine does not stop in the middle. One process at a time writes;
    others wait for it. Raises StoreUnavailableError where they wait too long.
    """
    lines = b"".join(map(_line, entries))
    with _one_writer(file), file.open("ab") as stream:
        is_new = stream.tell() == 0
        stream.truncate(_complete_size(file))
        stream.write(lines)
        stream.flush()
        os.fsync(stream.fileno())
        if is_new:
            _flush_folder(file.parent)


def read_entries(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the entries of a journal, the oldest first; none of a journal that is not there.

    Raises DamagedFileError for a line that is not as it was written.
    """
    if not file.is_file():
        return
    with file.open("rb") as stream:
        yield from _entries(stream, file)


def _entries(stream: IO[bytes], file: Path) -> Iterator[dict[str, Any]]:
    offset = 0
    for line in stream:
        if not line.endswith(b"\n"):
            return  # its writer was killed, or is still writing
        yield _entry(line, file, offset)
        offset += len(line)


def _entry(line: bytes, file: Path, offset: int) -> dict[str, Any]:
    checksum, _, text = line[:-1].partition(b" ")
    if checksum != _checksum(text):
        raise DamagedFileError(f"the entry is not as it was written: {_ADVICE}", file=file, offset=offset)
    return dict(json.loads(text))


def _line(entry: Mapping[str, Any]) -> bytes:
    text = json.dumps(entry, ensure_ascii=False).encode()
    return b"%s %s\n" % (_checksum(text), text)


def _checksum(text: bytes) -> bytes:
    return b"%08x" % zlib.crc32(text)


def _complete_size(file: Path) -> int:
    """Return how many bytes the complete lines of a file have."""
    with file.open("rb") as stream:
        end = stream.seek(0, os.SEEK_END)
        while end:
            start = max(0, end - _BLOCK)
            stream.seek(start)
            line_end = stream.read(end - start).rfind(b"\n")
            if line_end >= 0:
                return start + line_end + 1
            end = start
    return 0


@contextmanager
def _one_writer(file: Path) -> Iterator[None]:
    """Wait until nobody else writes to the journal, and keep others from it in the block."""
    until = time.monotonic() + _WAIT_SECONDS
    while True:
        with try_lock(sibling(file, ".lock")) as is_free:
            if is_free:
                yield
                return
        if time.monotonic() > until:
            raise StoreUnavailableError(f"{file}: another process writes to it; try again")
        time.sleep(_RETRY_SECONDS)


def _flush_folder(folder: Path) -> None:
    """Return when the names of the files in a folder are on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
