"""Which results are drawn, and where everything stands."""

from __future__ import annotations

from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode

from sparql_endpoint.pages.results.chart import ResultBars, ResultLines, Series, choose_chart
from sparql_endpoint.pages.results.chart_svg import WIDTH, draw
from sparql_endpoint.stores.base import Term

YEAR = NamedNode("http://www.w3.org/2001/XMLSchema#gYear")
DAY = NamedNode("http://www.w3.org/2001/XMLSchema#date")


def _term(value: Any) -> Term | None:
    return value if value is None or isinstance(value, Literal | NamedNode) else Literal(value)


def _fitting(names: str, *rows: tuple[Any, ...]) -> ResultBars | ResultLines | None:
    return choose_chart(names.split(), [[_term(value) for value in row] for row in rows], lambda term: term.value)  # type: ignore[union-attr]  # no triples here


def test_numbers_by_name_are_bars() -> None:
    assert _fitting("unit n", ("TK", 3), ("BB", 5)) == ResultBars(["TK", "BB"], [Series("n", [3.0, 5.0])])


def test_several_columns_of_names_and_of_numbers() -> None:
    chart = _fitting("theme status n share", ("a", "open", 1, 0.5), ("a", None, 2, None))
    assert chart == ResultBars(["a · open", "a · –"], [Series("n", [1.0, 2.0]), Series("share", [0.5, None])])


def test_numbers_over_time_are_lines_in_the_order_of_time() -> None:
    chart = _fitting("day n", (Literal("2026-01-01", datatype=DAY), 2), (Literal("2025-12-01", datatype=DAY), 1))
    assert isinstance(chart, ResultLines)
    assert (chart.names, chart.series[0].values) == (["2025-12-01", "2026-01-01"], [1.0, 2.0])
    assert chart.days[1] - chart.days[0] == 31


@pytest.mark.parametrize(
    "years", [(2019, 2021), ("2019", "2021"), (Literal("2019", datatype=YEAR), Literal("2021", datatype=YEAR))]
)
def test_years_are_times(years: tuple[Any, Any]) -> None:
    assert isinstance(_fitting("year n", *((year, 1) for year in years)), ResultLines)


@pytest.mark.parametrize(
    "rows",
    [
        [("TK", 3)],
        [("TK", "three"), ("BB", "five")],
        [("same", 1), ("same", 2)],
        [(1, 2), (3, 4)],
        [("TK", Literal("NaN", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#double"))), ("BB", 1)],
        [(f"{n}", n) for n in range(61)],
        [],
    ],
)
def test_what_does_not_fit(rows: list[tuple[Any, ...]]) -> None:
    assert _fitting("a b", *rows) is None


def test_bars_are_as_long_as_their_numbers() -> None:
    drawing = draw(ResultBars(["a", "b"], [Series("n", [10.0, 5.0])]))
    assert drawing.boxes[0].width == pytest.approx(2 * drawing.boxes[1].width, abs=0.2)
    assert max(box.x + box.width for box in drawing.boxes) < WIDTH


def test_a_negative_number_goes_the_other_way() -> None:
    up, down = draw(ResultBars(["a", "b"], [Series("n", [1.0, -1.0])])).boxes
    assert up.x == pytest.approx(down.x + down.width, abs=0.2)


def test_a_gap_in_a_line_is_a_gap() -> None:
    (path,) = draw(ResultLines(["2019", "2020", "2021"], [0, 365, 731], [Series("n", [1.0, None, 2.0])])).paths
    assert path.d.count("M") == 2
    assert len(path.points) == 2


@pytest.mark.parametrize("values", [[0.0, 0.0], [1e-9, 2e-9], [1e12, -3.0], [5.0, 5.0]])
def test_every_point_is_within_the_drawing(values: list[float]) -> None:
    drawing = draw(ResultLines(["2019", "2021"], [0, 731], [Series("n", values)]))
    assert all(0 <= x <= WIDTH and 0 <= y <= drawing.height for path in drawing.paths for x, y in path.points)


def test_a_long_name_is_cut_and_told_in_full() -> None:
    name = "x" * 100
    (word,) = [word for word in draw(ResultBars([name, "b"], [Series("n", [1.0, 2.0])])).words if word.full]
    assert word.full == name
    assert len(word.text) < 40
