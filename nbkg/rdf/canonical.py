"""The canonical form of one graph: the same bytes for the same triples.

Blank nodes (only the ontology and the shapes hold any) get the labels of RDFC-1.0, https://www.w3.org/TR/rdf-canon/.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import Graph
from rdflib.term import Node

from nbkg.errors import DataError
from nbkg.rdf.rdflib_terms import to_oxigraph
from nbkg.rdf.vocabulary import RDF


@dataclass(frozen=True)
class Rebase:
    """A base that takes the place of another one in every IRI and literal."""

    old: str
    new: str


@dataclass(frozen=True)
class CanonicalGraph:
    """One graph's triples with canonical blank nodes, sorted by subject, `rdf:type` first."""

    triples: tuple[ox.Triple, ...]

    @property
    def sha256(self) -> str:
        """Return the hash of the sorted canonical N-Triples."""
        lines = sorted(f"{triple} .\n" for triple in self.triples)
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def turtle(self, prefixes: Mapping[str, str]) -> bytes:
        """Return the graph as Turtle, with those of the prefixes that it uses."""
        return ox.serialize(self.triples, format=ox.RdfFormat.TURTLE, prefixes=_used(self.triples, prefixes)) or b""

    def nquads(self, name: str) -> list[str]:
        """Return the lines of the graph as N-Quads in the named graph."""
        return [f"{triple} <{name}> .\n" for triple in self.triples]


def canonical_graph(graph: Graph, *, rebase: Rebase | None = None, blank_nodes: bool = False) -> CanonicalGraph:
    """Return the canonical form of a graph.

    Raises DataError for a blank node where `blank_nodes` does not allow them.
    """
    dataset = ox.Dataset(_quad(triple) for triple in graph)
    if any(isinstance(term, ox.BlankNode) for quad in dataset for term in (quad.subject, quad.object)):
        if not blank_nodes:
            raise DataError("a data graph holds a blank node; give it an IRI made from a key")
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    triples: Iterable[ox.Triple] = (quad.triple for quad in dataset)
    if rebase is not None:
        triples = _rebased(triples, rebase)
    return CanonicalGraph(tuple(sorted(triples, key=_order)))


def _quad(triple: tuple[Node, Node, Node]) -> ox.Quad:
    subject, predicate, value = (to_oxigraph(term) for term in triple)
    assert not isinstance(subject, ox.Literal) and isinstance(predicate, ox.NamedNode)  # noqa: S101, PT018  # RDF 1.1
    return ox.Quad(subject, predicate, value)


def _order(triple: ox.Triple) -> tuple[str, bool, str, str]:
    subject, value = str(triple.subject).rstrip(">"), str(triple.object)
    return subject, triple.predicate.value != f"{RDF}type", triple.predicate.value, value


def _rebased(triples: Iterable[ox.Triple], rebase: Rebase) -> Iterable[ox.Triple]:
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return (
        quad.triple
        for quad in ox.parse(lines.replace(rebase.old.encode(), rebase.new.encode()), ox.RdfFormat.N_TRIPLES)
    )


def _used(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    text = "\n".join(
        {_iri(str(term)) for triple in triples for term in (triple.subject, triple.predicate, triple.object)}
    )
    return {prefix: namespace for prefix, namespace in prefixes.items() if namespace in text}


def _iri(term: str) -> str:
    """Return a term that is an IRI, or the datatype of a literal."""
    return term if term.startswith("<") else term.rpartition("^^")[2]
