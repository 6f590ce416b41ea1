"""Terms that the data does not have, and what may have been meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from sparql_endpoint import create_app
from sparql_endpoint.services import void_counts
from sparql_endpoint.services.services import serving
from sparql_endpoint.services.unknown_terms import unknown_terms
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores import open_store

PROLOGUE = """
PREFIX nbkg: <https://w3id.org/nbkg/ns#> PREFIX wrong: <https://w3id.org/nbkg/ns/>
PREFIX status: <https://w3id.org/nbkg/id/concept/status/> PREFIX unit: <https://w3id.org/nbkg/id/unit/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
"""
Terms = list[tuple[str, str, list[str]]]
CASES: list[tuple[str, Terms]] = [
    ("SELECT * { ?m nbkg:statuss ?s }", [("nbkg:statuss", "property", ["nbkg:status"])]),
    ("SELECT * { ?m nbkg:Status ?s }", [("nbkg:Status", "property", ["nbkg:status"])]),
    ("SELECT * { ?m a nbkg:Measures }", [("nbkg:Measures", "class", ["nbkg:Measure"])]),
    ("SELECT * { ?m a nbkg:measure }", [("nbkg:measure", "class", ["nbkg:Measure"])]),
    ("SELECT * { ?m rdf:type nbkg:Mesure }", [("nbkg:Mesure", "class", ["nbkg:Measure"])]),
    ("SELECT * { ?m nbkg:ansvarlig ?u }", [("nbkg:ansvarlig", "property", ["nbkg:responsible"])]),
    ("SELECT * { ?m nbkg:text ?t ; nbkg:comments ?c }", [("nbkg:comments", "property", ["nbkg:comment"])]),
    ("SELECT * { ?m nbkg:milestone/nbkg:whenn ?w }", [("nbkg:whenn", "property", ["nbkg:when"])]),
    ("SELECT * { ?m ^nbkg:observe ?w }", [("nbkg:observe", "property", ["nbkg:observes"])]),
    ("SELECT * { ?m foaf:prefLabel ?n }", [("foaf:prefLabel", "property", ["skos:prefLabel"])]),
    ("SELECT * { ?m wrong:theme ?n }", [("wrong:theme", "property", ["nbkg:theme"])]),
    (
        "SELECT * { ?m <https://w3id.org/nbkg/ns/theme> ?n }",
        [("<https://w3id.org/nbkg/ns/theme>", "property", ["nbkg:theme"])],
    ),
    ("SELECT * { ?m nbkg:status status:lukka }", [("status:lukka", "thing", ["status:lukket"])]),
    (
        "SELECT * { VALUES ?s { status:avslutet } ?m nbkg:status ?s }",
        [("status:avslutet", "thing", ["status:avsluttet"])],
    ),
    ("SELECT * { ?m nbkg:status ?s FILTER(?s = status:lopend) }", [("status:lopend", "thing", ["status:lopende"])]),
    ("SELECT * { ?m nbkg:responsible unit:TK }", [("unit:TK", "thing", ["unit:tk"])]),
    ("SELECT * { ?m nbkg:zzzzzzzz ?s }", [("nbkg:zzzzzzzz", "property", [])]),
    ("ASK { <https://nowhere.example/x> ?p ?o }", [("<https://nowhere.example/x>", "thing", [])]),
    ("SELECT * { ?m nbkg:status status:lukket }", []),
    ("SELECT * { ?m nbkg:when ?d FILTER(xsd:date(?d) < '2025-01-01'^^xsd:date) }", []),
    ("SELECT * FROM <urn:no-graph> { GRAPH <urn:none> { ?m nbkg:status ?s } }", []),
    ("SELECT * { ?m unknown:status ?s }", []),
    ("SELECT * { ?m <relative> 'nbkg:statuss' } # nbkg:statuss", []),
    ("", []),
]


@pytest.fixture(scope="module")
def app(store: Path) -> Flask:
    return create_app(Settings(), open_store(str(store)))


@pytest.mark.parametrize(("query", "terms"), CASES, ids=[query for query, _ in CASES])
def test_unknown_terms(app: Flask, query: str, terms: Terms) -> None:
    with app.test_request_context("/"):
        unknown = unknown_terms(PROLOGUE + query, serving(), void_counts.contents().counts)
    assert [(term.text, term.kind, list(term.suggestions)) for term in unknown] == terms
