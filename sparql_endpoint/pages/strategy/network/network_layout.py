"""Where the nodes of a layered drawing stand: columns of rows, ordered so that few edges cross; no chance in it.

The order is found by barycentres, column by column and back again (Sugiyama, Tagawa and Toda, Methods for visual
understanding of hierarchical system structures, 1981); nodes that pull equally keep the order they are given in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SWEEPS = 12


@dataclass(frozen=True)
class Band:
    """Nodes of a column that stay together, below a heading where it has one."""

    heading: str
    nodes: Sequence[str]


@dataclass(frozen=True)
class Placed:
    """A heading or a node and where it stands: pixels from the top to its middle."""

    name: str
    y: float
    is_heading: bool = False


Column = Sequence[Band]


def ordered(columns: Sequence[Column], edges: Iterable[tuple[str, str]]) -> Sequence[Column]:
    """The columns with the nodes of each band in an order in which few edges cross; bands keep their own."""
    beside = _neighbours(edges)
    best, fewest = list(columns), _crossings(columns, beside)
    now = list(columns)
    for sweep in range(_SWEEPS):
        places = range(len(now)) if sweep % 2 == 0 else reversed(range(len(now)))
        for place in places:
            others = _positions(column for at, column in enumerate(now) if at != place)
            now[place] = [Band(band.heading, _by_pull(band.nodes, beside, others)) for band in now[place]]
        if (crossings := _crossings(now, beside)) < fewest:
            best, fewest = list(now), crossings
    return best


def _neighbours(edges: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for one, other in edges:
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


def _positions(columns: Iterable[Column]) -> Mapping[str, float]:
    """How far down its column each node stands, from 0 to 1: columns are of different lengths."""
    found: dict[str, float] = {}
    for column in columns:
        nodes = [node for band in column for node in band.nodes]
        found |= {node: (place + 0.5) / len(nodes) for place, node in enumerate(nodes)}
    return found


def _by_pull(
    nodes: Sequence[str], beside: Mapping[str, Sequence[str]], positions: Mapping[str, float]
) -> Sequence[str]:
    def pull(place: int, node: str) -> tuple[float, int]:
        found = [positions[other] for other in beside.get(node, ()) if other in positions]
        return (sum(found) / len(found) if found else (place + 0.5) / len(nodes), place)

    return [node for _, node in sorted((pull(place, node), node) for place, node in enumerate(nodes))]


def _crossings(columns: Sequence[Column], beside: Mapping[str, Sequence[str]]) -> int:
    """How many pairs of edges between columns beside each other cross."""
    total = 0
    for left, right in pairwise(columns):
        places = {node: place for place, node in enumerate(node for band in right for node in band.nodes)}
        ends = [
            end
            for band in left
            for node in band.nodes
            for end in sorted(places[other] for other in beside.get(node, ()) if other in places)
        ]
        total += _inversions(ends)
    return total


def _inversions(numbers: Sequence[int]) -> int:
    """How many pairs stand in the wrong order: by a tree of counts (Fenwick), as there may be many."""
    tree = [0] * (max(numbers, default=0) + 2)
    total = 0
    for seen, number in enumerate(numbers):
        at, before = number + 1, 0
        while at:
            before += tree[at]
            at -= at & -at
        total += seen - before
        at = number + 1
        while at < len(tree):
            tree[at] += 1
            at += at & -at
    return total


def placed(column: Column, height: float, heading: float) -> Sequence[Placed]:
    """The column's rows spread evenly over the height; a heading has so many pixels before its nodes."""
    rows = sum(len(band.nodes) for band in column)
    headings = sum(bool(band.heading and band.nodes) for band in column)
    pitch = (height - headings * heading) / rows if rows else 0.0
    found: list[Placed] = []
    top = 0.0
    for band in column:
        if band.heading and band.nodes:
            found.append(Placed(band.heading, round(top + heading / 2, 1), is_heading=True))
            top += heading
        for node in band.nodes:
            found.append(Placed(node, round(top + pitch / 2, 1)))
            top += pitch
    return found
