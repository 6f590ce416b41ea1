"""Lines sorted outside of memory: sorted runs on disk, merged as they are read."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import count, islice
from pathlib import Path

RUN = 500_000
"""Lines that are held at a time: some 150 MB."""
_MOST = 64
"""Runs that are merged at a time."""


def sorted_lines(lines: Iterable[bytes], folder: Path, run: int = RUN) -> Path:
    """A file in `folder` with the lines, sorted, each once."""
    names = (folder / f"run-{number}" for number in count())
    remaining = iter(lines)
    runs = []
    while batch := list(islice(remaining, run)):
        runs.append(_written(sorted(set(batch)), next(names)))
    while len(runs) > 1:
        merged = [_merged(runs[at : at + _MOST], next(names)) for at in range(0, len(runs), _MOST)]
        runs = merged
    return runs[0] if runs else _written((), next(names))


def distinct(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Sorted lines, each once."""
    before = None
    for line in lines:
        if line != before:
            yield line
        before = line


def _merged(runs: list[Path], to: Path) -> Path:
    with ExitStack() as stack:
        made = _written(distinct(heapq.merge(*(stack.enter_context(run.open("rb")) for run in runs))), to)
    for run in runs:
        run.unlink()
    return made


def _written(lines: Iterable[bytes], to: Path) -> Path:
    with to.open("wb", buffering=1 << 20) as stream:
        stream.writelines(lines)
    return to
