"""Every IRI of the store has its page, however it is spelled, and no other IRI's."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory

BASE = "https://w3id.org/nbkg/"
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
SEE = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#seeAlso")
VALUES = ["id/z/obj#frag", "id/z/objs#one", "id/z/objs#two"]
HTML = {"Accept": "text/html"}
PATHS = [
    "id/z/par%28x%29", "id/z/par(x)", "id/z/a%2Fb", "id/z/a/b", "id/z/a%2fb", "id/z/lower%c3%a5",
    "id/z/upper%C3%A5", "id/z/bl\xe5", "id/z/both\xe5", "id/z/both%C3%A5", "id/z/mixed%C3%A5\xf8",
    "id/z/mixed%c3%a5\xf8", "id/z/a;b", "id/z/a,b", "id/z/it's", "id/z/a+b", "id/z/a%20b", "id/z/a%2Bb",
    "id/z/100%25", "id/z/100%2525", "id/z/a@b:c", "id/z/a!b*c", "id/z/$a&b=c", "id/z/~a", "id/z/%7Ea",
    "id/z/v1.0", "id/z/page.ttl", "id/z/page.html", "id/z/slash/", "id/z/slash", "id/z/a//b", "id/z/a/./b",
    "id/z/a/../b", "id/z/a%3Fb", "id/z/a?b", "id/z/a%23b", "id/z/\U0001f4da", "id/z/%F0%9F%93%9A", "id/z/%FF",
    "id/z/e\u0301", "id/z/\xe9", "doc2/a(b)", "doc2/a%28b%29", "id/z/f#it", "id/z/f#more", "id/z/alone#me",
    "id/z/known", "id/z/known#it", "top#it",
]  # fmt: skip


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    store = ox.Store()
    store.extend(ox.Quad(ox.NamedNode(BASE + path), LABEL, ox.Literal(f"label of {path}")) for path in PATHS)
    subject = ox.NamedNode(BASE + "id/z/v1.0")
    store.extend(ox.Quad(subject, SEE, ox.NamedNode(BASE + path)) for path in VALUES)
    return create_app(Settings(), open_memory("memory:", data=store)).test_client()


def _heading(client: FlaskClient, address: str) -> str:
    answer = client.get(address, headers=HTML, follow_redirects=True)
    assert answer.status_code == 200, (address, answer.text[:300])
    heading = BeautifulSoup(answer.text, "html.parser").select_one("h1")
    assert heading is not None
    return heading.get_text()


@pytest.mark.parametrize("path", PATHS)
def test_the_page_by_the_whole_iri_is_its_own(client: FlaskClient, path: str) -> None:
    assert _heading(client, f"/resource?iri={quote(BASE + path, safe='')}") == f"label of {path}"


@pytest.mark.parametrize("path", PATHS)
def test_the_link_of_a_search_leads_to_its_page(client: FlaskClient, path: str) -> None:
    """As a browser follows it: what is not ASCII is escaped."""
    answer = client.get(f"/search?q={quote(f'label of {path}')}", headers=HTML)
    links = {str(a["href"]): a.get_text() for a in BeautifulSoup(answer.text, "html.parser").select("main a[href]")}
    (address,) = [href for href, text in links.items() if text == f"label of {path}"] or [""]
    if address:
        parts = urlsplit(address)
        sent = quote(parts.path, safe="/%:@!$&'()*+,;=~") + (f"?{parts.query}" if parts.query else "")
        assert _heading(client, sent) == f"label of {path}"


@pytest.mark.parametrize("path", [path for path in PATHS if "#" not in path])
def test_a_graph_format_is_of_the_same_iri(client: FlaskClient, path: str) -> None:
    iri = BASE + path
    answer = client.get(f"/resource?iri={quote(iri, safe='')}&format=ntriples", follow_redirects=True)
    assert {quad.subject.value for quad in ox.parse(answer.data, ox.RdfFormat.N_TRIPLES)} == {iri}


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ("/id/z/par%28x%29", "id/z/par%28x%29"),
        ("/id/z/par(x)", "id/z/par(x)"),
        ("/doc/z/par%28x%29", "id/z/par%28x%29"),
        ("/doc/z/par%28x%29.nt", "id/z/par%28x%29"),
        ("/id/z/bl%C3%A5", "id/z/bl\u00e5"),
        ("/id/z/bl%c3%a5", "id/z/bl\u00e5"),
        ("/id/z/upper%C3%A5", "id/z/upper%C3%A5"),
        ("/id/z/lower%c3%a5", "id/z/lower%c3%a5"),
        ("/id/z/both%C3%A5", "id/z/both\u00e5"),
        ("/doc/z/both%C3%A5.nt", "id/z/both\u00e5"),
        ("/resource?iri=https://w3id.org/nbkg/id/z/both%25C3%25A5", "id/z/both%C3%A5"),
        ("/id/z/%F0%9F%93%9A", "id/z/\U0001f4da"),
        ("/id/z/a%2Cb", "id/z/a,b"),
        ("/id/z/it%27s", "id/z/it's"),
        ("/id/z/%E2%82%AC", None),
        ("/doc2/a%28b%29", "doc2/a%28b%29"),
        ("/resource?iri=https://w3id.org/nbkg/id/z/a+b", "id/z/a+b"),
        ("/resource?iri=https://w3id.org/nbkg/id/z/par%28x%29", "id/z/par(x)"),
        ("/resource?iri=https://w3id.org/nbkg/id/z/lower%c3%a5", "id/z/lower%c3%a5"),
    ],
)
def test_an_address_means_exactly_its_iri_before_any_other(client: FlaskClient, sent: str, path: str | None) -> None:
    answer = client.get(sent, headers={"Accept": "application/n-triples"}, follow_redirects=True)
    if path is None:
        assert answer.status_code == 404
    else:
        assert {quad.subject.value for quad in ox.parse(answer.data, ox.RdfFormat.N_TRIPLES)} == {BASE + path}


@pytest.mark.parametrize("address", ["/id/z/f", "/doc/z/f", "/doc/z/f.nt"])
def test_a_document_holds_all_that_its_fragments_name(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers={"Accept": "application/n-triples"}, follow_redirects=True)
    subjects = {quad.subject.value for quad in ox.parse(answer.data, ox.RdfFormat.N_TRIPLES)}
    assert subjects == {f"{BASE}id/z/f#it", f"{BASE}id/z/f#more"}


def test_the_page_of_such_a_document_has_its_fragments(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/id/z/f", headers=HTML, follow_redirects=True).text, "html.parser")
    assert "label of id/z/f#it" in str(page.select_one("section[id=it]"))
    assert "label of id/z/f#more" in str(page.select_one("section[id=more]"))
    for link in page.select("section[id] h2 a"):
        assert _heading(client, str(link["href"])) == link.get_text()


def test_a_document_of_one_thing_is_its_page(client: FlaskClient) -> None:
    assert _heading(client, "/id/z/alone") == "label of id/z/alone#me"
    assert unquote(_heading(client, "/top")) == "label of top#it"


def test_a_document_of_nothing_is_not_there(client: FlaskClient) -> None:
    assert client.get("/id/z/nothing", headers=HTML, follow_redirects=True).status_code == 404


@pytest.mark.parametrize(("address", "fragments"), [("/id/z/obj", ["frag"]), ("/id/z/objs", ["one", "two"])])
def test_a_document_of_fragments_that_are_values_only_is_there(
    client: FlaskClient, address: str, fragments: list[str]
) -> None:
    """Nothing is stated about them, so that the graph of the document is empty, as that of any such IRI."""
    answer = client.get(address, headers={"Accept": "application/n-triples"}, follow_redirects=True)
    assert (answer.status_code, answer.data) == (200, b"")
    page = client.get(address, headers=HTML, follow_redirects=True)
    assert page.status_code == 200
    for fragment in fragments:
        assert f"{BASE}{address[1:]}#{fragment}" in unquote(page.text) or f'id="{fragment}"' in page.text


def test_the_page_of_one_such_fragment_says_what_points_at_it(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/id/z/obj", headers=HTML, follow_redirects=True).text, "html.parser")
    assert "label of id/z/v1.0" in str(page.select_one("section[aria-labelledby=incoming]"))


def test_a_page_of_several_such_fragments_leads_to_each(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/id/z/objs", headers=HTML, follow_redirects=True).text, "html.parser")
    for link in page.select("section[id] h2 a"):
        assert client.get(str(link["href"]), headers=HTML, follow_redirects=True).status_code == 200
    assert [section["id"] for section in page.select("section[id]")] == ["one", "two"]
