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


ODD_DESCRIBE = f"/sparql?query={quote('DESCRIBE <http://g.example/odd>')}"


@pytest.mark.parametrize("path", [ODD_GRAPH, ODD_CONSTRUCT, ODD_DESCRIBE, ODD_PAGE, f"{ODD_PAGE}&format=rdfxml"])
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


@pytest.mark.parametrize("path", [ODD_GRAPH, ODD_CONSTRUCT, ODD_DESCRIBE, ODD_PAGE])
@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/rdf+xml, text/turtle;q=0.9", "text/turtle"),
        ("application/rdf+xml, application/n-triples;q=0.1, text/turtle;q=0", "application/n-triples"),
        ("application/rdf+xml, application/ld+json;q=0.5, */*;q=0.1", "application/ld+json"),
        ("application/rdf+xml;q=0.8, */*;q=0.1", "text/turtle"),
        ("application/rdf+xml;charset=utf-8, application/xml;q=0.9, application/n-quads;q=0.3", "application/n-quads"),
    ],
)
def test_the_next_format_that_the_client_takes_holds_what_rdf_xml_cannot(
    server: Server, path: str, accept: str, media_type: str
) -> None:
    for _ in range(2):
        status, sent, body = get(server, path, accept)
        assert (status, sent.partition(";")[0]) == (200, media_type)
        assert b"p.example/123" in body
    answer, _ = server.ask("HEAD", path, None, {"Accept": accept})
    assert (answer.status, answer.headers["Content-Type"].partition(";")[0]) == (200, media_type)
    assert "Accept" in answer.headers["Vary"].split(", ")
    same, _ = server.ask("GET", path, None, {"Accept": accept, "If-None-Match": answer.headers["ETag"]})
    assert (same.status, same.headers["ETag"]) == (304, answer.headers["ETag"])


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/sparql-results+xml, application/sparql-results+json;q=0.9", "application/sparql-results+json"),
        ("application/xml, text/csv;q=0.2", "text/csv"),
        ("application/sparql-results+xml, */*;q=0.01", "application/sparql-results+json"),
        ("application/sparql-results+xml, text/html;q=0.5", "text/html"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_the_next_format_of_results(server: Server, method: str, accept: str, media_type: str) -> None:
    path, body, headers = ODD_SELECT, None, {"Accept": accept}
    if method == "POST":
        path, _, body = ODD_SELECT.partition("?")
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    answer, _ = server.ask(method, path, body, headers)
    assert (answer.status, answer.headers["Content-Type"].partition(";")[0]) == (200, media_type)


@pytest.mark.parametrize("accept", ["application/sparql-results+xml, text/turtle", "application/rdf+xml, */*;q=0"])
def test_where_no_other_format_is_taken_the_answer_is_an_error(server: Server, accept: str) -> None:
    path = ODD_SELECT if "sparql" in accept else ODD_GRAPH
    assert get(server, path, accept)[0] == 406
    assert get(server, f"{path}&format=xml", "*/*")[0] == 406


def test_prefixes_that_no_document_may_declare_are_not_offered(server: Server) -> None:
    declared = json.loads(get(server, "/prefixes.json", "application/json")[2])
    assert declared == {"fine": "http://g.example/"}


RDF_XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="urn:s">'
    '<p xmlns="http://r.example/">æ</p></rdf:Description></rdf:RDF>'
)
SENT = [
    ("text/turtle", '\ufeff<urn:s> <http://r.example/p> "æ" .', "utf-8"),
    ("text/turtle", '\ufeff<urn:s> <http://r.example/p> "æ" .', "utf-16-le"),
    ("application/n-triples", '\ufeff<urn:s> <http://r.example/p> "æ" .\n', "utf-8"),
    ("application/ld+json", '\ufeff{"@id": "urn:s", "http://r.example/p": "æ"}', "utf-8"),
    ("application/rdf+xml", f"\ufeff{RDF_XML}", "utf-8"),
    ("application/rdf+xml", f'<?xml version="1.0" encoding="UTF-16"?>{RDF_XML}', "utf-16"),
    ("application/rdf+xml", f'<?xml version="1.0" encoding="ISO-8859-1"?>{RDF_XML}', "iso-8859-1"),
]


@pytest.mark.parametrize(("media_type", "text", "encoding"), SENT)
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_documents_are_read_in_their_own_encoding(
    server: Server, method: str, media_type: str, text: str, encoding: str
) -> None:
    headers = {"Content-Type": media_type, "Authorization": f"Bearer {TOKEN}"}
    server.ask("DELETE", "/data?graph=urn:read", None, headers)
    answer, body = server.ask(method, "/data?graph=urn:read", text.encode(encoding), headers)
    assert answer.status == 201, body
    assert server.query("SELECT ?o { GRAPH <urn:read> { ?s <http://r.example/p> ?o } }") == "o\r\næ\r\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_queries_and_updates_may_begin_with_a_byte_order_mark(server: Server, encoding: str) -> None:
    headers = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}
    answer, body = server.ask("POST", "/sparql", 'SELECT ("æ" AS ?x) {}'.encode(encoding), headers)
    assert (answer.status, body.decode()) == (200, "x\r\næ\r\n")
    headers = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {TOKEN}"}
    update = "INSERT DATA { GRAPH <urn:updated> { <urn:s> <urn:p> 1 } }"
    assert server.ask("POST", "/sparql", update.encode(encoding), headers)[0].status == 204


def test_a_query_in_an_address_or_a_form_may_begin_with_a_byte_order_mark(server: Server) -> None:
    query = quote("\ufeffASK {}")
    assert server.ask("GET", f"/sparql?query={query}")[0].status == 200
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert server.ask("POST", "/sparql", f"query={query}", headers)[0].status == 200


@pytest.mark.parametrize(
    ("language", "words"), [("nb", "En IRI skrives"), ("nn", "Ein IRI skriv"), ("en", "An IRI is")]
)
def test_a_hint_is_in_the_language_of_the_page(server: Server, language: str, words: str) -> None:
    query = quote("SELECT ?x { ?s http://a.example/p ?x }")
    _, _, body = get(server, f"/sparql?query={query}&lang={language}", "text/html")
    assert words in body.decode()
    assert "An IRI is" in json.loads(get(server, f"/sparql?query={query}", "application/json")[2])["hint"]


def test_the_page_of_a_result_notes_what_was_passed_over_in_silence(server: Server) -> None:
    query = quote("SELECT (GROUP_CONCAT(?c) AS ?all) { GRAPH <urn:data> { ?s a ?c } }")
    _, _, body = get(server, f"/sparql?query={query}&lang=en", "text/html")
    assert "GROUP_CONCAT(STR(?x))" in body.decode()
