"""The drawing of a chart: shapes and words with coordinates, which the template writes as SVG."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sparql_endpoint.pages.results.chart import ResultBars, ResultLines

WIDTH = 760
_LETTER = 7.3
"""How wide a letter of a bar's name may be, at 13 pixels."""
_RIGHT = 70
_TOP = 34
"""Room for the names of the series."""
_BAR = 16
_GAP = 12
_HEIGHT = 320
_MARGIN = 60
_LONGEST_NAME = 38
_TICKS = 8


@dataclass(frozen=True)
class ChartWord:
    """A piece of text; `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    full: str = ""
    """All of it, where only its beginning is shown."""


@dataclass(frozen=True)
class ChartBox:
    """A bar in a tone of the palette."""

    x: float
    y: float
    width: float
    height: float
    tone: int


@dataclass(frozen=True)
class ChartPath:
    """A line through points, in a tone; a point that has no neighbour is still a point."""

    d: str
    points: Sequence[tuple[float, float]]
    tone: int


@dataclass(frozen=True)
class ChartDrawing:
    """The shapes and words of a chart; `keys` name the series."""

    height: float
    words: Sequence[ChartWord]
    rules: Sequence[tuple[float, float, float, float]]
    boxes: Sequence[ChartBox] = ()
    paths: Sequence[ChartPath] = ()
    keys: Sequence[tuple[ChartBox, ChartWord]] = ()


def draw(chart: ResultBars | ResultLines) -> ChartDrawing:
    """Return the drawing of a chart."""
    return _bars(chart) if isinstance(chart, ResultBars) else _lines(chart)


def _bars(chart: ResultBars) -> ChartDrawing:
    values = [value for one in chart.series for value in one.values if value is not None]
    low, high = min(0.0, *values), max(0.0, *values)
    names = [_short(name) for name in chart.names]
    start = 20 + max(map(len, names)) * _LETTER
    scale = (WIDTH - start - _RIGHT) / ((high - low) or 1)
    zero = start - low * scale
    step = _BAR * len(chart.series) + _GAP
    words, boxes = [], []
    for index, (name, short) in enumerate(zip(chart.names, names, strict=True)):
        top = _TOP + index * step
        middle = top + step / 2 - _GAP / 2 + 4.5
        words.append(ChartWord(_r(start - 10), _r(middle), short, "end", name if name != short else ""))
        for tone, one in enumerate(chart.series, start=1):
            value, y = one.values[index], top + (tone - 1) * _BAR
            if value is not None:
                width = abs(value) * scale
                left = zero if value >= 0 else zero - width
                boxes.append(ChartBox(_r(left), _r(y), _r(width), _BAR - 2, tone))
                words.append(ChartWord(_r(left + width + 5), _r(y + _BAR - 4), _text(value)))
    bottom = _TOP + len(chart.names) * step
    return ChartDrawing(bottom, words, [(_r(zero), _TOP - 4, _r(zero), bottom - 4)], boxes, keys=_keys(chart))


def _short(name: str) -> str:
    """Return the name, or its beginning where it is long."""
    return f"{name[: _LONGEST_NAME - 1].rstrip()}…" if len(name) > _LONGEST_NAME else name


def _lines(chart: ResultLines) -> ChartDrawing:
    values = [value for one in chart.series for value in one.values if value is not None]
    ticks = _steps(min(0.0, *values), max(0.0, *values))
    bottom, across = _TOP + _HEIGHT, WIDTH - 2 * _MARGIN
    first, days = chart.days[0], (chart.days[-1] - chart.days[0]) or 1
    along = [_r(_MARGIN + (day - first) / days * across) for day in chart.days]

    def up(value: float) -> float:
        return _r(bottom - (value - ticks[0]) / ((ticks[-1] - ticks[0]) or 1) * _HEIGHT)

    words = [ChartWord(_MARGIN - 8, up(tick) + 4, _text(tick), "end") for tick in ticks]
    every = math.ceil(len(along) / _TICKS)
    words += [
        ChartWord(along[index], bottom + 20, chart.names[index], "middle") for index in range(0, len(along), every)
    ]
    rules = [(_MARGIN, up(tick), WIDTH - _MARGIN, up(tick)) for tick in ticks]
    paths = [
        _path([(x, up(v)) if v is not None else None for x, v in zip(along, one.values, strict=True)], tone)
        for tone, one in enumerate(chart.series, start=1)
    ]
    return ChartDrawing(bottom + 32, words, rules, paths=paths, keys=_keys(chart))


def _path(points: Sequence[tuple[float, float] | None], tone: int) -> ChartPath:
    """Return the line, with a gap where a point is missing."""
    moves, pen = [], "M"
    for point in points:
        if point is not None:
            moves.append(f"{pen}{point[0]} {point[1]}")
        pen = "L" if point is not None else "M"
    return ChartPath("".join(moves), [point for point in points if point], tone)


def _steps(low: float, high: float) -> Sequence[float]:
    """Return four to eight round numbers with both within."""
    rough = ((high - low) or 1) / 5
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    begin, end = math.floor(low / step), math.ceil(high / step)
    return [round(step * index, 10) for index in range(begin, max(end, begin + 1) + 1)]


def _keys(chart: ResultBars | ResultLines) -> Sequence[tuple[ChartBox, ChartWord]]:
    return list(_each_key([one.name for one in chart.series]))


def _each_key(names: Sequence[str]) -> Iterator[tuple[ChartBox, ChartWord]]:
    room = (WIDTH - 20) / len(names)
    for index, name in enumerate(names):
        x = _r(10 + index * room)
        short = name if len(name) <= room / 8 else f"{name[: int(room / 8) - 1]}…"
        yield ChartBox(x, 6, 12, 12, index + 1), ChartWord(x + 18, 17, short, full="" if short == name else name)


def _text(value: float) -> str:
    return f"{value:,.0f}".replace(",", "\u202f") if value == int(value) else f"{value:.4g}"


def _r(value: float) -> float:
    return round(value, 1)
