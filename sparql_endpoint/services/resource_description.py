"""The description of an IRI: its statements with their graphs, and those of the blank nodes below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

import pyoxigraph as ox
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from nbkg.rdf.serialization import serialize_statements
from nbkg.rdf.solutions import term_order
from sparql_endpoint.http.formats import N_QUADS, TRIG, Format
from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Row, Store, Term
from sparql_endpoint.stores.oxigraph import GRAPHS

_WITH_GRAPHS = (TRIG, N_QUADS)
MOST = 2001
"""Statements about an IRI that `glimpse` returns at most, the limit in `statements-some.rq`."""


@dataclass(frozen=True)
class Statement:
    """One statement and the graph it stands in; None for the default graph."""

    subject: NamedNode | BlankNode
    property: NamedNode
    value: Term
    graph: NamedNode | None


def is_known(store: Store, iri: NamedNode) -> bool:
    """Return whether the store holds the IRI at all."""
    return bool(store.select(query("known"), {"iri": iri}))


def describe(store: Store, iri: NamedNode) -> list[Statement]:
    """Return the statements about an IRI, by graph, property and value, then those of the blank nodes below it."""
    return list(_closure(store, [_statement(row, iri) for row in store.select(query("statements"), {"iri": iri})]))


def glimpse(store: Store, iri: NamedNode) -> list[Statement]:
    """Return the same for a page, which cannot show a great many: no more than MOST about the IRI itself."""
    rows = store.select(query("statements-some"), {"iri": iri})
    return list(_closure(store, [_statement(row, iri) for row in rows]))


def terms(store: Store, ontology: NamedNode) -> list[Statement]:
    """Return the statements about an ontology and its terms; none where the IRI is no ontology."""
    graphs = [row["graph"] for row in store.select(query("ontology"), {"iri": ontology})]
    rows = (store.select(query("terms"), {"iri": ontology, "graph": graph}) for graph in graphs)
    statements = ([_statement(row, row["subject"]) for row in of_graph] for of_graph in rows)
    return list(_closure(store, [one for of_graph in statements for one in sorted(of_graph, key=_order)]))


def _order(statement: Statement) -> tuple[str, str, tuple[int, str, str]]:
    return statement.subject.value, statement.property.value, term_order(statement.value)


def _closure(store: Store, statements: list[Statement]) -> Iterator[Statement]:
    seen: set[BlankNode] = set()
    pending = statements
    while pending:
        yield from pending
        nodes = {s.value: None for s in pending if isinstance(s.value, BlankNode) and s.value not in seen}
        seen.update(nodes)
        pending = [_statement(row, node) for node in nodes for row in store.select(query("statements"), {"iri": node})]


def _statement(row: Row, subject: Term) -> Statement:
    prop, graph = row["property"], row.get("graph")
    if not isinstance(subject, NamedNode | BlankNode) or not isinstance(prop, NamedNode):
        raise TypeError("a statement's subject is a node and its property an IRI")
    return Statement(subject, prop, row["value"], graph if isinstance(graph, NamedNode) else None)


def serialise(statements: Iterable[Statement], form: Format, prefixes: Mapping[str, str]) -> bytes:
    """Return the statements in a format of graphs; only TriG and N-Quads name their graphs."""
    output = BytesIO()
    serialize_statements(_quads(statements, form), output, GRAPHS[form], prefixes)
    return output.getvalue()


def _quads(statements: Iterable[Statement], form: Format) -> list[ox.Triple] | list[Quad]:
    if form in _WITH_GRAPHS:
        return [Quad(s.subject, s.property, s.value, s.graph or DefaultGraph()) for s in statements]
    return list(dict.fromkeys(ox.Triple(s.subject, s.property, s.value) for s in statements))
