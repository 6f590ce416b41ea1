"""The drawing of a selection: units and partners on the left, measures in the middle, what they are about on the right.

Coordinates are pixels of the drawing. A label that is too long for its place has several lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from sparql_endpoint.http import languages
from sparql_endpoint.pages.strategy.base.filters import Value
from sparql_endpoint.pages.strategy.base.table import Measure
from sparql_endpoint.pages.strategy.measures.measures import View
from sparql_endpoint.pages.strategy.network.label_lines import label_lines
from sparql_endpoint.pages.strategy.network.network_layout import Band, Column, Placed, ordered, placed
from sparql_endpoint.services.labels import Label, TextLabel

WIDTH = 1088
_MARGIN = 8
"""Pixels above and below the columns."""
_LEFT, _BOX, _BOX_END, _RIGHT = 264, 356, 704, 796
"""Where the edges leave what is on the left, reach and leave the measures, and reach what is on the right."""
_HEADING = 34
_FITS = {"unit": 232, "partner": 236, "measure": 326, "service": 266}
"""Pixels for the text at a node, by its kind."""
_SIZE = 13
_LINE = 16
"""Pixels from one line to the next."""

Select = Callable[[str, Value], str]
"""Returns the address of the network of one unit, service, partner or theme, by its kind."""


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
    lines: Sequence[str]
    x: float
    y: float
    measure: Measure | None = None
    is_selected: bool = False

    @property
    def size(self) -> float:
        """Return how many pixels of its column the node needs."""
        return self.box + 8 if self.measure else len(self.lines) * _LINE + 6

    @property
    def box(self) -> float:
        """Return the height of a measure's box."""
        return len(self.lines) * _LINE + 24

    @property
    def first_line(self) -> float:
        """Return where the first line of the label stands."""
        if self.measure:
            return self.y - self.box / 2 + 18
        return self.y - (len(self.lines) - 1) * _LINE / 2 + 4


@dataclass(frozen=True)
class EdgeLine:
    """An edge as it is drawn: the keys of its nodes, its relation, its path, and whether it is of what was selected."""

    one: str
    other: str
    relation: str
    path: str
    is_selected: bool


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


def picture(
    measures: Sequence[Measure], edges: Sequence[Edge], view: View, select: Select, selected: frozenset[NamedNode]
) -> Picture:
    """The drawing of these measures and edges; those of what is selected stand out."""
    nodes = _nodes(measures, edges, view, select)
    keys = {iri: f"n{number}" for number, iri in enumerate(nodes)}
    named = dict(zip(keys.values(), nodes.values(), strict=True))
    sizes = {key: node.size for key, node in named.items()}
    columns = ordered(
        _columns(measures, edges, keys, view), [(keys[edge.target], keys[edge.measure.iri]) for edge in edges]
    )
    height = max(_needed(column, sizes) for column in columns)
    rows = [placed(column, height, _HEADING, sizes) for column in columns]
    y = {row.name: row.y + _MARGIN for column in rows for row in column if not row.is_heading}
    highlighted = {keys[iri] for iri in selected if iri in keys}
    return Picture(
        height + 2 * _MARGIN,
        [replace(named[key], key=key, y=y[key], is_selected=key in highlighted) for key in y],
        [_line(keys[edge.measure.iri], keys[edge.target], edge, y, edge.target in selected) for edge in edges],
        list(_headings(rows)),
    )


def _nodes(measures: Sequence[Measure], edges: Sequence[Edge], view: View, select: Select) -> Mapping[NamedNode, Node]:
    """The nodes before they have a place of their own; what is not a measure leads to the network of it alone."""
    nodes: dict[NamedNode, Node] = {}
    for measure in measures:
        name = view.title(measure)
        nodes[measure.iri] = Node("", "measure", name, _lines(name.text, "measure"), _BOX, 0, measure)
    for edge in edges:
        name = view.labels.of(edge.target)
        x = _RIGHT + 6 if edge.kind == "service" else _LEFT - 6
        leading = TextLabel(name.text, name.language, select(edge.kind, edge.target), name.title)
        nodes.setdefault(edge.target, Node("", edge.kind, leading, _lines(name.text, edge.kind), x, 0))
    return nodes


def _lines(text: str, kind: str) -> Sequence[str]:
    return label_lines(text, _FITS[kind], _SIZE, bold=kind == "unit")


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


def _needed(column: Column, sizes: Mapping[str, float]) -> float:
    return sum(sum(sizes[node] for node in band.nodes) + (_HEADING if band.nodes else 0) for band in column)


def _line(measure: str, target: str, edge: Edge, y: Mapping[str, float], is_selected: bool) -> EdgeLine:
    on_left = edge.kind != "service"
    start, end = (_LEFT, _BOX) if on_left else (_BOX_END, _RIGHT)
    a, b = (y[target], y[measure]) if on_left else (y[measure], y[target])
    middle = (start + end) / 2
    path = f"M{start} {a:g}C{middle:g} {a:g} {middle:g} {b:g} {end} {b:g}"
    return EdgeLine(measure, target, edge.relation, path, is_selected)


def _headings(columns: Iterable[Sequence[Placed]]) -> Iterable[Heading]:
    for column, x, at_end in zip(columns, (_LEFT, _BOX, _RIGHT), (True, False, False), strict=True):
        yield from (Heading(row.name, x, row.y + _MARGIN + 4, at_end) for row in column if row.is_heading)
