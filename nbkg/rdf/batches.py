"""RDF files cut into batches of one graph each, the same batches whenever the same files are cut again.

Files are read twice as streams and never held: once to count the statements of each graph (a file that does not parse
is found before anything is sent), once to cut. A graph that fits into one batch comes in one, wherever its statements
stand in the files, unless too much else must be held meanwhile: `size` statements of one graph, twice that of all.

Blank nodes: a label means the same node only inside one request. They are kept where all statements that a node stands
in go into one batch; in a graph that is cut into several, or that shares a blank node with another graph, they become
skolem IRIs (https://www.w3.org/TR/rdf11-concepts/#section-skolemization).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from nbkg.rdf.statements import Graph, RdfFile, ReadProgress, read_statements
from nbkg.rdf.terms import blank_nodes, rename_blank_nodes

_FOLLOWED = 200_000
"""Blank nodes whose graph is remembered; with more, all graphs that hold any count as sharing them."""


@dataclass
class Survey:
    """The number of statements of each graph in some files."""

    files: Sequence[RdfFile]
    counts: Counter[Graph] = field(default_factory=Counter)
    """Statements of each graph, repeated ones included."""
    sharing: set[Graph] = field(default_factory=set)
    """Graphs with blank nodes that stand in other graphs too."""


@dataclass(frozen=True)
class Batch:
    """Statements of one graph."""

    number: int
    """From 1."""
    graph: str | None
    """IRI; None is the default graph."""
    first: bool
    """Whether it is the graph's first."""
    triples: Sequence[ox.Triple]
    genid: str | None
    """The beginning of skolem IRIs; None where blank nodes are kept."""

    def body(self) -> bytes:
        """Return the statements as N-Triples."""
        triples: Iterable[ox.Triple] = self.triples
        if self.genid is not None:
            genid = self.genid
            triples = (rename_blank_nodes(triple, lambda node: _skolem(genid, node)) for triple in triples)
        return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def survey_files(files: Sequence[RdfFile], progress: ReadProgress) -> Survey:
    """Read the files once and count their statements. Raises RdfFileError for one that does not parse."""
    survey = Survey(files)
    homes = _Homes(survey.sharing)
    for file in files:
        for triple, graph in read_statements(file, progress):
            survey.counts[graph] += 1
            if isinstance(graph, ox.BlankNode):
                homes.see(graph, graph)
                survey.sharing.add(graph)
            for node in blank_nodes(triple):
                homes.see(node, graph)
    return survey


class _Homes:
    """Finds the graphs that share blank nodes: exactly while they are few, then rather too many than too few."""

    def __init__(self, sharing: set[Graph]) -> None:
        self._sharing = sharing
        self._homes: dict[ox.BlankNode, Graph] = {}
        self._full = False

    def see(self, node: ox.BlankNode, graph: Graph) -> None:
        if self._full:
            self._sharing.add(graph)
            return
        home = self._homes.setdefault(node, graph)
        if home != graph:
            self._sharing.update((home, graph))
        if len(self._homes) > _FOLLOWED:
            self._full = True
            self._sharing.update(self._homes.values())
            self._homes.clear()


def cut_batches(survey: Survey, size: int, genid: str) -> Iterator[Batch]:
    """Yield batches of at most `size` statements, in an order that depends only on the files' content and `size`.

    Raises RdfFileError for a file that changed since the survey.
    """
    cutter = _Cutter(survey, size, genid)
    for file in survey.files:
        for triple, graph in read_statements(file, lambda _: None):
            yield from cutter.add(triple, graph)
    yield from cutter.rest()


class _Cutter:
    def __init__(self, survey: Survey, size: int, genid: str) -> None:
        self._survey = survey
        self._size = size
        self._genid = genid
        self._held: dict[Graph, list[ox.Triple]] = {}
        self._held_count = 0
        self._cut: Counter[Graph] = Counter()
        self._number = 0

    def add(self, triple: ox.Triple, graph: Graph) -> Iterable[Batch]:
        """Take a triple and return the batches that are full now."""
        held = self._held.setdefault(graph, [])
        held.append(triple)
        self._held_count += 1
        if len(held) >= self._size or self._cut[graph] + len(held) == self._survey.counts[graph]:
            return (self._batch(graph),)
        return self._largest() if self._held_count >= 2 * self._size else ()

    def _largest(self) -> Iterator[Batch]:
        """Yield the largest graphs until half is free: graphs take turns in the files, and small ones may still fit."""
        for graph in sorted(self._held, key=lambda graph: -len(self._held[graph])):
            yield self._batch(graph)
            if self._held_count <= self._size:
                return

    def rest(self) -> Iterator[Batch]:
        """Yield what is held still: nothing, unless a file changed since the survey."""
        for graph in list(self._held):
            yield self._batch(graph)

    def _batch(self, graph: Graph) -> Batch:
        triples = self._held.pop(graph)
        first = not self._cut[graph]
        is_complete = first and len(triples) == self._survey.counts[graph]
        self._held_count -= len(triples)
        self._cut[graph] += len(triples)
        self._number += 1
        genid = None if is_complete and graph not in self._survey.sharing else self._genid
        return Batch(self._number, self._name(graph), first, triples, genid)

    def _name(self, graph: Graph) -> str | None:
        if isinstance(graph, ox.BlankNode):
            return _skolem(self._genid, graph).value
        return graph.value if isinstance(graph, ox.NamedNode) else None


def _skolem(genid: str, node: ox.BlankNode) -> ox.NamedNode:
    return ox.NamedNode(genid + node.value[1:])
