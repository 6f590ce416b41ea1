"""Checks the counts of `void.ttl` against the data (https://www.w3.org/TR/void/#statistics), in flat memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from loader.dumps.sorted_graphs import SortedGraph, merged_triples
from loader.namespaces import RDF, VOID
from loader.verify.findings import Finding
from nbkg.rdf.external_sort import sort_lines
from nbkg.rdf.nquads import subject, terms
from nbkg.rdf.rdflib_terms import to_graph

_FILE = "void.ttl"
_TYPE = f"<{RDF.type}>".encode()


@dataclass
class Counts:
    """The counts of the merge of graphs."""

    triples: int = 0
    subjects: int = 0
    objects: int = 0
    properties: Counter[bytes] = field(default_factory=Counter)
    classes: Counter[bytes] = field(default_factory=Counter)


def void_findings(content: bytes, graphs: Mapping[str | None, SortedGraph], scratch: Path) -> Iterator[Finding]:
    """Yield the counts of `void.ttl` that are not those of the data, for each graph and for the merge of all."""
    try:
        void = to_graph(ox.parse(content, ox.RdfFormat.TURTLE))
    except (SyntaxError, ValueError) as error:
        yield Finding(_FILE, f"does not parse: {error}")
        return
    for iri, graph in graphs.items():
        yield from _count_finding(void, URIRef(iri or ""), VOID.triples, graph.triples)
    for dataset in sorted(void.subjects(VOID.classes, None), key=str):
        yield from _merge_findings(void, dataset, _count(_counted_graphs(void, dataset, graphs), scratch))


def _counted_graphs(void: Graph, dataset: Node, graphs: Mapping[str | None, SortedGraph]) -> list[SortedGraph]:
    """Return the graphs whose merge is counted: those that are subsets of everything, else the default graph.

    Graphs that describe the others, and those that the default graph of a store leaves out, are in the release, but no
    part of its counts.
    """
    nodes = {iri: URIRef(iri or "") for iri in graphs}
    subsets = [
        graph
        for iri, graph in graphs.items()
        if (nodes[iri], VOID.distinctSubjects, None) in void and (dataset, VOID.subset, nodes[iri]) in void
    ]
    return subsets or [graph for iri, graph in graphs.items() if iri is None] or [*graphs.values()]


def _count(graphs: Iterable[SortedGraph], scratch: Path) -> Counts:
    counts = Counts()
    scratch.mkdir(parents=True)
    with sort_lines(_objects([*graphs], counts), scratch).open("rb") as stream:
        counts.objects = sum(1 for _ in stream)
    return counts


def _objects(graphs: list[SortedGraph], counts: Counts) -> Iterator[bytes]:
    for _, lines in groupby(merged_triples(graphs), subject):
        counts.subjects += 1
        for line in lines:
            parts = terms(line)
            counts.triples += 1
            counts.properties[parts.predicate] += 1
            if parts.predicate == _TYPE:
                counts.classes[parts.object] += 1
            yield parts.object + b"\n"


def _merge_findings(void: Graph, dataset: Node, counts: Counts) -> Iterator[Finding]:
    yield from _count_finding(void, dataset, VOID.triples, counts.triples)
    yield from _count_finding(void, dataset, VOID.distinctSubjects, counts.subjects)
    yield from _count_finding(void, dataset, VOID.distinctObjects, counts.objects)
    yield from _count_finding(void, dataset, VOID.properties, len(counts.properties))
    yield from _count_finding(void, dataset, VOID.classes, len(counts.classes))
    for part in sorted(void.objects(dataset, VOID.classPartition), key=str):
        kind = f"<{void.value(part, VOID['class'])}>".encode()
        yield from _count_finding(void, part, VOID.entities, counts.classes[kind])
    for part in sorted(void.objects(dataset, VOID.propertyPartition), key=str):
        name = f"<{void.value(part, VOID.property)}>".encode()
        yield from _count_finding(void, part, VOID.triples, counts.properties[name])


def _count_finding(void: Graph, node: Node, prop: URIRef, actual: int) -> Iterator[Finding]:
    value = void.value(node, prop)
    if isinstance(value, Literal) and str(value) != str(actual):
        yield Finding(_FILE, f"says {prop.rpartition('#')[2]} {value} of {node}; the data has {actual}")
