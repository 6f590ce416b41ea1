"""Data that others wrote, on a real server: no document of ours is spoilt by it, and no value changes on the way."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from rdflib import Graph

from tests.sparql_endpoint.serving import TOKEN, Server, served, token_file

SH = "http://www.w3.org/ns/shacl#"
PREFIXES = ("_9", "9lives", "my onto", "x: <urn:y> .\\n<urn:injected> <urn:p> <urn:o> .\\n@prefix z", "xml", "a b", "-")
NAMESPACES = ("http://g.example/", "http://g.example/a b", "http://g.example/>", "http://[g", "rel/")
HOSTILE = "\n".join(
    f'[] <{SH}prefix> "{prefix}" ; <{SH}namespace> "{namespace}" .'
    for prefix in (*PREFIXES, "fine")
    for namespace in NAMESPACES
)
VALUE = "a\rb\r\nc \t"
DATA = """
PREFIX x: <http://g.example/>
x:s x:p "a\\rb\\r\\nc \\t" ; a <http://c.example/123> .
"""
ODD = """
<http://g.example/odd> <http://p.example/123> "a\\u0001b" .
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("token")
    with served("memory:", "--write-token-file", token_file(folder)) as running:
        for graph, text in (("urn:hostile", HOSTILE), ("urn:data", DATA), ("urn:odd", ODD)):
            assert put(running, graph, text) == 201
        yield running


def put(server: Server, graph: str, text: str | bytes, media_type: str = "text/turtle") -> int:
    headers = {"Content-Type": media_type, "Authorization": f"Bearer {TOKEN}"}
    return server.ask("PUT", f"/data?graph={quote(graph, safe='')}", text, headers)[0].status


def get(server: Server, path: str, accept: str) -> tuple[int, str, bytes]:
    answer, body = server.ask("GET", path, None, {"Accept": accept})
    return answer.status, answer.headers.get("Content-Type", ""), body


GRAPH = "/data?graph=urn%3Adata"
CONSTRUCT = f"/sparql?query={quote('CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <urn:data> { ?s ?p ?o } }')}"
SELECT = f"/sparql?query={quote('SELECT ?o { GRAPH <urn:data> { ?s <http://g.example/p> ?o } }')}"
DESCRIPTION = f"/resource?iri={quote('http://g.example/s', safe='')}"
SYNTAXES = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
    "text/n3": "turtle",
}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.parametrize("path", [GRAPH, CONSTRUCT, DESCRIPTION])
@pytest.mark.parametrize("accept", SYNTAXES)
def test_a_graph_is_read_by_others_as_it_was_written(server: Server, path: str, accept: str) -> None:
    status, _, body = get(server, path, accept)
    assert status == 200, body
    graph = Graph()
    graph.parse(data=body, format=SYNTAXES[accept])
    assert {str(o) for _, p, o in graph if str(p) == "http://g.example/p"} == {VALUE}
    assert len(graph) == 2
    assert b"injected" not in body


@pytest.mark.parametrize("path", [GRAPH, CONSTRUCT, DESCRIPTION])
@pytest.mark.parametrize(
    ("accept", "syntax"), [("application/trig", ox.RdfFormat.TRIG), ("application/n-quads", ox.RdfFormat.N_QUADS)]
)
def test_a_dataset_is_read_as_it_was_written(server: Server, path: str, accept: str, syntax: ox.RdfFormat) -> None:
    quads = [*ox.parse(get(server, path, accept)[2], syntax)]
    assert len(quads) == 2
    assert ox.Literal(VALUE) in {quad.object for quad in quads}


def test_results_in_xml_hold_the_value(server: Server) -> None:
    root = ET.fromstring(get(server, SELECT, "application/sparql-results+xml")[2])  # noqa: S314  # of our own
    assert [node.text for node in root.iter("{http://www.w3.org/2005/sparql-results#}literal")] == [VALUE]


@pytest.mark.parametrize("path", ["/.well-known/void", "/sparql", "/prefixes"])
def test_descriptions_of_the_server_parse(server: Server, path: str) -> None:
    status, _, body = get(server, path, "text/turtle")
    assert status == 200
    assert [*ox.parse(io.BytesIO(body), ox.RdfFormat.TURTLE, base_iri="http://b.example/")]


ODD_GRAPH = "/data?graph=urn%3Aodd"
ODD_CONSTRUCT = f"/sparql?query={quote('CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <urn:odd> { ?s ?p ?o } }')}"
ODD_SELECT = f"/sparql?query={quote('SELECT ?o { GRAPH <urn:odd> { ?s ?p ?o } }')}"
ODD_PAGE = f"/resource?iri={quote('http://g.example/odd', safe='')}"


@pytest.mark.parametrize("path", [ODD_GRAPH, ODD_CONSTRUCT, ODD_PAGE, f"{ODD_PAGE}&format=rdfxml"])
def test_what_rdf_xml_cannot_hold_is_an_error_that_names_what_can(server: Server, path: str) -> None:
    status, media_type, body = get(server, path, "application/rdf+xml")
    assert (status, media_type) == (406, "application/problem+json")
    assert "Turtle" in json.loads(body)["detail"]
    assert get(server, path.replace("&format=rdfxml", ""), "text/turtle")[0] == 200


def test_what_results_in_xml_cannot_hold_is_an_error_that_names_what_can(server: Server) -> None:
    status, _, body = get(server, ODD_SELECT, "application/sparql-results+xml")
    assert status == 406
    assert "U+0001" in json.loads(body)["detail"]
    assert "application/sparql-results+json" in json.loads(body)["detail"]
    assert get(server, ODD_SELECT, "application/sparql-results+json")[0] == 200


def test_prefixes_that_no_document_may_declare_are_not_offered(server: Server) -> None:
    declared = json.loads(get(server, "/prefixes.json", "application/json")[2])
    assert declared == {"fine": "http://g.example/"}
