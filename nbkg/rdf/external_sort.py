"""Lines sorted outside of memory: sorted runs on disk, merged as they are read."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import count, groupby, islice
from pathlib import Path

RUN_LINES = 500_000
"""Lines that are held at a time: some 150 MB."""
_MERGED_RUNS = 64
"""Runs that are merged at a time."""
_BUFFER = 1 << 20


def sort_lines(lines: Iterable[bytes], folder: Path, run_lines: int = RUN_LINES) -> Path:
    """Return a new file in `folder` with the lines, sorted, each once."""
    names = (folder / f"run-{number}" for number in count())
    remaining = iter(lines)
    runs = []
    while batch := list(islice(remaining, run_lines)):
        runs.append(_write(sorted(set(batch)), next(names)))
    while len(runs) > 1:
        runs = [_merge(runs[at : at + _MERGED_RUNS], next(names)) for at in range(0, len(runs), _MERGED_RUNS)]
    return runs[0] if runs else _write((), next(names))


def distinct(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield sorted lines, each once."""
    return (line for line, _ in groupby(lines))


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
