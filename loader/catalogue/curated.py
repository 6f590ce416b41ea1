"""What the data knows of itself, for its records: who publishes it, on what terms, what it is about; others' values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from loader import identifiers
from loader.namespaces import BASE, EU, SKOS
from loader.status_report.quotes import Triple
from nbkg.rdf.rdflib_terms import to_rdflib
from nbkg.rdf.turtle import read_files

WHOLE = identifiers.dataset("nbkg")
"""What it says of itself holds for its parts, where they say nothing else."""
_GRAPHS = ("curated", "meta", "ontology")


@dataclass(frozen=True)
class Knowledge:
    """The graphs that describe, and the values of others that the records name."""

    about: Graph
    reference: Graph

    def values(self, node: Node, prop: URIRef) -> list[Node]:
        """What a node says itself, else its series, else the whole."""
        return self.own_or_series(node, prop) or self.of_whole(prop)

    def own_or_series(self, node: Node, prop: URIRef) -> list[Node]:
        """What a node says itself; of `dataset/report/2025-10-14` else what `dataset/report` says."""
        return self.own(node, prop) or self.own(URIRef(str(node).rpartition("/")[0]), prop)

    def own(self, node: Node, prop: URIRef) -> list[Node]:
        """What a node says itself."""
        return sorted(self.about.objects(node, prop), key=_spelled)

    def of_whole(self, prop: URIRef) -> list[Node]:
        """What the whole says."""
        return sorted(self.about.objects(WHOLE, prop), key=_spelled)

    def licence(self, iri: str | None) -> URIRef | None:
        """The licence's address in the EU's list, by that in the data; None for one that the list does not know."""
        if iri is None or iri.startswith(str(EU)):
            return URIRef(iri) if iri else None
        found = self.reference.value(None, SKOS.exactMatch, URIRef(iri))
        return found if isinstance(found, URIRef) else None

    def closure(self, named: Iterable[Node]) -> Iterator[Triple]:
        """What there is to say of the values named, and of what is said of them in turn."""
        waiting, seen = list(named), set[Node]()
        while waiting:
            node = waiting.pop()
            if node in seen or not isinstance(node, URIRef):
                continue
            seen.add(node)
            for graph in (self.reference, self.about if _is_beside(node) else Graph()):
                for prop, value in graph.predicate_objects(node):
                    if prop != SKOS.exactMatch:
                        yield node, URIRef(str(prop)), value
                        waiting.append(value)


def _is_beside(node: URIRef) -> bool:
    """Who publishes, whom to ask, which period: nodes of ours that a record takes along."""
    return any(node.startswith(f"{BASE}id/{kind}/") for kind in ("agent", "contact", "period"))


def knowledge(about: Graph) -> Knowledge:
    """With the values of others that stand in the project."""
    return Knowledge(about, read_files([files("data") / "reference.ttl"]))


def stored(store: ox.Store, base: str = BASE) -> Graph:
    """The graphs of a store that describe, with our own base in place of its."""
    graph = Graph()
    for name in _GRAPHS:
        iri = ox.NamedNode(identifiers.graph(name).replace(BASE, base))
        for quad in store.quads_for_pattern(None, None, None, iri):
            terms = (to_rdflib(term, name) for term in (quad.subject, quad.predicate, quad.object))
            subject, predicate, value = (_based(term, base) for term in terms)
            graph.add((subject, predicate, value))
    return graph


def _based(term: Node, base: str) -> Node:
    if base == BASE or not isinstance(term, URIRef):
        return term
    return URIRef(term.replace(base, BASE))


def texts(values: Iterable[Node]) -> Iterator[Literal]:
    """Those that are in a language."""
    yield from (value for value in values if isinstance(value, Literal) and value.language)


def nodes(values: Iterable[Node]) -> Iterator[URIRef]:
    """Those that have an address."""
    yield from (value for value in values if isinstance(value, URIRef))


def _spelled(node: Node) -> str:
    return node.n3()
