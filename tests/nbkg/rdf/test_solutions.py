"""The solutions of a query: what they bind, and their order."""

from __future__ import annotations

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode

from nbkg.rdf.solutions import Term, rows, term_order

TEXTS = ("b", "å", "a", "B", "a\u0301", "𝄞", "\ufffd")
TERMS = [*(Literal(one) for one in TEXTS), *(Literal("a", language=tag) for tag in ("nn", "en", "nb"))]


def test_terms_are_sorted_as_the_engine_sorts_them() -> None:
    store = ox.Store()
    terms: list[Term] = [*TERMS, *(NamedNode(f"urn:{one}") for one in "bAa")]
    store.extend(ox.Quad(NamedNode("urn:s"), NamedNode("urn:p"), term) for term in terms)
    query = "SELECT ?value ?name { ?subject ?property ?value . VALUES ?name { 'b' 'a' } }"
    ordered = list(rows(store.query(f"{query} ORDER BY ?value ?name")))
    assert (
        sorted(rows(store.query(query)), key=lambda row: (term_order(row["value"]), term_order(row["name"]))) == ordered
    )


def test_blank_nodes_come_first_and_triples_last() -> None:
    triple = ox.Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("o"))
    terms: list[Term] = [triple, Literal("a"), NamedNode("urn:a"), BlankNode("b")]
    assert sorted(terms, key=term_order) == terms[::-1]


def test_variables_that_are_bound_beforehand_are_in_each_row() -> None:
    store, iri = ox.Store(), NamedNode("urn:s")
    store.extend(ox.Quad(iri, NamedNode(f"urn:{number}"), Literal(number)) for number in range(2))
    found = store.query("SELECT ?iri ?value { ?iri ?p ?value }", substitutions={ox.Variable("iri"): iri})
    ordered = sorted(rows(found, {"iri": iri}), key=lambda row: term_order(row["value"]))
    assert ordered == [{"iri": iri, "value": Literal(number)} for number in range(2)]
