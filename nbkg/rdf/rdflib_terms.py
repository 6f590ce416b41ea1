"""RDF terms and graphs as rdflib and as pyoxigraph have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from nbkg.rdf.solutions import Term
from nbkg.rdf.vocabulary import XSD

_iri = lru_cache(maxsize=1 << 14)(URIRef)
"""The IRI of rdflib, which checks its characters: most IRIs come again, and a graph is read in a fifth less time."""


def to_rdflib(term: Term, scope: str = "") -> Node:
    """Return the same term as rdflib has it; `scope` keeps the blank nodes of two files apart."""
    match term:
        case ox.NamedNode():
            return _iri(term.value)
        case ox.BlankNode():
            return BNode(f"{scope}{term.value}")
        case ox.Literal() if term.language:
            return Literal(term.value, lang=term.language)
        case ox.Literal():
            datatype = None if term.datatype.value == f"{XSD}string" else _iri(term.datatype.value)
            return Literal(term.value, datatype=datatype, normalize=False)
    raise ValueError(f"no RDF 1.1 term: {term}")


def to_oxigraph(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Return the same term as pyoxigraph has it."""
    match term:
        case URIRef():
            return ox.NamedNode(str(term))
        case BNode():
            return ox.BlankNode(str(term))
        case Literal() if term.language:
            return ox.Literal(str(term), language=term.language)
        case Literal() if term.datatype:
            return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
        case Literal():
            return ox.Literal(str(term))
    raise ValueError(f"no RDF term: {term!r}")


def rdflib_triples(statements: Iterable[ox.Triple | ox.Quad], scope: str = "") -> Iterator[tuple[Node, Node, Node]]:
    """Yield the triples of statements as rdflib has them; `scope` keeps the blank nodes of two files apart."""
    for one in statements:
        yield to_rdflib(one.subject, scope), to_rdflib(one.predicate), to_rdflib(one.object, scope)


def to_graph(statements: Iterable[ox.Triple | ox.Quad], scope: str = "") -> Graph:
    """Return the triples of statements as a graph of rdflib."""
    graph = Graph()
    graph += rdflib_triples(statements, scope)
    return graph
