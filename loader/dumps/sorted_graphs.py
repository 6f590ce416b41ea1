"""The graphs of a store as sorted canonical N-Triples on disk, from which all files of a release are written.

A store returns its statements in an order of its own and looks each term up anew, which takes most of the time; so it
is read once. Lines sorted by code point are the canonical form (https://www.w3.org/TR/rdf-canon/), the same whatever
order the data was loaded in, and have each subject's statements together.

Blank nodes get labels that depend on the data alone (`nbkg.rdf.blank_node_labels`), as long as they fit into memory;
else they keep those of the store, and their graphs have no canonical hash.
"""

from __future__ import annotations

import heapq
import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyoxigraph as ox

from loader.meter import Advance
from loader.namespaces import RDF
from loader.release.store_snapshot import StoreSnapshot
from nbkg.rdf.blank_node_labels import BlankNodeLabeller, LabelledGraph
from nbkg.rdf.digests import digest_lines
from nbkg.rdf.external_sort import distinct, sort_lines
from nbkg.rdf.nquads import ground_lines

_TYPE = f"<{RDF.type}>".encode()
_BATCH = 10_000
_BUFFER = 1 << 20


@dataclass(frozen=True)
class SortedGraph:
    """A graph on disk."""

    iri: str | None
    ground: Path
    """Its sorted lines without blank nodes."""
    blank: Path
    """Its sorted lines with blank nodes."""
    triples: int
    rdfc10: str | None = None
    """Its canonical hash, as in `loader.release.release_index.GraphPart`."""
    properties: frozenset[bytes] = field(default=frozenset(), repr=False)
    """Its properties, in angle brackets."""
    classes: frozenset[bytes] = field(default=frozenset(), repr=False)

    def lines(self) -> Iterator[bytes]:
        """Yield all its lines as N-Triples, sorted."""
        with self.ground.open("rb", buffering=_BUFFER) as ground:
            if not self.blank.stat().st_size:
                yield from ground
                return
            with self.blank.open("rb") as blank:
                yield from heapq.merge(ground, blank)

    def quads(self) -> Iterator[bytes]:
        """Return all its lines as N-Quads, sorted."""
        if self.iri is None:
            return self.lines()
        end = f"<{self.iri}> .\n".encode()
        return (line[:-2] + end for line in self.lines())


def merged_quads(graphs: Iterable[SortedGraph]) -> Iterator[bytes]:
    """Return the N-Quads of graphs, sorted."""
    lines = [graph.quads() for graph in graphs]
    return lines[0] if len(lines) == 1 else heapq.merge(*lines)


def merged_triples(graphs: Iterable[SortedGraph]) -> Iterator[bytes]:
    """Return the RDF merge of graphs as N-Triples, sorted."""
    lines = [graph.lines() for graph in graphs]
    return lines[0] if len(lines) == 1 else distinct(heapq.merge(*lines))


def sort_graphs(
    snapshot: StoreSnapshot, folder: Path, labeller: BlankNodeLabeller, advance: Advance
) -> list[SortedGraph]:
    """Write the graphs of a store as files in `folder`; return them in the order of the snapshot."""
    graphs = [
        _sort_graph(snapshot.store, iri, folder / str(number), advance) for number, iri in enumerate(snapshot.graphs)
    ]
    return label_blank_nodes(graphs, labeller)


def label_blank_nodes(graphs: Iterable[SortedGraph], labeller: BlankNodeLabeller) -> list[SortedGraph]:
    """Return graphs with their canonical hashes, and with labels of blank nodes that depend on the data alone."""
    graphs = list(graphs)
    labelled = labeller.label({graph.iri: graph.blank for graph in graphs if graph.blank.stat().st_size})
    return [_labelled(graph, labelled.get(graph.iri)) for graph in graphs]


def _sort_graph(store: ox.Store, iri: str | None, folder: Path, advance: Advance) -> SortedGraph:
    folder.mkdir(parents=True)
    profile = _GraphProfile(advance)
    with (folder / "blank").open("wb") as blank:
        ground = sort_lines(ground_lines(profile.read(_dump_lines(store, iri)), blank.write), folder)
    properties, classes = frozenset(profile.properties), frozenset(profile.classes)
    return SortedGraph(iri, ground, folder / "blank", profile.count, None, properties, classes)


class _GraphProfile:
    """Notes the properties and classes of a graph while its lines are read."""

    def __init__(self, advance: Advance) -> None:
        self.count = 0
        self.properties: set[bytes] = set()
        self.classes: set[bytes] = set()
        self._advance = advance

    def read(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the lines as they come, and note what they hold."""
        for line in lines:
            _, predicate, value = line.split(b" ", 2)
            self.properties.add(predicate)
            if predicate == _TYPE:
                self.classes.add(value[:-3])
            self.count += 1
            if self.count % _BATCH == 0:
                self._advance(_BATCH)
            yield line
        self._advance(self.count % _BATCH)


def _dump_lines(store: ox.Store, iri: str | None) -> Iterator[bytes]:
    """Yield the N-Triples of a graph as the store's own dump writes them, in a thread beside what is done with them."""
    reading, writing = os.pipe()
    errors: list[OSError] = []
    graph = ox.DefaultGraph() if iri is None else ox.NamedNode(iri)

    def dump() -> None:
        try:
            with os.fdopen(writing, "wb", buffering=1 << 16) as stream:
                store.dump(stream, ox.RdfFormat.N_TRIPLES, from_graph=graph)
        except OSError as error:
            errors.append(error)

    thread = threading.Thread(target=dump)
    thread.start()
    try:
        with os.fdopen(reading, "rb", buffering=_BUFFER) as stream:
            yield from stream
    finally:
        thread.join()
    if errors:
        raise errors[0]


def _labelled(graph: SortedGraph, labelled: LabelledGraph | None) -> SortedGraph:
    if not graph.blank.stat().st_size:
        return replace(graph, rdfc10=digest_lines(graph.lines()))
    if labelled is None:
        folder = graph.blank.with_name("sorted-blank")
        folder.mkdir()
        with graph.blank.open("rb") as lines:
            return replace(graph, blank=sort_lines(lines, folder))
    with graph.ground.open("rb", buffering=_BUFFER) as ground:
        canonical = digest_lines(heapq.merge(ground, labelled.canonical))
    graph.blank.write_bytes(b"".join(labelled.lines))
    return replace(graph, rdfc10=canonical)
