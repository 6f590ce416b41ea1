"""Whether the numbers of `void.ttl` are those of the data (https://www.w3.org/TR/void/#statistics), in flat memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from loader.dumps.sorted_graphs import Spool, merged_triples
from loader.namespaces import RDF, VOID
from loader.verify.findings import Finding
from nbkg.rdf.external_sort import sort_lines
from nbkg.rdf.nquads import subject, terms
from nbkg.rdf.rdflib_terms import to_rdflib

_FILE = "void.ttl"
_TYPE = f"<{RDF.type}>".encode()


@dataclass
class Counted:
    """What there is in graphs, merged."""

    triples: int = 0
    subjects: int = 0
    objects: int = 0
    properties: Counter[bytes] = field(default_factory=Counter)
    classes: Counter[bytes] = field(default_factory=Counter)


def void_findings(content: bytes, graphs: Mapping[str | None, Spool], scratch: Path) -> Iterator[Finding]:
    """Where `void.ttl` says another number than the data has, for each graph, and for all that it counts together."""
    said = Graph()
    try:
        for quad in ox.parse(content, ox.RdfFormat.TURTLE):
            said.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    except (SyntaxError, ValueError) as error:
        yield Finding(_FILE, f"does not parse: {error}")
        return
    for iri, spool in graphs.items():
        yield from _number(said, URIRef(iri or ""), VOID.triples, spool.triples)
    for whole in sorted(said.subjects(VOID.classes, None), key=str):
        yield from _whole(said, whole, _counted(_together(said, graphs), scratch))


def _together(said: Graph, graphs: Mapping[str | None, Spool]) -> list[Spool]:
    """Return what is counted together: the graphs that are subsets of the whole, else the default graph.

    Those that describe the others, and those that the default graph of a store leaves out, are in the release, but no
    part of its numbers.
    """
    counted = [
        spool
        for iri, spool in graphs.items()
        if (URIRef(iri or ""), VOID.distinctSubjects, None) in said and (None, VOID.subset, URIRef(iri or "")) in said
    ]
    return counted or [spool for iri, spool in graphs.items() if iri is None] or [*graphs.values()]


def _counted(spools: Iterable[Spool], scratch: Path) -> Counted:
    found = Counted()
    scratch.mkdir(parents=True)
    with sort_lines(_objects([*spools], found), scratch).open("rb") as stream:
        found.objects = sum(1 for _ in stream)
    return found


def _objects(spools: list[Spool], found: Counted) -> Iterator[bytes]:
    for _, lines in groupby(merged_triples(spools), subject):
        found.subjects += 1
        for line in lines:
            parts = terms(line)
            found.triples += 1
            found.properties[parts.predicate] += 1
            if parts.predicate == _TYPE:
                found.classes[parts.object] += 1
            yield parts.object + b"\n"


def _whole(said: Graph, whole: Node, found: Counted) -> Iterator[Finding]:
    yield from _number(said, whole, VOID.triples, found.triples)
    yield from _number(said, whole, VOID.distinctSubjects, found.subjects)
    yield from _number(said, whole, VOID.distinctObjects, found.objects)
    yield from _number(said, whole, VOID.properties, len(found.properties))
    yield from _number(said, whole, VOID.classes, len(found.classes))
    for part in sorted(said.objects(whole, VOID.classPartition), key=str):
        kind = f"<{said.value(part, VOID['class'])}>".encode()
        yield from _number(said, part, VOID.entities, found.classes[kind])
    for part in sorted(said.objects(whole, VOID.propertyPartition), key=str):
        name = f"<{said.value(part, VOID.property)}>".encode()
        yield from _number(said, part, VOID.triples, found.properties[name])


def _number(said: Graph, node: Node, prop: URIRef, counted: int) -> Iterator[Finding]:
    value = said.value(node, prop)
    if isinstance(value, Literal) and str(value) != str(counted):
        yield Finding(_FILE, f"says {prop.rpartition('#')[2]} {value} of {node}; the data has {counted}")
