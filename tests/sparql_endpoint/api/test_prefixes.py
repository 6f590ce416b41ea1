from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SH, XSD

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # in its own parsers
DECLARED = {"dcterms": "http://purl.org/dc/terms/", "nbkg": "https://w3id.org/nbkg/ns#"}


def _declare(data: ox.Store, prefix: str, namespace: str) -> None:
    node = ox.BlankNode()
    data.add(ox.Quad(node, ox.NamedNode(str(SH.prefix)), ox.Literal(prefix)))
    data.add(ox.Quad(node, ox.NamedNode(str(SH.namespace)), ox.Literal(namespace)))


def test_json(client: FlaskClient) -> None:
    assert json.loads(client.get("/prefixes").data) == DECLARED


def test_context_expands_a_document(client: FlaskClient, data: ox.Store) -> None:
    _declare(data, "ex", "http://example.org/odd")
    context = json.loads(client.get("/prefixes.jsonld").data)
    assert context["@context"]["ex"] == {"@id": "http://example.org/odd", "@prefix": True}
    document = json.dumps({**context, "@id": "nbkg:a", "dcterms:title": "b", "ex:c": "d"})
    graph = Graph().parse(data=document, format="json-ld")
    assert set(graph) == {
        (URIRef("https://w3id.org/nbkg/ns#a"), URIRef("http://purl.org/dc/terms/title"), Literal("b")),
        (URIRef("https://w3id.org/nbkg/ns#a"), URIRef("http://example.org/oddc"), Literal("d")),
    }


@pytest.mark.parametrize("suffix", ["rq", "txt"])
def test_sparql_begins_a_query(client: FlaskClient, suffix: str) -> None:
    text = client.get(f"/prefixes.{suffix}").text
    assert text.splitlines()[0] == "PREFIX dcterms: <http://purl.org/dc/terms/>"
    assert client.get("/sparql", query_string={"query": text + "ASK { ?s dcterms:title ?o }"}).status_code == 200


def test_turtle(client: FlaskClient) -> None:
    text = client.get("/prefixes", headers={"Accept": "text/turtle"}).text
    assert "@prefix nbkg: <https://w3id.org/nbkg/ns#> ." in text
    graph = Graph().parse(data=text, format="turtle")
    described = {
        str(graph.value(node, SH.prefix)): graph.value(node, SH.namespace)
        for node in graph.objects(URIRef("https://w3id.org/nbkg/prefixes"), SH.declare)
    }
    assert described == {prefix: Literal(namespace, datatype=XSD.anyURI) for prefix, namespace in DECLARED.items()}


def test_page(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/prefixes?lang=en", headers={"Accept": "text/html"}).text, "html.parser")
    assert [cell.get_text() for cell in page.select("tbody th, tbody td")] == [
        text for pair in DECLARED.items() for text in pair
    ]


@pytest.mark.parametrize(
    ("address", "accept", "content_type"),
    [
        ("/prefixes", "*/*", "application/json"),
        ("/prefixes?format=json", "text/html", "application/json"),
        ("/prefixes?format=jsonld", "*/*", "application/ld+json"),
        ("/prefixes", "application/sparql-query", "application/sparql-query"),
        ("/prefixes?format=text", "*/*", "text/plain; charset=utf-8"),
        ("/prefixes.ttl", "*/*", "text/turtle; charset=utf-8"),
        ("/prefixes.html", "*/*", "text/html; charset=utf-8"),
    ],
)
def test_formats(client: FlaskClient, address: str, accept: str, content_type: str) -> None:
    for method in ("GET", "HEAD"):
        answer = client.open(address, method=method, headers={"Accept": accept})
        assert (answer.status_code, answer.content_type) == (200, content_type)


def test_no_other_formats(client: FlaskClient) -> None:
    assert client.get("/prefixes?format=rdfxml").status_code == 406
    assert client.get("/prefixes.docx").status_code == 404


@pytest.mark.parametrize(
    ("prefix", "namespace"),
    [
        ("a b", "http://example.org/"),
        ("a:\nASK {} #", "http://example.org/"),
        ("", "http://example.org/"),
        ("ok", "http://example.org/> ."),
        ("ok", "http://example.org/ a"),
    ],
)
def test_what_no_query_can_declare_is_left_out(
    client: FlaskClient, data: ox.Store, prefix: str, namespace: str
) -> None:
    _declare(data, prefix, namespace)
    assert json.loads(client.get("/prefixes").data) == DECLARED
