"""Blank nodes: labels that depend on the data alone, and an end where they would take too long."""

from __future__ import annotations

import logging
import os
import sys
import time
from itertools import permutations
from pathlib import Path

import pytest

from nbkg.errors import ServiceError
from nbkg.rdf import blank_node_labels
from nbkg.rdf.blank_node_labels import BlankNodeLabeller


def _file(folder: Path, text: str) -> Path:
    path = folder / "blank"
    path.write_text(text)
    return path


def _one(folder: Path) -> Path:
    return _file(folder, '_:a <https://a.example/p> "x" .\n')


def test_labels_do_not_depend_on_the_labels_before(tmp_path: Path) -> None:
    with BlankNodeLabeller() as labeller:
        labelled = []
        for label in ("a", "zz"):
            path = _file(tmp_path, f'_:{label} <https://a.example/p> "x" .\n')
            labelled.append(labeller.label({"https://a.example/g": path})["https://a.example/g"])
    assert labelled[0] == labelled[1]
    assert labelled[0].canonical == [b'_:c14n0 <https://a.example/p> "x" .\n']


@pytest.mark.slow
def test_a_graph_that_cannot_be_labelled_in_time_is_given_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Every node is joined to every other: RDFC-1.0 would try all orders of them."""
    everyone = "".join(f"_:n{one} <https://a.example/p> _:n{other} .\n" for one, other in permutations(range(14), 2))
    with BlankNodeLabeller(max_seconds=3) as labeller, caplog.at_level(logging.WARNING):
        began = time.monotonic()
        assert labeller.label({None: _file(tmp_path, everyone)}) == {}
        assert time.monotonic() - began < 30
        assert "more than 3 seconds" in caplog.text
        assert labeller.label({None: _one(tmp_path)}), "the next is labelled"


def test_a_process_that_ends_is_reported_and_started_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with BlankNodeLabeller() as labeller, caplog.at_level(logging.WARNING):
        assert labeller.label({None: _one(tmp_path)})
        os.kill(labeller._process.pid, 9)  # type: ignore[union-attr,arg-type]
        assert labeller.label({None: _one(tmp_path)}) == {}
        assert "has ended" in caplog.text
        assert labeller.label({None: _one(tmp_path)}), "the next is labelled"


def test_a_process_that_cannot_import_its_code_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no fallback: a release without labels would look like one whose labels took too long."""
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "pyoxigraph.py").write_text("raise ImportError('this engine is broken')\n")
    monkeypatch.setattr(sys, "path", [str(broken), *sys.path])
    with BlankNodeLabeller() as labeller, pytest.raises(ServiceError, match="cannot start"):
        labeller.label({None: _one(tmp_path)})


def test_a_process_that_is_never_ready_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blank_node_labels, "_START_SECONDS", 0.0)
    with BlankNodeLabeller() as labeller, pytest.raises(ServiceError, match="cannot start"):
        labeller.label({None: _one(tmp_path)})


def test_too_many_are_not_tried(tmp_path: Path) -> None:
    path = _file(tmp_path, '_:a <https://a.example/p> "x" .\n_:b <https://a.example/p> "y" .\n')
    with BlankNodeLabeller(max_statements=1) as labeller:
        assert labeller.label({None: path}) == {}
