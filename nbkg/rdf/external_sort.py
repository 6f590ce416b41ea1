"""Lines sorted outside of memory: sorted runs on disk, merged as they are read.

Memory is bounded by bytes, not by lines: some 100 MB whatever their number and length.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import count, groupby
from pathlib import Path

from nbkg.grouping import batched

RUN_BYTES = 32 << 20
"""Bytes of lines that are held and sorted at a time."""
_CHUNK = 1_000
"""Lines that are taken at a time."""
_MERGED_RUNS = 128
"""Runs that are merged at a time: 4 GB of lines are merged once."""
_BUFFER = 256 << 10
"""Bytes of each run that are read at a time."""


def sort_lines(lines: Iterable[bytes], folder: Path, *, run_bytes: int = RUN_BYTES) -> Path:
    """Return a new file in `folder` with the lines, sorted, each once."""
    names = (folder / f"run-{number}" for number in count())
    runs = [_write(sorted(run), next(names)) for run in _runs(lines, run_bytes)]
    while len(runs) > 1:
        runs = [_merge(runs[at : at + _MERGED_RUNS], next(names)) for at in range(0, len(runs), _MERGED_RUNS)]
    return runs[0] if runs else _write((), next(names))


def distinct(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield sorted lines, each once."""
    return (line for line, _ in groupby(lines))


def _runs(lines: Iterable[bytes], run_bytes: int) -> Iterator[set[bytes]]:
    run, size = set[bytes](), 0
    for chunk in batched(lines, _CHUNK):
        run.update(chunk)
        size += sum(map(len, chunk))
        if size >= run_bytes:
            yield run
            run, size = set(), 0
    if run:
        yield run


def _merge(runs: list[Path], to: Path) -> Path:
    with ExitStack() as stack:
        streams = [stack.enter_context(run.open("rb", buffering=_BUFFER)) for run in runs]
        merged = _write(distinct(heapq.merge(*streams)), to)
    for run in runs:
        run.unlink()
    return merged


def _write(lines: Iterable[bytes], to: Path) -> Path:
    with to.open("wb", buffering=_BUFFER) as stream:
        stream.writelines(lines)
    return to
