"""Files of N-Quads: written line by line in the formats of a conversion, sorted, and merged."""

from __future__ import annotations

import gzip
import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast

import zstandard

from loader.marc.conversion.part_files import open_new
from nbkg.grouping import batched
from nbkg.rdf.compression import open_decompressed
from nbkg.rdf.external_sort import distinct

_GZIP_LEVEL = 1
"""Level 6 makes files a quarter smaller and takes a fifth of all the time of a conversion; level 1, a tenth."""
_ZSTANDARD_LEVEL = 3
_LINES = 5_000
"""Lines that are written at once."""
_MERGED = 32
"""Files that are merged at a time; each has buffers of some 3 MB."""


@contextmanager
def open_statements(file: Path) -> Iterator[IO[bytes]]:
    """Open a file for N-Quads, compressed as its name says. The same content gives the same bytes."""
    with open_new(file) as raw, ExitStack() as stack:
        if file.suffix == ".gz":
            yield cast(IO[bytes], stack.enter_context(gzip.GzipFile("", "wb", _GZIP_LEVEL, raw, mtime=0)))
        elif file.suffix == ".zst":
            writer = zstandard.ZstdCompressor(level=_ZSTANDARD_LEVEL).stream_writer(raw, closefd=False)
            yield cast(IO[bytes], stack.enter_context(writer))
        else:
            yield raw


def write_lines(file: Path, lines: Iterable[bytes]) -> int:
    """Write lines into a file, and return how many there were."""
    count = 0
    with open_statements(file) as stream:
        for batch in batched(lines, _LINES):
            count += len(batch)
            stream.write(b"".join(batch))
    return count


def merge_files(files: list[Path], file: Path, folder: Path) -> int:
    """Merge sorted files into one that has each line once, and return how many lines it has.

    Many files are merged in several rounds, by way of files in `folder`.
    """
    merged, number = list(files), 0
    while len(merged) > _MERGED:
        number += 1
        group, merged = merged[:_MERGED], merged[_MERGED:]
        between = folder / f"merged-{number:05}.nq.zst"
        _merge(group, between)
        merged.append(between)
    return _merge(merged, file)


def _merge(files: list[Path], file: Path) -> int:
    with ExitStack() as stack:
        streams = [stack.enter_context(open_decompressed(each)) for each in files]
        return write_lines(file, distinct(heapq.merge(*streams)))
