"""Property paths of a report (SHACL, section 2.3.1): as SPARQL text for people, as triples for machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import BNode, Graph
from rdflib.collection import Collection
from rdflib.term import Node

from loader.namespaces import PREFIXES, RDF, SH
from nbkg.rdf.compact_iri import compact_iri

_SUFFIXES = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


@dataclass(frozen=True)
class Path:
    """A property path, which leads from the focus node to a value."""

    text: str
    root: Node
    triples: tuple[tuple[Node, Node, Node], ...] = ()


def read_path(graph: Graph, node: Node, name: str) -> Path:
    """Return the path at a node; its blank nodes, if it has any, are named anew after `name`."""
    triples: list[tuple[Node, Node, Node]] = []
    root = _copied(graph, node, name, triples)
    return Path(_text(graph, node), root, tuple(triples))


def short(iri: str) -> str:
    """The IRI as prefix:name where a prefix of ours fits, else in angle brackets."""
    return compact_iri(iri, PREFIXES) or f"<{iri}>"


def _copied(graph: Graph, node: Node, name: str, triples: list[tuple[Node, Node, Node]]) -> Node:
    if not isinstance(node, BNode):
        return node
    copy = BNode(name)
    for number, (predicate, value) in enumerate(sorted(graph.predicate_objects(node))):
        triples.append((copy, predicate, _copied(graph, value, f"{name}-{number}", triples)))
    return copy


def _text(graph: Graph, node: Node) -> str:
    if not isinstance(node, BNode):
        return short(str(node))
    return next(_texts(graph, node), "[]")


def _texts(graph: Graph, node: BNode) -> Iterator[str]:
    if (node, RDF.first, None) in graph:
        yield "/".join(_text(graph, step) for step in Collection(graph, node))
    for inner in graph.objects(node, SH.inversePath):
        yield f"^{_text(graph, inner)}"
    for choices in graph.objects(node, SH.alternativePath):
        yield "(" + "|".join(_text(graph, choice) for choice in Collection(graph, choices)) + ")"
    for predicate, suffix in _SUFFIXES.items():
        for inner in graph.objects(node, predicate):
            yield f"({_text(graph, inner)}){suffix}"
