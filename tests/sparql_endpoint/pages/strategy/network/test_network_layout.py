"""Where the nodes of a layered drawing stand."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparql_endpoint.pages.strategy.network.label_lines import label_lines
from sparql_endpoint.pages.strategy.network.network_layout import Band, ordered, placed


def _crossings(left: list[str], right: list[str], edges: list[tuple[str, str]]) -> int:
    """Counted pair by pair."""
    ends = [(left.index(a), right.index(b)) for a, b in edges]
    return sum((a - c) * (b - d) < 0 for place, (a, b) in enumerate(ends) for c, d in ends[place + 1 :])


def test_what_can_be_untangled_is() -> None:
    left, right = [f"a{n}" for n in range(12)], [f"b{n}" for n in range(12)]
    random.Random(7).shuffle(right)  # noqa: S311  # no secret: any mess will do
    edges = list(zip(left, sorted(right, key=lambda name: int(name[1:])), strict=True))
    assert _crossings(left, right, edges) > 10
    (one,), (other,) = ordered([[Band("", left)], [Band("", right)]], edges)
    assert _crossings(list(one.nodes), list(other.nodes), edges) == 0


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40, unique=True))
def test_it_never_gets_worse_and_loses_nothing(pairs: list[tuple[int, int]]) -> None:
    left, right = [f"a{n}" for n in range(10)], [f"b{n}" for n in range(10)]
    edges = [(f"a{a}", f"b{b}") for a, b in pairs]
    (one,), (other,) = ordered([[Band("", left)], [Band("", right)]], edges)
    assert sorted(one.nodes) == left
    assert sorted(other.nodes) == right
    assert _crossings(list(one.nodes), list(other.nodes), edges) <= _crossings(left, right, edges)
    assert ordered([[Band("", left)], [Band("", right)]], edges) == [[one], [other]], "the same each time"


def test_bands_stay_together_and_in_their_order() -> None:
    columns = [[Band("x", ["a", "b"]), Band("y", ["c"])], [Band("", ["1", "2", "3"])]]
    first, _ = ordered(columns, [("a", "3"), ("b", "1"), ("c", "2")])
    assert [(band.heading, sorted(band.nodes)) for band in first] == [("x", ["a", "b"]), ("y", ["c"])]


def test_rows_are_spread_over_the_height_below_their_headings() -> None:
    rows = placed([Band("x", ["a", "b"]), Band("", ["c"]), Band("empty", [])], 100, 10, dict.fromkeys("abc", 5.0))
    assert [(row.name, row.y, row.is_heading) for row in rows] == [
        ("x", 5, True), ("a", 25, False), ("b", 55, False), ("c", 85, False),
    ]  # fmt: skip


def test_rows_of_more_lines_have_more_space() -> None:
    rows = placed([Band("", ["a", "b"])], 60, 10, {"a": 10, "b": 30})
    assert [row.y for row in rows] == [10, 40]


@pytest.mark.parametrize("width", [60, 116, 290])
def test_a_label_is_broken_into_lines_and_never_cut(width: int) -> None:
    text = "Sikt – Kunnskapssektorens tjenesteleverandør (29)"
    lines = label_lines(text, width, 13)
    assert " ".join(lines) == text
    assert len(lines) > 1
    assert label_lines("", width, 13) == []


def test_nothing_is_placed_nowhere() -> None:
    assert placed([], 100, 10, {}) == []
    assert ordered([[], []], []) == [[], []]
