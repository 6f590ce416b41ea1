"""The general page of anything: also of what is hostile, huge, of elsewhere, or no more."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import quote

import html5lib
import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory

BASE = "https://w3id.org/nbkg/"
HTML = {"Accept": "text/html"}
ELSEWHERE = "https://library.example/works/1"
DATA = """
@base <https://w3id.org/nbkg/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<graph/one> {
  <https://library.example/works/1> a <https://library.example/Work> ; rdfs:label "Et verk"@nb , "A work"@en ;
    dcterms:creator <https://library.example/agent/1> ; dcterms:subject <https://nowhere.example/x> .
  <https://library.example/agent/1> rdfs:label "Eide, Einar" .
  <id/hostile> rdfs:label "<img src=x onerror=alert(1)></title></script><script>alert(2)</script>"@nb ;
    rdfs:seeAlso <javascript:alert(3)> , <data:text/html,x> , <https://w3id.org/nbkg//evil.example/> ;
    rdfs:comment "שלום \u202e abc"@he ; dcterms:description "</script><!-- <b>"@nb .
  <id/long> rdfs:label "Lang"@nb ; rdfs:comment "LONG" .
  <id/old> prov:invalidatedAtTime "2026-03-02T00:00:00Z"^^xsd:dateTime ; dcterms:isReplacedBy <id/middle> ;
    skos:changeNote "Slått sammen"@nb , "Merged"@en .
  <id/middle> prov:invalidatedAtTime "2026-03-03T00:00:00Z"^^xsd:dateTime ; dcterms:isReplacedBy <id/new> .
  <id/new> rdfs:label "Ny"@nb .
  <id/gone> prov:invalidatedAtTime "2026-03-02T00:00:00Z"^^xsd:dateTime ; rdfs:label "Borte"@nb ;
    skos:changeNote "En feil"@nb , "A mistake"@en .
  <id/round> prov:invalidatedAtTime "2026-03-02T00:00:00Z"^^xsd:dateTime ; dcterms:isReplacedBy <id/round2> .
  <id/round2> prov:invalidatedAtTime "2026-03-02T00:00:00Z"^^xsd:dateTime ; dcterms:isReplacedBy <id/round> .
  <id/lost> prov:invalidatedAtTime "2026-03-02T00:00:00Z"^^xsd:dateTime ;
    dcterms:isReplacedBy <https://other.example/y> .
  <https://other.example/y> rdfs:label "Y" .
  <id/away> prov:invalidatedAtTime "2026-03-02T00:00:00Z"^^xsd:dateTime ;
    dcterms:isReplacedBy <https://library.example/works/1> .
}
<graph/meta> {
  <graph/one> dcterms:title "Den ene"@nb ; dcterms:license <https://example.org/free> ;
    dcterms:issued "2026-03-02"^^xsd:date ; dcterms:isPartOf <dataset/nbkg> .
}
""".replace("LONG", "lang tekst " * 10_000)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    data = ox.Store()
    data.load(DATA, format=ox.RdfFormat.TRIG)
    hub, link = ox.NamedNode(f"{BASE}id/hub"), ox.NamedNode("https://library.example/p")
    data.extend(ox.Quad(ox.NamedNode(f"https://library.example/n/{i}"), link, hub) for i in range(50_000))
    data.extend(ox.Quad(ox.NamedNode(f"{BASE}id/many"), link, ox.Literal(str(i))) for i in range(5_000))
    return create_app(Settings(), open_memory("memory:", data=data)).test_client()


@pytest.fixture(scope="module")
def read(client: FlaskClient) -> Callable[[str], BeautifulSoup]:
    def page(address: str) -> BeautifulSoup:
        answer = client.get(address, headers=HTML, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        html5lib.HTMLParser(strict=True).parse(answer.text)
        return BeautifulSoup(answer.text, "html.parser")

    return page


def _at(iri: str, more: str = "") -> str:
    return f"/resource?iri={quote(iri, safe='')}{more}"


def test_what_is_of_elsewhere_has_a_page(read: Callable[[str], BeautifulSoup]) -> None:
    page = read(_at(ELSEWHERE, "&lang=en"))
    assert page.h1 is not None
    assert page.h1.get_text() == "A work"
    assert page.select_one(f"a.out[href='{ELSEWHERE}']")
    links = {a.get_text(): str(a["href"]) for a in page.select("main a")}
    assert links["Eide, Einar"] == "/resource?iri=https%3A%2F%2Flibrary.example%2Fagent%2F1&lang=en"
    assert links["https://nowhere.example/x"] == "https://nowhere.example/x"


def test_in_every_format(client: FlaskClient) -> None:
    answer = client.get(_at(ELSEWHERE), headers={"Accept": "application/n-triples"})
    assert answer.status_code == 200
    assert len(answer.text.splitlines()) == 5
    assert client.get(_at(ELSEWHERE, "&format=ntriples"), headers=HTML).data == answer.data


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (_at(BASE + "id/new"), 303),
        (_at("https://nowhere.example/unknown"), 404),
        (_at("not an iri"), 400),
        ("/resource", 400),
        (_at(BASE + "id/hub", "&incoming=https%3A%2F%2Flibrary.example%2Fp&page=101"), 404),
        (_at(BASE + "id/hub", "&incoming=none"), 400),
    ],
)
def test_other_addresses(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address, headers=HTML).status_code == status


def test_a_graph_tells_its_terms(read: Callable[[str], BeautifulSoup]) -> None:
    page = read("/doc/new")
    assert page.select_one("section a[href='/graph/one']")
    told = page.select_one("section ul.quiet")
    assert told is not None
    assert "2. mars 2026" in told.get_text()
    assert told.select_one("a[href='https://example.org/free']")


def test_hostile_values_are_harmless(read: Callable[[str], BeautifulSoup]) -> None:
    page = read("/doc/hostile")
    assert len(page.find_all("script")) == 1
    script = page.select_one("script[type='application/ld+json']")
    assert script is not None
    assert json.loads(str(script.string))["description"] == [{"@value": "</script><!-- <b>", "@language": "nb"}]
    assert not page.find("img")
    links = [str(a["href"]) for a in page.find_all("a")]
    assert not [link for link in links if not link.startswith(("/", "#", "?", "http"))]
    assert not [link for link in links if link.startswith("//")]
    right_to_left = page.select_one("[lang=he]")
    assert right_to_left is not None
    assert right_to_left["dir"] == "auto"


def test_a_long_text_is_folded(read: Callable[[str], BeautifulSoup]) -> None:
    page = read("/doc/long")
    whole = page.select_one("details.long")
    assert whole is not None
    assert len(whole.get_text()) > 100_000
    summary = whole.summary
    assert summary is not None
    assert len(summary.get_text()) < 500


def test_much_that_points_here_is_counted_so_far_and_paged(read: Callable[[str], BeautifulSoup]) -> None:
    page = read("/doc/hub")
    heading = page.select_one("#incoming ~ h3 small")
    assert heading is not None
    assert "10" in heading.get_text()
    assert heading.get_text().startswith("minst")
    assert len(page.select("#incoming ~ ul li")) == 12
    more = page.select_one("#incoming ~ p a")
    assert more is not None
    seen: set[str] = set()
    address = str(more["href"])
    for _ in range(3):
        page = read(address)
        found = {a.get_text() for a in page.select("ol.columns a:not(.out)")}
        assert len(found) == 100
        assert not found & seen
        seen |= found
        following = page.select_one("a[rel=next]")
        assert following is not None
        address = str(following["href"])
    last = read(_at(BASE + "id/hub", "&incoming=https%3A%2F%2Flibrary.example%2Fp&page=100"))
    assert not last.select_one("a[rel=next]")
    assert "SELECT" in last.get_text()


def test_much_that_is_said_is_cut_and_that_is_told(read: Callable[[str], BeautifulSoup], client: FlaskClient) -> None:
    page = read("/doc/many")
    assert len(page.select("dd li")) == 2001 - 25
    assert page.select_one("p.note")
    assert len(client.get("/doc/many.nt").text.splitlines()) == 5_000


def test_a_property_is_shown_in_use(read: Callable[[str], BeautifulSoup]) -> None:
    assert len(read(_at("https://library.example/p")).select("#uses ~ table tbody tr")) == 10


def test_merged_leads_to_the_survivor(client: FlaskClient) -> None:
    for address, location in (
        ("/id/old", "/id/new"),
        ("/doc/old?lang=en", "/doc/new?lang=en"),
        ("/doc/old.ttl", "/doc/new.ttl"),
        ("/id/middle.nt", "/id/new.nt"),
        (_at(BASE + "id/away"), None),
        ("/id/away", "/resource?iri=https%3A%2F%2Flibrary.example%2Fworks%2F1"),
    ):
        answer = client.get(address, headers=HTML)
        assert answer.status_code == (301 if location else 303)
        assert location is None or answer.headers["Location"] == location
    assert client.get("/doc/lost").headers["Location"] == "/resource?iri=https%3A%2F%2Fother.example%2Fy"


@pytest.mark.parametrize("address", ["/id/gone", "/doc/gone"])
def test_withdrawn_says_when_and_why(client: FlaskClient, address: str) -> None:
    answer = client.get(f"{address}?lang=en", headers=HTML)
    assert answer.status_code == 410
    text = BeautifulSoup(answer.text, "html.parser").get_text(" ")
    assert "2 March 2026" in text
    assert "A mistake" in text
    assert "En feil" not in text
    data = client.get(address, headers={"Accept": "text/turtle"})
    assert (data.status_code, data.mimetype) == (410, "text/turtle")
    assert "A mistake" in data.text


def test_mergers_in_a_circle_come_to_an_end(client: FlaskClient) -> None:
    assert client.get("/id/round", headers=HTML).status_code == 410


def test_signposts(client: FlaskClient) -> None:
    answer = client.get("/doc/new", headers=HTML)
    links = answer.headers["Link"]
    assert f'<{BASE}id/new>; rel="cite-as"' in links
    assert '<https://schema.org/AboutPage>; rel="type"' in links
    assert '<http://localhost/doc/new?format=turtle>; rel="describedby"; type="text/turtle"' in links
    assert f'<{BASE}dataset/nbkg>; rel="collection"' in links
    assert '<https://example.org/free>; rel="license"' in links
    assert '<http://localhost/doc/new?format=linkset>; rel="linkset"; type="application/linkset+json"' in links
    told = client.get("/doc/new", headers={"Accept": "application/linkset+json"})
    assert told.mimetype == "application/linkset+json"
    page, *documents = told.get_json(force=True)["linkset"]
    assert page["cite-as"] == [{"href": f"{BASE}id/new"}]
    assert {one["describes"][0]["href"] for one in documents} == {page["anchor"]}
    assert [one["anchor"] for one in documents] == [one["href"] for one in page["describedby"]]
    assert client.get("/doc/new.linkset").status_code == 200


@pytest.mark.parametrize(("term", "count"), [("StatusObservation", "64"), ("observes", "64"), ("StatusReport", "2")])
def test_what_only_reports_hold_is_counted_though_the_default_graph_leaves_them_out(
    term: str, count: str, later: FlaskClient
) -> None:
    page = BeautifulSoup(later.get(_at(f"{BASE}ns#{term}"), headers=HTML).text, "html.parser")
    assert count in [strong.get_text(strip=True) for strong in page.select("p > strong")]


def test_a_date_of_the_vocabulary_is_written_in_words(later: FlaskClient) -> None:
    """Its datatype is http://id.loc.gov/datatypes/edtf, and 2025-02 is how the data writes February 2025."""
    answer = later.get("/doc/observation/2025-10-14/14/milestone/1", headers=HTML)
    dates = BeautifulSoup(answer.text, "html.parser").select("dd span[title='edtf:edtf'], dd span[title='2025-02']")
    assert [date.get_text() for date in dates] == ["februar 2025"]
