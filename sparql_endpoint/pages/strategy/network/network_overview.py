"""The network at a glance: who or what is on the left, the themes on the right, and a ribbon for all measures between.

A ribbon is as wide as the number of its measures, as in a Sankey diagram.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from sparql_endpoint.http import languages
from sparql_endpoint.pages.strategy.base.filters import NONE
from sparql_endpoint.pages.strategy.measures.measures import View
from sparql_endpoint.pages.strategy.network.label_lines import label_lines
from sparql_endpoint.pages.strategy.network.network_svg import Edge, Select
from sparql_endpoint.services.labels import Label, TextLabel

_LINE = 17
"""Pixels from one line of a label to the next."""
_GAP = 9
_HEADING = 30


@dataclass(frozen=True)
class Geometry:
    """The measures of a drawing in pixels; labels take `label` of them on the left side."""

    name: str
    width: float
    label: float
    label_right: float
    size: float
    per_measure: float
    is_bold: bool = False
    bar: float = 8

    @property
    def left(self) -> float:
        """Return where the bars of the left side end."""
        return self.label + 8 + self.bar

    @property
    def right(self) -> float:
        """Return where the bars of the right side begin."""
        return self.width - self.label_right - 8 - self.bar


GEOMETRIES = (Geometry("wide", 860, 290, 230, 14, 9, is_bold=True), Geometry("narrow", 344, 140, 96, 11.5, 8))
"""For a window as wide as a page and for a phone."""


@dataclass(frozen=True)
class OverviewNode:
    """A bar with its label: `y` is the middle of both, `height` the bar's, `text_x` where the lines begin or end."""

    key: str
    kind: str
    name: Label
    count: int
    """How many measures the node has."""
    lines: Sequence[str]
    first_line: float
    x: float
    y: float
    height: float
    text_x: float


@dataclass(frozen=True)
class Ribbon:
    """The measures that two nodes have in common."""

    one: str
    other: str
    names: tuple[str, str]
    count: int
    path: str


@dataclass(frozen=True)
class NetworkGlance:
    """A drawing for one width of window."""

    geometry: Geometry
    height: float
    nodes: Sequence[OverviewNode]
    ribbons: Sequence[Ribbon]
    headings: Sequence[tuple[str, float, bool]]
    """The name of each side, where it stands, and whether it ends there."""


@dataclass(frozen=True)
class _Node:
    key: str
    kind: str
    name: Label
    count: int
    ribbons: int
    """The measures of all its ribbons: a measure that several share is in several."""


def overviews(edges: Iterable[Edge], view: View, select: Select) -> Sequence[NetworkGlance]:
    """Return the drawing for each width of window, of measures with at least one edge."""
    distinct = {(edge.target, edge.measure.theme, edge.measure.iri): edge.kind for edge in edges}
    pairs = Counter((target, theme) for target, theme, _ in distinct)
    kinds = {target: kind for (target, _, _), kind in distinct.items()}
    measures = {iri: len({one for *ends, one in distinct if iri in ends}) for pair in pairs for iri in pair}
    sides = (Counter[NamedNode | None](), Counter[NamedNode | None]())
    for ends_of_pair, count in pairs.items():
        for side, end in zip(sides, ends_of_pair, strict=True):
            side[end] += count
    ends = {
        iri: _Node(f"{letter}{n}", kind, _name(iri, kind, view, select), measures[iri], side[iri])
        for letter, side in zip("lr", sides, strict=True)
        for n, iri in enumerate(_ranked(side))
        for kind in [kinds.get(iri, "theme") if iri else "theme"]
    }
    counts = {(ends[target], ends[theme]): count for (target, theme), count in pairs.items()}
    language = view.labels.language
    names = [languages.say(f"network_{kind}", language) for kind in sorted({*kinds.values()}, reverse=True)]
    headings = (", ".join(names), languages.say("theme", language))
    return [_Drawing(geometry, counts, headings).overview() for geometry in GEOMETRIES]


def _ranked(counts: Mapping[NamedNode | None, int]) -> Sequence[NamedNode | None]:
    return sorted(counts, key=lambda one: (one is None, -counts[one], str(one)))


def _name(iri: NamedNode | None, kind: str, view: View, select: Select) -> Label:
    """Return the name of a node, which leads to the network of it alone."""
    if iri is None:
        return TextLabel(languages.say("without_theme", view.labels.language), href=select(kind, NONE))
    name = view.labels.of(iri)
    return TextLabel(name.text, name.language, select(kind, iri), name.title)


class _Drawing:
    """Places nodes and ribbons."""

    def __init__(
        self, geometry: Geometry, counts: Mapping[tuple[_Node, _Node], int], headings: tuple[str, str]
    ) -> None:
        self._headings = headings
        self._geometry = geometry
        self._counts = counts
        sides = [sorted({pair[side] for pair in counts}, key=lambda node: int(node.key[1:])) for side in (0, 1)]
        self._height = _HEADING + max(sum(self._slot(node) + _GAP for node in side) for side in sides)
        self._nodes = {node.key: node for side, nodes in enumerate(sides) for node in self._placed(nodes, side)}

    def overview(self) -> NetworkGlance:
        """Return the drawing."""
        geometry, words = self._geometry, self._headings
        headings = [(words[0], geometry.label, True), (words[1], geometry.width - geometry.label_right, False)]
        return NetworkGlance(geometry, self._height, list(self._nodes.values()), list(self._ribbons()), headings)

    def _lines(self, node: _Node) -> Sequence[str]:
        geometry = self._geometry
        width = geometry.label_right if node.kind == "theme" else geometry.label
        return label_lines(f"{node.name.text} ({node.count})", width, geometry.size, bold=geometry.is_bold)

    def _slot(self, node: _Node) -> float:
        return max(node.ribbons * self._geometry.per_measure, len(self._lines(node)) * _LINE)

    def _placed(self, nodes: Sequence[_Node], side: int) -> Iterable[OverviewNode]:
        """Yield the nodes of a side, spread evenly over the height."""
        geometry = self._geometry
        space = (self._height - _HEADING - sum(map(self._slot, nodes))) / len(nodes)
        left = (geometry.left - geometry.bar, geometry.label)
        x, text_x = (geometry.right, geometry.width - geometry.label_right) if side else left
        top = float(_HEADING)
        for node in nodes:
            y, lines = round(top + (self._slot(node) + space) / 2, 1), self._lines(node)
            first = round(y - (len(lines) - 1) * _LINE / 2 + geometry.size * 0.36, 1)
            height = node.ribbons * geometry.per_measure
            yield OverviewNode(node.key, node.kind, node.name, node.count, lines, first, x, y, height, text_x)
            top += self._slot(node) + space

    def _ribbons(self) -> Iterable[Ribbon]:
        """Yield the ribbons; at each end they lie beside each other in the order of the nodes at their other end."""
        filled = {node.key: node.y - node.height / 2 for node in self._nodes.values()}
        order = sorted(self._counts, key=lambda pair: (int(pair[0].key[1:]), int(pair[1].key[1:])))
        starts: dict[tuple[str, str], float] = {}
        for one, other in order:
            starts[one.key, other.key] = filled[one.key]
            filled[one.key] += self._counts[one, other] * self._geometry.per_measure
        for one, other in order:
            count = self._counts[one, other]
            width = count * self._geometry.per_measure
            path = self._path(starts[one.key, other.key], filled[other.key], width)
            filled[other.key] += width
            yield Ribbon(one.key, other.key, (one.name.text, other.name.text), count, path)

    def _path(self, a: float, b: float, width: float) -> str:
        x0, x1 = self._geometry.left, self._geometry.right
        middle = (x0 + x1) / 2
        over = f"M{x0:g} {a:g}C{middle:g} {a:g} {middle:g} {b:g} {x1:g} {b:g}"
        return f"{over}V{b + width:g}C{middle:g} {b + width:g} {middle:g} {a + width:g} {x0:g} {a + width:g}Z"
