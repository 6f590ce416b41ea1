"""Whether two versions of the code convert every MARC file of the shared data to the same bytes."""

from __future__ import annotations

import filecmp
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import sample_conversions

_LONGEST = 300
"""Characters that are shown of a line."""


def iter_differences(data: Path, code: Path, other: Path) -> Iterator[str]:
    """Yield a text for each file that two versions of the code write differently: statements, reports, quarantine.

    `code` and `other` are folders with the packages: a checkout, or a wheel that was unpacked.
    """
    with TemporaryDirectory() as name:
        folders = [Path(name) / each for each in ("one", "two")]
        for folder, packages in zip(folders, (code, other), strict=True):
            _convert(data, folder, packages)
        files = sorted({file.relative_to(folder) for folder in folders for file in folder.rglob("*") if file.is_file()})
        if not files:
            yield f"{data}: there is no MARC file"
        for file in files:
            yield from _differences(file, *(folder / file for folder in folders))


def _convert(data: Path, out: Path, packages: Path) -> None:
    """Convert the files in a process that has these packages, and the benchmarks of this checkout."""
    paths = os.pathsep.join([str(packages.absolute()), str(Path(__file__).parent.parent)])
    command = [sys.executable, "-P", sample_conversions.__file__, str(data.absolute()), str(out)]
    subprocess.run(command, check=True, cwd=packages, env={**os.environ, "PYTHONPATH": paths})


def _differences(name: Path, one: Path, two: Path) -> Iterator[str]:
    if not (one.is_file() and two.is_file()):
        yield f"{name}: only one of the two wrote it"
    elif not filecmp.cmp(one, two, shallow=False):
        with one.open("rb") as first, two.open("rb") as second:
            pairs = enumerate(zip_longest(first, second, fillvalue=b""), 1)
            yield next(
                f"{name}, line {number}:\n  {left[:_LONGEST]!r}\n  {right[:_LONGEST]!r}"
                for number, (left, right) in pairs
                if left != right
            )
