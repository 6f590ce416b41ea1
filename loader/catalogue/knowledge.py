"""What the data says of itself for its records (publisher, terms, subject), and the values of others that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import ResultRow
from rdflib.term import Node

from loader import identifiers
from loader.namespaces import BASE, DCTERMS, EU, SKOS
from loader.queries import query
from nbkg.rdf.rdflib_terms import rdflib_triples
from nbkg.rdf.turtle import read_files

Triple = tuple[URIRef, URIRef, Node]
EVERYTHING = identifiers.dataset("nbkg")
"""The data set of everything; what it says of itself holds for its parts, where they say nothing else."""
_GRAPHS = ("curated", "meta", "ontology")


@dataclass(frozen=True)
class Knowledge:
    """The graphs that describe the data, and the values of others that the records name."""

    about: Graph
    reference: Graph

    def values(self, node: Node, prop: URIRef) -> list[Node]:
        """Return the values of a node, else of its series, else of everything."""
        return self.own_or_series(node, prop) or self.of_everything(prop)

    def own_or_series(self, node: Node, prop: URIRef) -> list[Node]:
        """Return the values of a node; for `dataset/a/2025-10-14` else those of `dataset/a`."""
        return self.own(node, prop) or self.own(URIRef(str(node).rpartition("/")[0]), prop)

    def own(self, node: Node, prop: URIRef) -> list[Node]:
        """Return the values of a node."""
        return sorted(self.about.objects(node, prop), key=_as_text)

    def of_everything(self, prop: URIRef) -> list[Node]:
        """Return the values of the data set of everything."""
        return sorted(self.about.objects(EVERYTHING, prop), key=_as_text)

    def licence(self, iri: str | None) -> URIRef | None:
        """Return the IRI of a licence in the EU's list; None for one that the list does not have."""
        if iri is None or iri.startswith(str(EU)):
            return URIRef(iri) if iri else None
        match = self.reference.value(None, SKOS.exactMatch, URIRef(iri))
        return match if isinstance(match, URIRef) else None

    def licences(self, node: Node) -> Iterator[URIRef]:
        """Yield the licences that a node states, as `licence` returns them."""
        stated = (self.licence(str(value)) for value in self.own(node, DCTERMS.license))
        yield from (licence for licence in stated if licence)

    def own_property(self, aligned: URIRef) -> URIRef | None:
        """Return the property of the data's own ontology that is aligned with one of another vocabulary."""
        match = self.about.value(None, SKOS.closeMatch, aligned)
        return match if isinstance(match, URIRef) else None

    def select(self, name: str) -> Iterator[ResultRow]:
        """Yield the rows of `queries/catalogue/{name}.rq` over the graphs that describe the data."""
        yield from (row for row in self.about.query(_prepare(name)) if isinstance(row, ResultRow))

    def closure(self, values: Iterable[Node]) -> Iterator[Triple]:
        """Yield the descriptions of the values, and of the values in them in turn."""
        queue, seen = list(values), set[Node]()
        while queue:
            node = queue.pop()
            if node in seen or not isinstance(node, URIRef):
                continue
            seen.add(node)
            for graph in (self.reference, self.about if _is_copied(node) else Graph()):
                for prop, value in graph.predicate_objects(node):
                    if prop != SKOS.exactMatch:
                        yield node, URIRef(str(prop)), value
                        queue.append(value)


def _is_copied(node: URIRef) -> bool:
    """Return whether a record copies what the data says of a node: a publisher, a contact or a period."""
    return any(node.startswith(f"{BASE}id/{kind}/") for kind in ("agent", "contact", "period"))


@cache
def _prepare(name: str) -> Query:
    return prepareQuery(query(f"catalogue/{name}"), base=BASE)


def read_knowledge(about: Graph) -> Knowledge:
    """Return what graphs say of the data, with the values of others that are part of the package."""
    return Knowledge(about, read_files([files("data") / "reference.ttl"]))


def describing_graphs(store: ox.Store, base: str = BASE) -> Graph:
    """Return the graphs of a store that describe the data, with our own base in place of its."""
    graph = Graph()
    for name in _GRAPHS:
        iri = ox.NamedNode(identifiers.graph(name).replace(BASE, base))
        graph += rebased_triples(store.quads_for_pattern(None, None, None, iri), base, name)
    return graph


def rebased_triples(
    statements: Iterable[ox.Triple | ox.Quad], base: str, scope: str = ""
) -> Iterator[tuple[Node, Node, Node]]:
    """Yield the triples of statements with our own base in place of another, and their blank nodes in a scope."""
    for triple in rdflib_triples(statements, scope):
        subject, predicate, value = (_rebased(term, base) for term in triple)
        yield subject, predicate, value


def _rebased(term: Node, base: str) -> Node:
    return URIRef(term.replace(base, BASE)) if isinstance(term, URIRef) else term


def texts(values: Iterable[Node]) -> Iterator[Literal]:
    """Yield the values that are texts in a language."""
    yield from (value for value in values if isinstance(value, Literal) and value.language)


def nodes(values: Iterable[Node]) -> Iterator[URIRef]:
    """Yield the values that are IRIs."""
    yield from (value for value in values if isinstance(value, URIRef))


def _as_text(node: Node) -> str:
    return node.n3()
