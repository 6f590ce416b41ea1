"""Rows and values: what is bound in a query's text, and what is read from an answer."""

from __future__ import annotations

from typing import cast

import pyoxigraph as ox
import pytest

from sparql_endpoint.errors import BadGatewayError
from sparql_endpoint.queries import query
from sparql_endpoint.sparql.remote_rewrite import as_select, without_from
from sparql_endpoint.stores.rows import bound, rows


def test_values_stand_in_every_pattern_that_gives_the_variable() -> None:
    iri = {"iri": ox.NamedNode("urn:a")}
    assert bound("SELECT ?iri { ?iri ?p ?o }", iri) == "SELECT ?iri { VALUES (?iri) { (<urn:a>) }  ?iri ?p ?o }"
    assert bound(query("reference-count"), iri).count("VALUES") == 2
    assert bound("SELECT * { { SELECT ?o { ?iri ?p ?o } } ?iri ?p ?o }", iri).count("VALUES") == 1
    assert bound(query("graphs"), {}) == query("graphs")
    quoted = bound("SELECT ?x { }", {"x": ox.Literal('a"} \\', language="nb")})
    assert next(iter(cast(ox.QuerySolutions, ox.Store().query(quoted))))["x"] == ox.Literal('a"} \\', language="nb")


def test_from_is_taken_out_without_moving_anything() -> None:
    text = "SELECT *\nFROM\n <urn:a> FROM NAMED urn:b { ?s ?FROM 'FROM <x>' }"
    taken = without_from(text)
    assert taken.split() == ["SELECT", "*", "{", "?s", "?FROM", "'FROM", "<x>'", "}"]
    assert (len(taken), taken.index("{"), taken.count("\n")) == (len(text), text.index("{"), 2)


def test_rows_of_an_odd_server() -> None:
    body = b"""{ "head": { "link": [] }, "results": { "distinct": false, "bindings": [
      { "a": { "type": "bnode", "value": "nodeID://b1" }, "b": { "type": "bnode", "value": "nodeID://b1" } },
      { "a": { "type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "1" },
        "b": { "type": "uri", "value": "http://example.org/a b" } },
      { "a": { "type": "literal", "xml:lang": "no such language", "value": "x" } },
      { "a": { "type": "triple", "value": { "subject": { "type": "uri", "value": "urn:s" },
        "predicate": { "type": "uri", "value": "urn:p" }, "object": { "type": "literal", "value": "o" } } } } ] } }"""
    nodes, odd, language, triple = rows(body)
    assert nodes["a"] == nodes["b"]
    assert isinstance(nodes["a"], ox.BlankNode)
    assert odd["a"] == ox.Literal(1)
    assert isinstance(odd["b"], ox.Literal)
    assert language["a"] == ox.Literal("x")
    assert triple["a"] == ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("o"))
    for broken in (b"[]", b"{}", b"oops", b'{"results":{"bindings":[{"x":1}]}}', b"[" * 100_000):
        with pytest.raises(BadGatewayError):
            rows(broken)


@pytest.mark.parametrize(
    ("text", "select"),
    [
        (
            "PREFIX a: <urn:> CONSTRUCT { ?s a:p [ a:q ?o ] } FROM <urn:g> { ?s ?p ?o } LIMIT 3",
            "PREFIX a: <urn:> SELECT * FROM <urn:g> { ?s ?p ?o } LIMIT 3",
        ),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "SELECT * WHERE { ?s ?p ?o }"),
        ("DESCRIBE ?s <urn:x> WHERE { ?s ?p ?o }", "SELECT * WHERE { ?s ?p ?o }"),
        ("DESCRIBE <urn:x>", None),
        ("SELECT * { ?s ?p ?o }", None),
        ("", None),
    ],
)
def test_the_rows_of_a_graph_as_a_select(text: str, select: str | None) -> None:
    told = as_select(text)
    assert (told and " ".join(told.split())) == select
