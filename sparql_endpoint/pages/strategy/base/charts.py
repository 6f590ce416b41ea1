"""Bars, drawn as SVG by the server: lengths in per cent, so that the text keeps its size however wide the page is.

`templates/drawing.html` makes the SVG, its legend and the table with the same numbers. Colours are classes of the style
sheet; each part tells its number too, and nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sparql_endpoint.services.labels import Label

_LABEL = 20
"""Pixels from the top of a row to its bar; the row's name stands there."""
_BAR = 22
_ROW = 54
_NARROWEST = 6.0
"""Per cent of the width that a part needs for its number to stand in it."""


@dataclass(frozen=True)
class BarPart:
    """A part of a bar: its number, where that leads, and the number of its colour in the palette."""

    name: Label
    value: int
    fill: int
    href: str | None = None


@dataclass(frozen=True)
class BarRow:
    """A bar: what it counts, and its parts in order."""

    name: Label
    parts: Sequence[BarPart]
    href: str | None = None
    total: int = 0
    """How many there are in all; the sum of the parts where it is not told."""

    @property
    def count(self) -> int:
        """How many it counts."""
        return self.total or sum(part.value for part in self.parts)


@dataclass(frozen=True)
class BarBox:
    """A part as it is drawn; left and width in per cent."""

    part: BarPart
    left: float
    width: float

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return round(self.left + self.width / 2, 2)

    @property
    def is_wide(self) -> bool:
        """Whether its number fits in."""
        return self.width >= _NARROWEST


@dataclass(frozen=True)
class BarLine:
    """A row as it is drawn; heights in pixels."""

    row: BarRow
    boxes: Sequence[BarBox]
    top: int

    @property
    def base(self) -> int:
        """Where the name's letters stand."""
        return self.top + _LABEL - 6

    @property
    def bar(self) -> int:
        """Where the bar begins."""
        return self.top + _LABEL

    @property
    def centre(self) -> int:
        """Where a number in the bar stands."""
        return self.bar + _BAR // 2 + 5


@dataclass(frozen=True)
class BarChart:
    """A drawing of bars, on one scale."""

    key: str
    """What the ids of its elements begin with; stands once on a page."""
    title: str
    lines: Sequence[BarLine]
    legend: Sequence[BarPart]
    """The parts that rows have, each once; empty where each row is one part."""

    @property
    def height(self) -> int:
        """Pixels."""
        return len(self.lines) * _ROW

    @property
    def colours(self) -> Sequence[BarPart]:
        """The parts of the legend that are drawn."""
        drawn = {box.part.name.text for line in self.lines for box in line.boxes}
        return [part for part in self.legend if part.name.text in drawn]

    @property
    def bar_height(self) -> int:
        """Pixels."""
        return _BAR


def bars(key: str, title: str, rows: Sequence[BarRow]) -> BarChart:
    """The drawing of rows, the longest as wide as the page lets it be."""
    longest = max((sum(part.value for part in row.parts) for row in rows), default=0) or 1
    lines = [BarLine(row, _boxes(row, longest), index * _ROW) for index, row in enumerate(rows)]
    parts = {part.name.text: part for row in rows for part in row.parts}
    legend = list(parts.values()) if any(len(row.parts) > 1 for row in rows) else []
    return BarChart(key, title, lines, legend)


def _boxes(row: BarRow, longest: int) -> Sequence[BarBox]:
    boxes: list[BarBox] = []
    before = 0
    for part in row.parts:
        if part.value:
            boxes.append(BarBox(part, round(100 * before / longest, 2), round(100 * part.value / longest, 2)))
        before += part.value
    return boxes
