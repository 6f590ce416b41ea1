"""Searching: by the index beside a store, in memory, or by names only; in pages and JSON; and what was not found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from nbkg.rdf.label_properties import label_properties
from sparql_endpoint import create_app
from sparql_endpoint.queries import query
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores import open_store
from sparql_endpoint.stores.oxigraph import open_memory

HTML = {"Accept": "text/html"}
BASE = "https://w3id.org/nbkg/"


@pytest.fixture(scope="module", params=["beside", "memory"])
def seeking(request: pytest.FixtureRequest, store: Path) -> FlaskClient:
    """A client of the committed reports, with the index that lies beside the store, and with one in memory."""
    settings = Settings(store=str(store) if request.param == "beside" else "memory:")
    assert (store / "versions" / "1.words").is_file()
    return create_app(settings, open_store(str(store))).test_client()


def _found(client: FlaskClient, sought: str, **more: str) -> list[str]:
    answer = client.get("/search", query_string={"q": sought, "format": "json", **more})
    assert answer.status_code == 200
    return [hit["iri"].removeprefix(BASE) for hit in answer.get_json()["results"]]


@pytest.mark.parametrize(
    ("sought", "first"),
    [
        ("Metadatabrønnen", "id/service/metadatabronnen"),
        ("metadatabrønnen", "id/service/metadatabronnen"),
        ("Metadata Well", "id/service/metadatabronnen"),
        ("Infrastruktur for sentral produksjon og deling av metadata", "id/measure/2020-2025/14"),
        ("TK", "id/unit/tk"),
        ("kontrakt februar 2025", "id/agreement/metadatabronnen-kontrakt"),
        ('") OR zzname: *', None),
        ("NEAR(zzz", None),
        ("   ", None),
        ("ingenstedsord", None),
    ],
)
def test_what_is_found(seeking: FlaskClient, sought: str, first: str | None) -> None:
    assert next(iter(_found(seeking, sought)), None) == first


def test_both_indexes_find_the_same(store: Path) -> None:
    clients = [
        create_app(Settings(store=place), open_store(str(store))).test_client() for place in (str(store), "memory:")
    ]
    for sought in ("metadatabrønnen", "nasjonale tjenester", "strategi norsk", "formidling midler"):
        beside, memory = (
            {iri for page in "1234567890" for iri in _found(client, sought, page=page)} for client in clients
        )
        assert beside
        assert beside == memory


def test_a_comment_leads_to_its_measure(seeking: FlaskClient) -> None:
    assert _found(seeking, "tilgjengeliggjøring lenkede første halvår")[0] == "id/measure/2020-2025/14"


def test_page(seeking: FlaskClient) -> None:
    answer = seeking.get("/search?q=bibliotek&lang=nn", headers=HTML)
    html5lib.HTMLParser(strict=True).parse(answer.text)
    page = BeautifulSoup(answer.text, "html.parser")
    assert len(page.select("ol.hits > li")) == 20
    assert page.select_one("ol.hits mark")
    assert page.select_one("nav.pager a[rel=next]")
    kinds = {str(a["href"]) for a in page.select("ul.kinds a")}
    (measures,) = [kind for kind in kinds if kind.endswith("%23Measure&lang=nn")]
    only = BeautifulSoup(seeking.get(f"/search{measures}", headers=HTML).text, "html.parser")
    assert {p.get_text(strip=True) for p in only.select("ol.hits .kind")} == {"tiltak"}


def test_the_box_is_on_every_page(seeking: FlaskClient) -> None:
    page = BeautifulSoup(seeking.get("/", headers=HTML).text, "html.parser")
    assert page.select_one("form.find[action='/search'] input[name=q]")
    assert page.select_one("link[rel=search][href='/opensearch.xml']")


def test_opensearch(seeking: FlaskClient) -> None:
    tree = ElementTree.fromstring(seeking.get("/opensearch.xml").data)  # noqa: S314  # our own
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    templates = [url.get("template") for url in tree.iter(f"{space}Url")]
    assert templates[0] == "http://localhost/search?q={searchTerms}"
    name = tree.findtext(f"{space}ShortName")
    assert name is not None
    assert len(name) <= 16


def test_an_address_leads_to_its_page(seeking: FlaskClient) -> None:
    answer = seeking.get("/search", query_string={"q": f"{BASE}id/unit/tk"}, headers=HTML)
    assert answer.status_code == 303


def test_what_is_not_there_is_told_with_suggestions(seeking: FlaskClient) -> None:
    answer = seeking.get("/id/tjeneste/metadatabrønnen?lang=en", headers=HTML)
    assert answer.status_code == 404
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.select_one("main a[href='/id/service/metadatabronnen?lang=en']")
    assert page.select_one("main form[action='/search']")
    assert seeking.get("/id/none", headers={"Accept": "application/json"}).mimetype == "application/problem+json"


def test_hostile_words_are_harmless(application: Callable[..., object], seeking: FlaskClient) -> None:
    page = BeautifulSoup(seeking.get("/search?q=<script>alert(1)</script>", headers=HTML).text, "html.parser")
    assert not page.select("script:not([type='application/ld+json'])")
    assert page.select_one("#q[value='<script>alert(1)</script>']")
    assert seeking.get("/search?q=" + "a" * 5000, headers=HTML).status_code == 200
    assert seeking.get("/search?q=metadata&page=99999&kind=nothing", headers=HTML).status_code == 200


class _Nameless:
    """A store of which nothing tells the version, as one on another server."""

    def __init__(self, data: ox.Store) -> None:
        self._inner = open_memory("memory:", data=data)

    def version(self) -> str:
        return ""

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)


def test_without_an_index_whole_names_are_found_and_that_is_told(data: ox.Store) -> None:
    client = create_app(Settings(), _Nameless(data)).test_client()  # type: ignore[arg-type]  # as a store
    assert _found(client, "blåbær") == ["id/service/blåbær"]
    assert _found(client, "blå") == []
    assert "nbkg load" in client.get("/search?q=blå&lang=en", headers=HTML).text


def test_every_property_that_names_is_indexed_as_a_name() -> None:
    prefixes = dict(line.split()[1:] for line in query("pages/labels").splitlines() if line.startswith("PREFIX"))
    words = set(query("pages/labels").replace("(", " ").replace(",", " ").split())
    spaces = {name.removesuffix(":"): iri.strip("<>") for name, iri in prefixes.items()}
    used = {
        spaces[w.partition(":")[0]] + w.partition(":")[2] for w in words if w.partition(":")[0] in spaces and ":" in w
    }
    used -= set(spaces.values())
    assert used
    assert used <= label_properties()


def test_what_stands_behind_is_listed_apart(seeking: FlaskClient) -> None:
    told = seeking.get("/search?q=metadata&lang=en&format=json").get_json()["results"]
    assert told
    assert all(f"{BASE}ns#StatusObservation" not in hit["kinds"] for hit in told)
    page = BeautifulSoup(seeking.get("/search?q=metadata&lang=en", headers=HTML).text, "html.parser")
    (quotes,) = [a for a in page.select("ul[aria-labelledby=behind] a") if a.get_text() == "quoted text"]
    assert not page.select("ul.kinds:not([aria-labelledby]) a[href*='%23TextQuoteSelector']")
    only = BeautifulSoup(seeking.get(f"/search{quotes['href']}", headers=HTML).text, "html.parser")
    assert {p.get_text(strip=True) for p in only.select("ol.hits .kind")} == {"quoted text"}


def test_only_what_stands_behind_is_listed_where_nothing_else_is_found(seeking: FlaskClient) -> None:
    assert _found(seeking, "TextQuoteSelector quoted text") == []
    iris = {iri.partition("#")[0] for iri in _found(seeking, "conforms to")}
    assert iris == {"http://purl.org/dc/terms/conformsTo", "id/shape/data-source-profile"}


def test_of_two_kinds_only_the_narrower_is_told(seeking: FlaskClient) -> None:
    (hit, *_) = seeking.get("/search?q=closed open each theme&format=json").get_json()["results"]
    assert hit["kinds"] == ["http://www.w3.org/ns/shacl#SPARQLSelectExecutable"]
    kind = "http://www.w3.org/ns/shacl#SPARQLExecutable"
    assert hit["iri"].removeprefix(BASE) in _found(seeking, "closed open each theme", kind=kind)


def test_a_class_of_ours_takes_the_place_of_the_one_it_is_mapped_to(seeking: FlaskClient) -> None:
    """A public service is a cpsv:PublicService too, to which the vocabulary maps nbkg:Service."""
    answer = seeking.get("/search?q=Metadatabrønnen&lang=nb", headers={"Accept": "text/html"})
    kinds = [link.get_text() for link in BeautifulSoup(answer.text, "html.parser").select("ul.kinds a")]
    assert "tjeneste" in kinds
    assert "offentlig tjeneste" not in kinds


@pytest.mark.parametrize("sought", ["bibliotek", "metadata", "tjeneste", "avtale"])
def test_a_class_counts_what_its_list_shows(seeking: FlaskClient, sought: str) -> None:
    page = BeautifulSoup(seeking.get(f"/search?q={sought}", headers=HTML).text, "html.parser")
    for facet in page.select("ul.kinds li:has(.quiet)"):
        link, count = facet.a, facet.select_one(".quiet")
        assert link
        assert count
        answer = seeking.get(f"/search{link['href']}&format=json").get_json()
        assert (link.get_text(), int(count.get_text())) == (link.get_text(), answer["count"])
