"""Where the nodes of a layered drawing stand: columns of rows, ordered so that few edges cross; no chance in it.

The order is found by barycentres, column by column and back again (Sugiyama, Tagawa and Toda, Methods for visual
understanding of hierarchical system structures, 1981); nodes that pull equally keep the order they are given in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nbkg.grouping import group_values

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
    neighbours = _neighbours(edges)
    best, fewest = list(columns), _crossings(columns, neighbours)
    now = list(columns)
    for sweep in range(_SWEEPS):
        indexes = range(len(now)) if sweep % 2 == 0 else reversed(range(len(now)))
        for index in indexes:
            others = _positions(column for at, column in enumerate(now) if at != index)
            now[index] = [Band(band.heading, _by_pull(band.nodes, neighbours, others)) for band in now[index]]
        if (crossings := _crossings(now, neighbours)) < fewest:
            best, fewest = list(now), crossings
    return best


def _neighbours(edges: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    return group_values(pair for one, other in edges for pair in ((one, other), (other, one)))


def _positions(columns: Iterable[Column]) -> Mapping[str, float]:
    """How far down its column each node stands, from 0 to 1: columns are of different lengths."""
    positions: dict[str, float] = {}
    for column in columns:
        nodes = [node for band in column for node in band.nodes]
        positions |= {node: (index + 0.5) / len(nodes) for index, node in enumerate(nodes)}
    return positions


def _by_pull(
    nodes: Sequence[str], neighbours: Mapping[str, Sequence[str]], positions: Mapping[str, float]
) -> Sequence[str]:
    def pull(index: int, node: str) -> tuple[float, int]:
        pulls = [positions[other] for other in neighbours.get(node, ()) if other in positions]
        return (sum(pulls) / len(pulls) if pulls else (index + 0.5) / len(nodes), index)

    return [node for _, node in sorted((pull(index, node), node) for index, node in enumerate(nodes))]


def _crossings(columns: Sequence[Column], neighbours: Mapping[str, Sequence[str]]) -> int:
    """How many pairs of edges between columns beside each other cross."""
    total = 0
    for left, right in pairwise(columns):
        indexes = {node: index for index, node in enumerate(node for band in right for node in band.nodes)}
        ends = [
            end
            for band in left
            for node in band.nodes
            for end in sorted(indexes[other] for other in neighbours.get(node, ()) if other in indexes)
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


def placed(column: Column, height: float, heading: float, sizes: Mapping[str, float]) -> Sequence[Placed]:
    """The column's rows over the height, what is left of it spread evenly; a heading has so many pixels before it."""
    nodes = [node for band in column for node in band.nodes]
    headings = sum(bool(band.heading and band.nodes) for band in column)
    spare = (height - headings * heading - sum(sizes[node] for node in nodes)) / len(nodes) if nodes else 0.0
    rows: list[Placed] = []
    top = 0.0
    for band in column:
        if band.heading and band.nodes:
            rows.append(Placed(band.heading, round(top + heading / 2, 1), is_heading=True))
            top += heading
        for node in band.nodes:
            size = sizes[node] + spare
            rows.append(Placed(node, round(top + size / 2, 1)))
            top += size
    return rows
