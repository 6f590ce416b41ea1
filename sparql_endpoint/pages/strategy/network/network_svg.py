"""The drawing of a network: units and partners on the left, measures in the middle, what they are about on the right.

Coordinates are pixels of the drawing; the text keeps its size, and what is too long for its place ends in an ellipsis
with the whole of it as the node's title.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile

from pyoxigraph import NamedNode

from sparql_endpoint.http import languages
from sparql_endpoint.pages.strategy.base.table import Measure
from sparql_endpoint.pages.strategy.measures.measures import View
from sparql_endpoint.pages.strategy.network.network_layout import Band, Column, Placed, ordered, placed
from sparql_endpoint.services.labels import Label

WIDTH = 1088
_MARGIN = 8
"""Pixels above and below the columns."""
_LEFT, _BOX, _BOX_END, _RIGHT = 264, 356, 704, 796
"""Where the edges leave what is on the left, reach and leave the measures, and reach what is on the right."""
_ROWS = (21, 46, 21)
"""Pixels that a row of each column needs."""
_HEADING = 34
_FITS = {"unit": 228, "partner": 240, "measure": 326, "service": 262}
"""Pixels for the text at a node, by its kind."""
_SIZE = 13
_THIN, _WIDE, _CAPITAL, _USUAL = 0.36, 0.95, 0.72, 0.61
"""Widths of letters in parts of the text's size, as those of the widest of the usual fonts are (DejaVu Sans)."""


@dataclass(frozen=True)
class Edge:
    """A measure and a thing that it has to do with, by a property's local name."""

    measure: Measure
    target: NamedNode
    relation: str

    @property
    def kind(self) -> str:
        """unit, service or partner: what the thing is to the measure."""
        return {"concerns": "service", "involves": "partner"}.get(self.relation, "unit")


@dataclass(frozen=True)
class Node:
    """A node as it is drawn: `x` and `y` are the middle of its mark, of a measure the left edge's."""

    key: str
    kind: str
    name: Label
    text: str
    x: float
    y: float
    measure: Measure | None = None


@dataclass(frozen=True)
class EdgeLine:
    """An edge as it is drawn: the keys of its nodes, its relation and its path."""

    one: str
    other: str
    relation: str
    path: str


@dataclass(frozen=True)
class Heading:
    """The name of some of a column's nodes; `x` is where it starts, or ends."""

    text: str
    x: float
    y: float
    at_end: bool


@dataclass(frozen=True)
class Picture:
    """A drawing."""

    height: float
    nodes: Sequence[Node]
    lines: Sequence[EdgeLine]
    headings: Sequence[Heading]
    width: int = WIDTH


def picture(measures: Sequence[Measure], edges: Sequence[Edge], view: View) -> Picture:
    """The drawing of these measures and edges."""
    nodes = _nodes(measures, edges, view)
    keys = {iri: f"n{number}" for number, iri in enumerate(nodes)}
    named = dict(zip(keys.values(), nodes.values(), strict=True))
    columns = ordered(
        _columns(measures, edges, keys, view), [(keys[edge.target], keys[edge.measure.iri]) for edge in edges]
    )
    height = max(_needed(column, row) for column, row in zip(columns, _ROWS, strict=True))
    rows = [placed(column, height, _HEADING) for column in columns]
    y = {row.name: row.y + _MARGIN for column in rows for row in column if not row.is_heading}
    return Picture(
        height + 2 * _MARGIN,
        [replace(named[key], key=key, y=y[key]) for key in y],
        [_line(keys[edge.measure.iri], keys[edge.target], edge, y) for edge in edges],
        list(_headings(rows)),
    )


def _nodes(measures: Sequence[Measure], edges: Sequence[Edge], view: View) -> Mapping[NamedNode, Node]:
    """The nodes before they have a place of their own."""
    nodes: dict[NamedNode, Node] = {}
    for measure in measures:
        name = view.title(measure)
        nodes[measure.iri] = Node("", "measure", name, _fitted(name.text, "measure"), _BOX, 0, measure)
    for edge in edges:
        name = view.labels.of(edge.target)
        x = _RIGHT + 6 if edge.kind == "service" else _LEFT - 6
        nodes.setdefault(edge.target, Node("", edge.kind, name, _fitted(name.text, edge.kind), x, 0))
    return nodes


def _fitted(text: str, kind: str) -> str:
    """The text, or as much of it as fits at such a node and an ellipsis."""
    bold = 1.12 if kind == "unit" else 1.0
    ends = accumulate(_width(letter) * _SIZE * bold for letter in text)
    fits = sum(1 for _ in takewhile(lambda end: end <= _FITS[kind], ends))
    return text if fits == len(text) else f"{text[: fits - 1].rstrip()}…"


def _width(letter: str) -> float:
    if letter in "ijltfrI.,:;'()-–/ ":
        return _THIN
    if letter in "mwMW":
        return _WIDE
    return _CAPITAL if letter.isupper() else _USUAL


def _columns(
    measures: Sequence[Measure], edges: Sequence[Edge], keys: Mapping[NamedNode, str], view: View
) -> Sequence[Column]:
    """Who: units and partners; the measures by theme; and what they are about."""

    def band(*kinds: str) -> Band:
        keys_of_band = dict.fromkeys(keys[edge.target] for edge in edges if edge.kind in kinds)
        drawn_kinds = [kind for kind in kinds if any(edge.kind == kind for edge in edges)]
        heading = languages.say(f"network_{'_'.join(drawn_kinds)}", view.labels.language) if drawn_kinds else ""
        return Band(heading, list(keys_of_band))

    themes = sorted(dict.fromkeys(measure.theme for measure in measures), key=lambda theme: theme is None)
    middle = [Band(_theme(theme, view), [keys[m.iri] for m in measures if m.theme == theme]) for theme in themes]
    return [[band("unit", "partner")], middle, [band("service")]]


def _theme(theme: NamedNode | None, view: View) -> str:
    return view.labels.of(theme).text if theme else languages.say("without_theme", view.labels.language)


def _needed(column: Column, row: int) -> float:
    return sum(len(band.nodes) * row + (_HEADING if band.nodes else 0) for band in column)


def _line(measure: str, target: str, edge: Edge, y: Mapping[str, float]) -> EdgeLine:
    on_left = edge.kind != "service"
    start, end = (_LEFT, _BOX) if on_left else (_BOX_END, _RIGHT)
    a, b = (y[target], y[measure]) if on_left else (y[measure], y[target])
    middle = (start + end) / 2
    return EdgeLine(measure, target, edge.relation, f"M{start} {a:g}C{middle:g} {a:g} {middle:g} {b:g} {end} {b:g}")


def _headings(columns: Iterable[Sequence[Placed]]) -> Iterable[Heading]:
    for column, x, at_end in zip(columns, (_LEFT, _BOX, _RIGHT), (True, False, False), strict=True):
        yield from (Heading(row.name, x, row.y + _MARGIN + 4, at_end) for row in column if row.is_heading)
