from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from rdflib import Dataset, Graph, URIRef

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # in its own parsers
SELECT = "SELECT ?label { <https://w3id.org/nbkg/id/unit/tk> <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <https://w3id.org/nbkg/graph/current> { ?s ?p ?o } }"
COUNT = "SELECT (COUNT(*) AS ?n) %s WHERE { <https://w3id.org/nbkg/id/unit/tk> ?p ?o }"


def _address(text: str, more: str = "") -> str:
    return f"/sparql?query={quote(text)}{more}"


@pytest.mark.parametrize(
    ("name", "content_type", "expected"),
    [
        ("", "application/sparql-results+json", b'"xml:lang":"nb"'),
        ("json", "application/sparql-results+json", b'"value":"Tilvekst og kunnskapsorganisering"'),
        (
            "srx",
            "application/sparql-results+xml",
            b'<literal xml:lang="nb">Tilvekst og kunnskapsorganisering</literal>',
        ),
        ("csv", "text/csv; charset=utf-8", b"label\r\nTilvekst og kunnskapsorganisering\r\n"),
        ("tsv", "text/tab-separated-values; charset=utf-8", b'?label\n"Tilvekst og kunnskapsorganisering"@nb\n'),
        (
            "html",
            "text/html; charset=utf-8",
            b'<td><span dir="auto" lang="nb">Tilvekst og kunnskapsorganisering</span>',
        ),
    ],
)
def test_results(client: FlaskClient, name: str, content_type: str, expected: bytes) -> None:
    answer = client.get(_address(SELECT, f"&format={name}"))
    assert answer.status_code == 200
    assert answer.content_type == content_type
    assert expected in answer.data
    assert "Accept" in answer.vary


@pytest.mark.parametrize(
    ("name", "parser"),
    [
        ("", "turtle"),
        ("ttl", "turtle"),
        ("nt", "nt"),
        ("trig", "trig"),
        ("nq", "nquads"),
        ("jsonld", "json-ld"),
        ("rdf", "xml"),
        ("n3", "n3"),
    ],
)
def test_graphs(client: FlaskClient, name: str, parser: str) -> None:
    answer = client.get(_address(CONSTRUCT, f"&format={name}"))
    assert answer.status_code == 200
    graph = Dataset().parse(data=answer.data, format=parser) if parser in ("trig", "nquads") else None
    assert len(graph if graph is not None else Graph().parse(data=answer.data, format=parser)) == 8


@pytest.mark.parametrize("text", [CONSTRUCT, "DESCRIBE <https://w3id.org/nbkg/id/unit/tk>"])
def test_graph_queries_give_graphs_only(client: FlaskClient, text: str) -> None:
    refused = client.get(_address(text), headers={"Accept": "application/sparql-results+json"})
    assert refused.status_code == 406
    assert "text/turtle" in json.loads(refused.data)["offered"]
    assert client.get(_address(text), headers={"Accept": "text/turtle; charset=utf-8"}).status_code == 200


def test_ask(client: FlaskClient) -> None:
    assert json.loads(client.get(_address("ASK { ?s ?p 14 }")).data)["boolean"] is True
    page = client.get(_address("ASK { ?s ?p 15 }", "&lang=en"), headers={"Accept": "text/html"}).text
    assert BeautifulSoup(page, "html.parser").select_one("p.answer").get_text() == "No"  # type: ignore[union-attr]


def test_both_posts(client: FlaskClient) -> None:
    as_form = client.post("/sparql", data={"query": SELECT, "format": "csv"})
    direct = client.post("/sparql?format=csv", data=SELECT, content_type="application/sparql-query")
    assert as_form.data == direct.data == b"label\r\nTilvekst og kunnskapsorganisering\r\n"


def _count(client: FlaskClient, clause: str = "", more: str = "") -> int:
    return int(client.get(_address(COUNT % clause, f"&format=csv{more}")).text.split()[1])


def test_default_graph_is_the_union_and_datasets_replace_it(client: FlaskClient) -> None:
    current, curated = ("https://w3id.org/nbkg/graph/current", "https://w3id.org/nbkg/graph/curated")
    assert _count(client) == 2
    assert _count(client, f"FROM <{curated}>") == 0
    assert _count(client, f"FROM <{current}>") == 2
    assert _count(client, "", f"&default-graph-uri={curated}") == 0
    assert _count(client, f"FROM <{curated}>", f"&default-graph-uri={current}") == 2
    assert _count(client, "", f"&named-graph-uri={current}") == 0


def test_plain_default_graph(application: Callable[..., Flask]) -> None:
    assert _count(application(default_graph="plain").test_client()) == 0


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", _address("SELEKT * {}"), 400),
        ("GET", _address("SELECT * {"), 400),
        ("GET", "/sparql?query=ASK{}&query=ASK{}", 400),
        ("GET", _address("ASK {" + "{" * 3000 + "}" * 3001), 400),
        ("GET", _address("ASK { SERVICE <http://127.0.0.1:1/> {} }"), 403),
        ("GET", "/sparql?update=CLEAR+ALL", 400),
        ("GET", _address("INSERT DATA { <a:b> <a:b> <a:b> }"), 403),
        ("PUT", "/sparql", 405),
        ("DELETE", _address("ASK {}"), 405),
        ("POST", _address("ASK {}"), 415),
        ("GET", "/nowhere", 404),
        ("GET", "/id/measure/nothing", 404),
    ],
)
def test_errors_are_told_as_the_client_wants(client: FlaskClient, method: str, address: str, status: int) -> None:
    for accept, content_type in (
        ("*/*", "application/problem+json"),
        ("application/sparql-results+json", "application/problem+json"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("text/html,*/*;q=0.1", "text/html; charset=utf-8"),
    ):
        answer = client.open(address, method=method, headers={"Accept": accept})
        if status == 404 or answer.status_code != 406:
            assert (answer.status_code, answer.content_type) == (status, content_type)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert client.open(address, method=method).status_code == status


def test_syntax_errors_have_a_place(client: FlaskClient) -> None:
    problem = json.loads(client.get(_address("SELECT *\nWHERE { ?s ?p")).data)
    assert (problem["line"], problem["column"]) == (2, 14)
    assert "expected" in problem["detail"]


def test_too_large(client: FlaskClient) -> None:
    assert client.post("/sparql", data="x" * 5_000_000, content_type="application/sparql-query").status_code == 413
    text = "ASK {}" + " " * 1_000_000
    assert client.post("/sparql", data=text, content_type="application/sparql-query").status_code == 413


def test_methods_allowed_are_told(client: FlaskClient) -> None:
    assert set(client.delete("/sparql").headers["Allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


def test_preflight(client: FlaskClient) -> None:
    answer = client.options("/sparql", headers={"Origin": "https://e.org", "Access-Control-Request-Method": "POST"})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]


def test_head_has_the_headers_of_get(client: FlaskClient) -> None:
    answer = client.head(_address(SELECT))
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.content_type == "application/sparql-results+json"


def test_form(client: FlaskClient) -> None:
    page = BeautifulSoup(
        client.get("/sparql", headers={"Accept": "text/html"}, follow_redirects=True).text, "html.parser"
    )
    assert page.select_one("form[action='/sparql'] textarea[name=query]")


def test_service_description_is_true(client: FlaskClient) -> None:
    graph = Graph().parse(data=client.get("/sparql", headers={"Accept": "text/turtle"}).data, format="turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    counts_described = graph.query(
        f"PREFIX sd: <{sd}> PREFIX void: <http://rdfs.org/ns/void#> "
        "SELECT ?name ?n { ?dataset sd:namedGraph [ sd:name ?name ; sd:graph/void:triples ?n ] }"
    )
    result = client.get(
        _address("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g", "&format=csv")
    ).text
    counts = dict(line.split(",") for line in result.splitlines()[1:])
    assert {str(row[0]): str(row[1]) for row in counts_described} == counts  # type: ignore[index]
    (endpoint,) = graph.objects(None, URIRef(f"{sd}endpoint"))
    assert str(endpoint) == "http://localhost/sparql"


def test_hostile_results_are_escaped(client: FlaskClient) -> None:
    text = 'SELECT ("<script>alert(1)</script>" AS ?x) (<javascript:alert(1)> AS ?y) {}'
    page = BeautifulSoup(client.get(_address(text), headers={"Accept": "text/html"}).text, "html.parser")
    assert not page.find("script")
    assert not [a for a in page.find_all("a") if str(a["href"]).startswith("javascript")]
    assert "<script>alert(1)</script>" in page.get_text()


def test_unknown_errors_are_logged_500s(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> str:
        raise ZeroDivisionError("a secret")

    client.application.view_functions["endpoint.health"] = broken
    answer = client.get("/healthz")
    assert answer.status_code == 500
    assert b"secret" not in answer.data
    assert "a secret" in caplog.text
