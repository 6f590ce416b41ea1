"""Sorting on disk: many runs, merged in one or several steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from nbkg.rdf import external_sort
from nbkg.rdf.external_sort import sort_lines

LINES = [b"%d\n" % (number * 7919 % 1000) for number in range(3000)]


@pytest.mark.parametrize("chunk", [1000, 100, 10], ids=["3 runs", "30 runs", "300 runs, merged twice"])
def test_each_line_comes_once_and_in_order(chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external_sort, "_CHUNK", chunk)
    file = sort_lines(LINES, tmp_path, run_bytes=1)
    assert file.read_bytes().splitlines(keepends=True) == sorted(set(LINES))
    assert list(tmp_path.iterdir()) == [file]


def test_no_line_gives_an_empty_file(tmp_path: Path) -> None:
    assert sort_lines([], tmp_path).read_bytes() == b""


def test_long_lines_do_not_make_larger_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded by bytes: a run ends where it holds enough of them, however few lines these are."""
    sizes = []
    write = external_sort._write

    def watched(lines: list[bytes], to: Path) -> Path:
        file = write(lines, to)
        sizes.append(file.stat().st_size)
        return file

    monkeypatch.setattr(external_sort, "_write", watched)
    monkeypatch.setattr(external_sort, "_CHUNK", 1)
    sort_lines((b"%d" % number * 100 + b"\n" for number in range(100, 120)), tmp_path, run_bytes=1000)
    assert max(sizes[:-1]) < 1400
