"""Labels of blank nodes that stay the same from version to version.

RDFC-1.0 numbers all blank nodes of a data set anew as soon as one of them changes: a patch would name them all. Here
each group of statements that hang together by blank nodes is canonicalised by itself (RDFC-1.0), and its nodes are
named after the hash of the group and their canonical number: `_:b` 16 hexadecimal digits `n` number, with `x` and a
number between them for the second, third … group that is the same. A group that did not change keeps its labels; one
that did is removed and added as a whole. Two data sets are isomorphic exactly where they have the same lines.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox

from nbkg.rdf.nquads import parsed, serialised
from nbkg.rdf.quads import blank_nodes, renamed

_NUMBERED = "c14n"
"""What RDFC-1.0 labels begin with."""


@dataclass(frozen=True)
class Group:
    """Statements that hang together by blank nodes."""

    key: str
    """What the labels of its nodes begin with."""
    quads: Sequence[ox.Quad]
    """As they were given."""
    lines: Sequence[bytes]
    """Under the new labels."""


def groups(lines: Iterable[bytes]) -> list[Group]:
    """The groups of lines that hold blank nodes, sorted by key."""
    together = ((*_canonical(quads), quads) for quads in _together(list(parsed(lines))))
    found = sorted(together, key=lambda each: each[0])
    seen: Counter[str] = Counter()
    made = []
    for digest, canonical, quads in found:
        copy = f"x{seen[digest]}" if seen[digest] else ""
        seen[digest] += 1
        made.append(_labelled(f"b{digest}{copy}", quads, canonical))
    return made


def numbered(lines: Iterable[bytes]) -> list[bytes]:
    """The lines that hold blank nodes, sorted, with the labels of RDFC-1.0 for all of the data set."""
    return sorted(_rdfc(parsed(lines)))


def _rdfc(quads: Iterable[ox.Quad]) -> Iterator[bytes]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return serialised(dataset)


def _canonical(quads: Sequence[ox.Quad]) -> tuple[str, tuple[bytes, ...]]:
    """The hash of a group, and its canonical lines."""
    lines = tuple(sorted(_rdfc(quads)))
    return hashlib.sha256(b"".join(lines)).hexdigest()[:16], lines


def _labelled(key: str, quads: Sequence[ox.Quad], canonical: Iterable[bytes]) -> Group:
    def name(node: ox.BlankNode) -> ox.BlankNode:
        return ox.BlankNode(f"{key}n{node.value.removeprefix(_NUMBERED)}")

    return Group(key, quads, tuple(serialised(_renamed(parsed(canonical), name))))


def _renamed(quads: Iterable[ox.Quad], name: Callable[[ox.BlankNode], ox.BlankNode]) -> Iterator[ox.Quad]:
    for quad in quads:
        triple, graph = renamed(quad.triple, name), quad.graph_name
        place = name(graph) if isinstance(graph, ox.BlankNode) else graph
        yield ox.Quad(triple.subject, triple.predicate, triple.object, place)


def _together(quads: Sequence[ox.Quad]) -> Iterable[list[ox.Quad]]:
    """The quads by the group they are in."""
    above: dict[ox.BlankNode, ox.BlankNode] = {}

    def top(node: ox.BlankNode) -> ox.BlankNode:
        while (next_ := above.setdefault(node, node)) != node:
            above[node] = above[next_]
            node = above[node]
        return node

    for quad in quads:
        first, *others = _nodes(quad)
        for other in others:
            above[top(other)] = top(first)
    found: dict[ox.BlankNode, list[ox.Quad]] = {}
    for quad in quads:
        found.setdefault(top(_nodes(quad)[0]), []).append(quad)
    return found.values()


def _nodes(quad: ox.Quad) -> list[ox.BlankNode]:
    graph = quad.graph_name
    return [*blank_nodes(quad.triple), *([graph] if isinstance(graph, ox.BlankNode) else [])]


def lines_of(found: Iterable[Group]) -> list[bytes]:
    """The lines of groups, sorted."""
    return sorted(chain.from_iterable(group.lines for group in found))
