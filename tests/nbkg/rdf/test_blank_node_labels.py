"""Blank nodes: names that depend on the data alone, and an end where they would take too long."""

from __future__ import annotations

import time
from itertools import permutations
from pathlib import Path

import pytest

from nbkg.rdf.blank_node_labels import Naming


def _file(folder: Path, text: str) -> Path:
    path = folder / "blank"
    path.write_text(text)
    return path


def test_names_do_not_depend_on_the_labels_before(tmp_path: Path) -> None:
    with Naming() as naming:
        found = []
        for label in ("a", "zz"):
            path = _file(tmp_path, f'_:{label} <https://a.example/p> "x" .\n')
            found.append(naming.named({"https://a.example/g": path}).graphs["https://a.example/g"])
    assert found[0] == found[1]
    assert found[0].canonical == [b'_:c14n0 <https://a.example/p> "x" .\n']


@pytest.mark.slow
def test_a_graph_that_cannot_be_named_in_time_is_given_up(tmp_path: Path) -> None:
    """Every node is joined to every other: RDFC-1.0 would try all orders of them."""
    everyone = "".join(f"_:n{one} <https://a.example/p> _:n{other} .\n" for one, other in permutations(range(14), 2))
    with Naming(seconds=3) as naming:
        began = time.monotonic()
        assert naming.named({None: _file(tmp_path, everyone)}).graphs == {}
        assert time.monotonic() - began < 30
        assert naming.named({None: _file(tmp_path, '_:a <https://a.example/p> "x" .\n')}).graphs, "the next is named"


def test_too_many_are_not_tried(tmp_path: Path) -> None:
    path = _file(tmp_path, '_:a <https://a.example/p> "x" .\n_:b <https://a.example/p> "y" .\n')
    with Naming(most=1) as naming:
        assert naming.named({None: path}).graphs == {}
