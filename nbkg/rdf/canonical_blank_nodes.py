"""Labels of blank nodes that stay the same from version to version.

RDFC-1.0 (https://www.w3.org/TR/rdf-canon/) numbers all blank nodes of a data set anew as soon as one of them changes: a
patch would name them all. Here each group of statements that are connected by blank nodes is canonicalised by itself,
and its nodes are named after the hash of the group and their canonical number: `_:b`, 16 hexadecimal digits, `n`, the
number, with `x` and a number between them for the second, third … group that is the same. A group that did not change
keeps its labels; one that did is removed and added as a whole. Two data sets are isomorphic exactly where they have
the same lines.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox

from nbkg.grouping import group_values
from nbkg.rdf.nquads import parse_lines, serialize_quads
from nbkg.rdf.terms import blank_nodes, rename_blank_nodes

_PREFIX = "c14n"
"""The beginning of the labels of RDFC-1.0."""


@dataclass(frozen=True)
class BlankNodeGroup:
    """Statements that are connected by blank nodes."""

    key: str
    """The beginning of the labels of its nodes."""
    quads: Sequence[ox.Quad]
    """The statements under the labels that they came with."""
    lines: Sequence[bytes]
    """The same under the labels that stay."""


def group_blank_nodes(lines: Iterable[bytes]) -> list[BlankNodeGroup]:
    """Return the groups of lines that hold blank nodes, sorted by key."""
    by_digest = ((*_canonical(quads), quads) for quads in _connected(list(parse_lines(lines))))
    seen: Counter[str] = Counter()
    groups = []
    for digest, canonical, quads in sorted(by_digest, key=lambda group: group[0]):
        copy = f"x{seen[digest]}" if seen[digest] else ""
        seen[digest] += 1
        groups.append(_labelled(f"b{digest}{copy}", quads, canonical))
    return groups


def group_lines(groups: Iterable[BlankNodeGroup]) -> list[bytes]:
    """Return the lines of groups, sorted."""
    return sorted(chain.from_iterable(group.lines for group in groups))


def canonical_lines(lines: Iterable[bytes]) -> list[bytes]:
    """Return lines that hold blank nodes, sorted, with the labels of RDFC-1.0 for all of the data set."""
    return sorted(_rdfc(parse_lines(lines)))


def _rdfc(quads: Iterable[ox.Quad]) -> Iterator[bytes]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return serialize_quads(dataset)


def _canonical(quads: Sequence[ox.Quad]) -> tuple[str, tuple[bytes, ...]]:
    """Return the hash of a group, and its canonical lines."""
    lines = tuple(sorted(_rdfc(quads)))
    return hashlib.sha256(b"".join(lines)).hexdigest()[:16], lines


def _labelled(key: str, quads: Sequence[ox.Quad], canonical: Iterable[bytes]) -> BlankNodeGroup:
    def rename(node: ox.BlankNode) -> ox.BlankNode:
        return ox.BlankNode(f"{key}n{node.value.removeprefix(_PREFIX)}")

    return BlankNodeGroup(key, quads, tuple(serialize_quads(_renamed(parse_lines(canonical), rename))))


def _renamed(quads: Iterable[ox.Quad], rename: Callable[[ox.BlankNode], ox.BlankNode]) -> Iterator[ox.Quad]:
    for quad in quads:
        triple, graph = rename_blank_nodes(quad.triple, rename), quad.graph_name
        graph = rename(graph) if isinstance(graph, ox.BlankNode) else graph
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _connected(quads: Sequence[ox.Quad]) -> Iterable[list[ox.Quad]]:
    """Return the quads by the group that they are in (union-find)."""
    parents: dict[ox.BlankNode, ox.BlankNode] = {}

    def root(node: ox.BlankNode) -> ox.BlankNode:
        while (parent := parents.setdefault(node, node)) != node:
            parents[node] = parents[parent]
            node = parents[node]
        return node

    for quad in quads:
        first, *others = _nodes(quad)
        for other in others:
            parents[root(other)] = root(first)
    return group_values((root(_nodes(quad)[0]), quad) for quad in quads).values()


def _nodes(quad: ox.Quad) -> list[ox.BlankNode]:
    graph = quad.graph_name
    return [*blank_nodes(quad.triple), *([graph] if isinstance(graph, ox.BlankNode) else [])]
