"""The sides of a map in 034, as degrees, and the shape that they have together as well-known text (WKT).

https://www.loc.gov/marc/bibliographic/bd034.html, https://docs.ogc.org/is/22-047r1/22-047r1.html (GeoSPARQL 1.1, 8.8.1)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

_SIDE = re.compile(r"(?P<sign>[NSEW+-])(?P<digits>\d{2,7})(?:[.,](?P<part>\d+))?")
_DEGREES, _MINUTES, _SECONDS = 3, 5, 7
"""How many digits stand before the decimal sign where degrees, minutes or seconds have decimals."""
_NEGATIVE = frozenset("SW-")
_LETTERS = ("EW", "EW", "NS", "NS")
"""The letters that may stand before $d (west), $e (east), $f (north) and $g (south)."""
_MOST = (180, 180, 90, 90)
_DATE_LINE = Decimal(180)


def read_box(sides: Sequence[str]) -> tuple[Decimal, ...]:
    """Return west, east, north and south in degrees, or nothing where a side is none or south is north of north."""
    read = tuple(_side(text.replace(" ", ""), position) for position, text in enumerate(sides))
    box = tuple(side for side in read if side is not None)
    return box if len(box) == len(_MOST) and box[2] >= box[3] else ()


def _side(text: str, position: int) -> Decimal | None:
    match = _SIDE.fullmatch(text)
    if match is None or match["sign"] not in f"{_LETTERS[position]}+-":
        return None
    degrees = _degrees(match["digits"], match["part"] or "")
    if degrees is None or degrees > _MOST[position]:
        return None
    return -degrees if match["sign"] in _NEGATIVE else degrees


def _degrees(digits: str, part: str) -> Decimal | None:
    """Return degrees of a text of degrees (three digits), minutes and seconds (two each), the last with decimals."""
    if len(digits) == _DEGREES - 1 and part:
        digits = f"0{digits}"
    if len(digits) not in {_DEGREES, _MINUTES, _SECONDS}:
        return None
    parts = [digits[:3], *(digits[position : position + 2] for position in range(3, len(digits), 2))]
    numbers = [Decimal(each) for each in parts]
    numbers[-1] += Decimal(f"0.{part or 0}")
    if any(number >= 60 for number in numbers[1:]):
        return None
    return round(sum((number / 60**position for position, number in enumerate(numbers)), Decimal()), 7)


def shape_of(box: Sequence[Decimal]) -> str:
    """Return a box as WKT, longitude first: a point, a line, a polygon, or two where it crosses the date line."""
    west, east, north, south = box
    if (west, north) == (east, south):
        return f"POINT({_point(west, north)})"
    if west == east or north == south:
        return f"LINESTRING({_point(west, south)},{_point(east, north)})"
    if west < east:
        return f"POLYGON({_ring(box)})"
    return f"MULTIPOLYGON(({_ring((west, _DATE_LINE, north, south))}),({_ring((-_DATE_LINE, east, north, south))}))"


def _ring(box: Sequence[Decimal]) -> str:
    """Return the corners counter-clockwise from the south-west, which comes again at the end."""
    west, east, north, south = box
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return f"({','.join(_point(*corner) for corner in corners)})"


def _point(longitude: Decimal, latitude: Decimal) -> str:
    return f"{_plain(longitude)} {_plain(latitude)}"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
