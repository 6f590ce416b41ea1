"""Coordinates of 034 in each form that MARC 21 gives, and the shapes that they make."""

from __future__ import annotations

import pytest

from loader.marc.values.coordinates import read_box, shape_of
from tests.loader.marc.mapped import Mapped, record


@pytest.mark.parametrize(
    ("sides", "box"),
    [
        (["E0120000", "E0123000", "N0680000", "N0674500"], [12.0, 12.5, 68.0, 67.75]),
        (["E012.0", "E012.5", "N068.0", "N067.75"], [12.0, 12.5, 68.0, 67.75]),
        (["+012.0", "+012.5", "+68.0", "+67.75"], [12.0, 12.5, 68.0, 67.75]),
        (["E01200.0", "E01230.0", "N06800.0", "N06745.0"], [12.0, 12.5, 68.0, 67.75]),
        (["E0120000.0", "E0123000.0", "N0680000.0", "N0674500.0"], [12.0, 12.5, 68.0, 67.75]),
        (["W0735600", "W0735430", "S0010000", "S0013000"], [-73.9333333, -73.9083333, -1.0, -1.5]),
        (["-073.5", "E000.0", "N000.0", "-01.5"], [-73.5, 0.0, 0.0, -1.5]),
        (["E0251530.5", "E0251531", "N0681530.5", "N0681530.5"], [25.2584722, 25.2586111, 68.2584722, 68.2584722]),
    ],
)
def test_each_side_is_degrees(sides: list[str], box: list[float]) -> None:
    assert list(map(float, read_box(sides))) == box


@pytest.mark.parametrize(
    "sides",
    [
        ["E0120000", "E0123000", "N0674500", "N0680000"],
        ["N0120000", "E0123000", "N0680000", "N0674500"],
        ["E1900000", "E1950000", "N0680000", "N0674500"],
        ["E0126000", "E0130000", "N0680000", "N0674500"],
        ["E12", "E13", "N68", "N67"],
        ["E0120000", "E0123000", "N0680000", ""],
        ["E012----", "E0123000", "N0680000", "N0674500"],
        ["0120000", "E0123000", "N0680000", "N0674500"],
    ],
    ids=["upside down", "north for west", "over 180", "60 minutes", "no form", "a side missing", "unknown", "no sign"],
)
def test_what_is_no_box_has_no_geometry_and_is_reported(sides: list[str]) -> None:
    assert read_box(sides) == ()
    mapped = Mapped(
        [record("034 0_ " + " ".join(f"${code} {side or 'x'}" for code, side in zip("defg", sides, strict=True)))]
    )
    assert mapped.of_class("geo:Geometry") == []
    assert ("034", "no-box") in mapped.doubts()


@pytest.mark.parametrize(
    ("sides", "shape"),
    [
        (["E0100000", "E0100000", "N0600000", "N0600000"], "POINT(10 60)"),
        (["E0100000", "E0100000", "N0610000", "N0600000"], "LINESTRING(10 60,10 61)"),
        (["E0100000", "E0110000", "N0610000", "N0600000"], "POLYGON((10 60,11 60,11 61,10 61,10 60))"),
        (
            ["E1700000", "W1700000", "N0100000", "S0100000"],
            "MULTIPOLYGON(((170 -10,180 -10,180 10,170 10,170 -10)),((-180 -10,-170 -10,-170 10,-180 10,-180 -10)))",
        ),
    ],
    ids=["point", "line", "box", "across the date line"],
)
def test_a_box_is_a_shape_with_longitude_first(sides: list[str], shape: str) -> None:
    assert shape_of(read_box(sides)) == shape
