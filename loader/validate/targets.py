"""Which statements have to do with a shape at all: the targets of shapes (SHACL, section 2.1.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import Graph
from rdflib.term import Node

from loader.namespaces import OWL, RDF, RDFS, SH

_TYPE = str(RDF.type)


@dataclass(frozen=True)
class Targets:
    """What makes a node a focus node of some shape."""

    classes: frozenset[str]
    """The classes of `sh:targetClass`, with their subclasses."""
    properties: frozenset[str]
    """The properties of `sh:targetSubjectsOf` and `sh:targetObjectsOf`."""
    nodes: frozenset[str]
    """The nodes of `sh:targetNode`."""

    def meet(self, triples: Iterable[ox.Triple]) -> bool:
        """Return whether the triples hold a focus node."""
        return any(self._meets(triple) for triple in triples)

    def _meets(self, triple: ox.Triple) -> bool:
        predicate = triple.predicate.value
        if predicate in self.properties:
            return True
        if predicate == _TYPE and isinstance(triple.object, ox.NamedNode) and triple.object.value in self.classes:
            return True
        return bool(self.nodes) and not self.nodes.isdisjoint(map(_text, (triple.subject, triple.object)))


def read_targets(shapes: Graph, vocabulary: Graph) -> Targets:
    """Return the targets of the shapes; `vocabulary` states which classes are subclasses of others."""
    declared = {*shapes.objects(None, SH.targetClass), *_implicit(shapes)}
    classes = {sub for one in declared for sub in vocabulary.transitive_subjects(RDFS.subClassOf, one)}
    properties = {*shapes.objects(None, SH.targetSubjectsOf), *shapes.objects(None, SH.targetObjectsOf)}
    nodes = {*shapes.objects(None, SH.targetNode)}
    return Targets(*(frozenset(map(str, terms)) for terms in (classes, properties, nodes)))


def _implicit(shapes: Graph) -> Iterable[Node]:
    """Yield the shapes that are classes too: their instances are their focus nodes."""
    for kind in (RDFS.Class, OWL.Class):
        yield from (one for one in shapes.subjects(RDF.type, kind) if (one, RDF.type, SH.NodeShape) in shapes)


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value
