from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDFS, SKOS

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # in its own parsers
BASE = "https://w3id.org/nbkg/"
MEASURE = URIRef(BASE + "id/measure/2020-2025/14")
DOCUMENT = "/doc/measure/2020-2025/14"
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def _page(client: FlaskClient, address: str, **headers: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address, headers={**HTML, **headers}).text, "html.parser")


def _text(page: BeautifulSoup, selector: str) -> str:
    found = page.select_one(selector)
    assert found is not None
    return found.get_text(" ", strip=True)


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("/id/measure/2020-2025/14", DOCUMENT),
        ("/id/measure/2020-2025/14?lang=en", f"{DOCUMENT}?lang=en"),
        ("/id/measure/2020-2025/14.ttl", f"{DOCUMENT}.ttl"),
        ("/id/service/bl%C3%A5b%C3%A6r", "/doc/service/bl%C3%A5b%C3%A6r"),
        ("/id/service/v1.0", "/doc/service/v1.0"),
        ("/id/service/v1.0.nt", "/doc/service/v1.0.nt"),
    ],
)
def test_things_lead_to_their_documents(client: FlaskClient, address: str, location: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (303, location)
    assert client.get(location).status_code == 200


@pytest.mark.parametrize(
    ("suffix", "accept", "parser"),
    [
        ("", "*/*", "turtle"),
        ("", "application/ld+json", "json-ld"),
        ("", "application/rdf+xml", "xml"),
        (".nt", "text/turtle", "nt"),
        (".jsonld", "text/html", "json-ld"),
        ("?format=ntriples", "text/html", "nt"),
    ],
)
def test_documents_in_every_format(client: FlaskClient, suffix: str, accept: str, parser: str) -> None:
    graph = Graph().parse(data=client.get(DOCUMENT + suffix, headers={"Accept": accept}).data, format=parser)
    assert (MEASURE, DCTERMS.identifier, Literal("14")) in graph
    assert {subject for subject in graph.subjects() if not isinstance(subject, BNode)} == {MEASURE}


def test_datasets_name_the_graphs(client: FlaskClient) -> None:
    dataset = Dataset().parse(data=client.get(f"{DOCUMENT}.nq").data, format="nquads")
    names = {str(graph.identifier).removeprefix(BASE) for graph in dataset.graphs() if len(graph)}
    assert names == {"graph/curated", "graph/current", "graph/report/2025-10-14"}


def test_documents_say_what_they_describe(client: FlaskClient) -> None:
    links = client.get(DOCUMENT).headers["Link"].split(", ")
    canonical = MEASURE.replace("/id/", "/doc/")
    assert links[:2] == [f'<{MEASURE}>; rel="describes"', f'<{canonical}>; rel="canonical"']


def test_page(client: FlaskClient) -> None:
    page = _page(client, DOCUMENT)
    assert _text(page, "h1") == "Dele data"
    assert _text(page, "blockquote") == "14. Dele \ndata fritt"
    assert "graph/report/2025-10-14" in _text(page, "main")
    assert page.select_one("a[href='/id/concept/status/lukket']")
    assert page.select_one("#incoming ~ ul a[href='/id/observation/2025-10-14/14']")
    assert {str(link["type"]) for link in page.select("link[rel=alternate][type]")} >= {
        "text/turtle",
        "application/ld+json",
    }


@pytest.mark.parametrize(
    ("address", "accept_language", "language", "title"),
    [
        (DOCUMENT, "", "nb", "Dele data"),
        (DOCUMENT, "en-GB,en;q=0.9", "en", "Share data"),
        (DOCUMENT, "de, no;q=0.5, en;q=0.2", "nb", "Dele data"),
        (DOCUMENT, "nn", "nn", "Dele data"),
        (f"{DOCUMENT}?lang=en", "nb", "en", "Share data"),
        (f"{DOCUMENT}?lang=xx", "", "nb", "Dele data"),
    ],
)
def test_languages(client: FlaskClient, address: str, accept_language: str, language: str, title: str) -> None:
    page = _page(client, address, **{"Accept-Language": accept_language})
    assert page.html is not None
    assert page.html["lang"] == language
    assert _text(page, "h1") == title


def test_asked_language_is_kept_by_links(client: FlaskClient) -> None:
    assert _page(client, f"{DOCUMENT}?lang=en").select_one("a[href='/ns?lang=en#Measure']")


def test_hostile_data_is_harmless(client: FlaskClient) -> None:
    page = _page(client, "/doc/observation/2025-10-14/14")
    assert not page.select("script:not([type='application/ld+json'])")
    assert "<script>alert(1)</script>" in page.get_text()
    links = [str(a["href"]) for a in page.find_all("a")]
    assert "https://example.org/a" in links
    assert not [link for link in links if link.startswith("javascript")]
    assert "javascript:alert(1)" in page.get_text()


def test_policy_allows_no_script(client: FlaskClient) -> None:
    assert "default-src 'none'" in client.get("/").headers["Content-Security-Policy"]
    assert "script-src" not in client.get("/").headers["Content-Security-Policy"]


def test_vocabulary(client: FlaskClient) -> None:
    graph = Graph().parse(data=client.get("/ns").data, format="turtle")
    assert (URIRef(f"{BASE}ns"), DCTERMS.title, Literal("The vocabulary", lang="en")) in graph
    assert (URIRef(f"{BASE}ns#text"), RDFS.label, Literal("wording", lang="en")) in graph
    assert len(list(graph.objects(URIRef(f"{BASE}ns#Measure"), RDFS.subClassOf))) == 1
    assert not list(graph.triples((None, SKOS.prefLabel, None)))
    page = _page(client, "/ns")
    assert page.select_one("#Measure h3")
    assert "owl#minCardinality" in page.get_text()


def test_graphs(client: FlaskClient) -> None:
    assert len(Graph().parse(data=client.get("/graph/current").data, format="turtle")) == 8
    assert len(Graph().parse(data=client.get("/graph/report/2025-10-14.nt").data, format="nt")) == 15
    assert _text(_page(client, "/graph/current"), "h1") == "Status nå"


def test_data_sets(client: FlaskClient) -> None:
    graph = Graph().parse(data=client.get("/dataset/nbkg").data, format="turtle")
    assert set(graph.subjects()) == {URIRef(f"{BASE}dataset/nbkg")}


def test_every_iri_of_the_graph_leads_somewhere(client: FlaskClient) -> None:
    asked = client.get("/sparql?query=SELECT DISTINCT ?s { { ?s ?p ?o } UNION { ?o ?p ?s } }&format=csv").text
    below = [line for line in asked.splitlines() if line.startswith(BASE)]
    assert len(below) > 15
    for iri in below:
        answer = client.get("/" + iri.removeprefix(BASE), follow_redirects=True)
        assert (iri, answer.status_code) == (iri, 200)


@pytest.mark.parametrize(
    "address",
    [
        "/id/unit/nobody",
        "/doc/unit/nobody",
        "/doc/unit/nobody.ttl",
        "/graph/none",
        "/dataset/%3Cscript%3E",
        "/id/a%20b",
    ],
)
def test_unknown(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers=HTML)
    assert answer.status_code == 404
    assert not BeautifulSoup(answer.text, "html.parser").find("script")


def test_prefixes_come_from_the_data(client: FlaskClient) -> None:
    assert "@prefix nbkg: <https://w3id.org/nbkg/ns#> ." in client.get(DOCUMENT).text


def test_a_licence_is_told_where_all_graphs_are_on_it(application: Callable[..., Flask], data: ox.Store) -> None:
    address, text = "/graph/current", {"Accept": "text/turtle"}
    assert "license" not in application().test_client().get(address, headers=text).headers["Link"]
    graph, licence = ox.NamedNode(BASE + address[1:]), ox.NamedNode("https://example.org/free")
    data.add(ox.Quad(graph, ox.NamedNode(str(DCTERMS.license)), licence, graph))
    client = application().test_client()
    assert '<https://example.org/free>; rel="license"' in client.get(address, headers=text).headers["Link"]
    assert "license" not in client.get(DOCUMENT, headers=text).headers["Link"]
