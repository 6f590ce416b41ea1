"""Bars drawn by the server."""

from __future__ import annotations

from sparql_endpoint.pages.strategy.base.charts import BarPart, BarRow, bars
from sparql_endpoint.services.labels import TextLabel

_A, _B = (TextLabel(name) for name in "ab")


def test_parts_stand_beside_each_other_on_one_scale() -> None:
    drawing = bars(
        "k",
        "t",
        [BarRow(_A, [BarPart(_A, 3, 1), BarPart(_B, 1, 2)]), BarRow(_B, [BarPart(_A, 0, 1), BarPart(_B, 2, 2)])],
    )
    assert [(box.left, box.width) for line in drawing.lines for box in line.boxes] == [(0, 75), (75, 25), (0, 50)]
    assert [part.name.text for part in drawing.legend] == ["a", "b"]
    assert drawing.height == 2 * drawing.lines[1].top


def test_the_legend_has_the_colours_that_are_drawn() -> None:
    drawing = bars("k", "t", [BarRow(_A, [BarPart(_A, 0, 1), BarPart(_B, 2, 2)])])
    assert [part.name.text for part in drawing.legend] == ["a", "b"]
    assert [part.name.text for part in drawing.colours] == ["b"]


def test_a_number_stands_only_where_it_fits() -> None:
    drawing = bars("k", "t", [BarRow(_A, [BarPart(_A, 98, 1), BarPart(_B, 2, 2)])])
    assert [box.is_wide for box in drawing.lines[0].boxes] == [True, False]


def test_nothing_to_draw() -> None:
    assert bars("k", "t", []).height == 0
    assert bars("k", "t", [BarRow(_A, [BarPart(_A, 0, 1)])]).lines[0].boxes == []


def test_bars_of_one_part_need_no_legend() -> None:
    assert bars("k", "t", [BarRow(_A, [BarPart(_A, 2, 1)]), BarRow(_B, [BarPart(_B, 1, 2)])]).legend == []


def test_a_total_may_be_told() -> None:
    assert BarRow(_A, [BarPart(_A, 2, 1)], total=5).count == 5
    assert BarRow(_A, [BarPart(_A, 2, 1), BarPart(_B, 3, 1)]).count == 5
