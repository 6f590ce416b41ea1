"""The feeds of changes: Atom that its schema accepts, ActivityStreams, and what changed in each of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from lxml import etree  # type: ignore[import-untyped]

from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores import open_store
from sparql_endpoint.stores.oxigraph import open_memory
from tests.sparql_endpoint.kept_versions import keeping

HTML = {"Accept": "text/html"}
ATOM = {"a": "http://www.w3.org/2005/Atom", "o": "http://a9.com/-/spec/opensearch/1.1/"}
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
FEEDS = [
    "/changes",
    "/changes/measure/2020-2025/14",
    "/changes/unit/tk",
    "/changes/organisation/biblioteksentralen",
    "/changes/service/metadatabronnen",
    "/changes/concept/theme/infrastruktur",
    "/changes/report/2026-03-02",
    "/changes/measures",
    "/changes/search",
]
QUERIES = {"/changes/measures": "unit=tk&", "/changes/search": "q=metadata&"}


def _address(feed: str, suffix: str = "", query: str = "") -> str:
    return f"{feed}{suffix}?{QUERIES.get(feed, '')}{query}".rstrip("?&")


def _atom(client: FlaskClient, address: str) -> Any:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    tree = etree.fromstring(answer.data)
    SCHEMA.assertValid(tree)
    return tree


def _texts(tree: Any, path: str) -> list[str]:
    return [str(text) for text in tree.xpath(path, namespaces=ATOM)]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("feed", FEEDS)
def test_atom_is_valid_and_in_the_language(later: FlaskClient, feed: str, language: str) -> None:
    tree = _atom(later, _address(feed, ".atom", f"lang={language}"))
    assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    ids = _texts(tree, "a:entry/a:id/text()")
    assert ids
    assert len(ids) == len(set(ids))
    assert all(_texts(tree, f"a:link[@rel='{rel}']/@href") for rel in ("self", "alternate", "first", "last"))
    updated = _texts(tree, "a:entry/a:updated/text()")
    assert updated == sorted(updated, reverse=True)
    assert _texts(tree, "a:updated/text()") == updated[:1]
    for page in dict.fromkeys(
        [*_texts(tree, "a:entry/a:link/@href"), *_texts(tree, "a:link[@type='text/html']/@href")]
    ):
        address = urlsplit(page)
        assert later.get(f"{address.path}?{address.query}", headers=HTML, follow_redirects=True).status_code == 200


@pytest.mark.parametrize("feed", FEEDS)
def test_the_same_changes_are_activities(later: FlaskClient, feed: str) -> None:
    entries = _texts(_atom(later, _address(feed, ".atom")), "a:entry/a:id/text()")
    whole = later.get(_address(feed, ".jsonld"))
    assert whole.mimetype == "application/activity+json"
    collection = json.loads(whole.text)
    assert collection["type"] == "OrderedCollection"
    assert collection["totalItems"] == len(entries)
    first = urlsplit(collection["first"]["id"])
    page = json.loads(later.get(f"{first.path}?{first.query}").text)
    assert page["type"] == "OrderedCollectionPage"
    assert page["id"] == collection["first"]["id"]
    assert page["partOf"]["id"] == collection["id"]
    assert [one["id"] for one in page["orderedItems"]] == entries
    for one in page["orderedItems"]:
        assert one["type"] in ("Create", "Update")
        assert {"published", "summary", "object"} <= set(one)
        assert {"id", "type", "updated", "name"} <= set(one["object"])


@pytest.mark.parametrize("feed", FEEDS)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_people_read_the_same(later: FlaskClient, feed: str, language: str) -> None:
    page = BeautifulSoup(later.get(_address(feed, "", f"lang={language}"), headers=HTML).text, "html.parser")
    titles = [heading.get_text() for heading in page.select("ol.changes h3")]
    assert titles == _texts(_atom(later, _address(feed, ".atom", f"lang={language}")), "a:entry/a:title/text()")
    assert page.select_one("link[type='application/atom+xml']")


def _contents(client: FlaskClient, address: str) -> dict[str, str]:
    tree = _atom(client, address)
    ids = [one.rpartition("/observation/")[2] for one in _texts(tree, "a:entry/a:id/text()")]
    return dict(zip(ids, _texts(tree, "a:entry/a:content/text()"), strict=True))


FACTS = {
    "2026-03-02/14": [
        "Status: Ended → In progress",
        "Responsible: Acquisitions and Knowledge Organisation → Acquisitions and Knowledge Organisation, ",
        'New comment: <span lang="nb">Kontrakt med',
        "New wording:",
        "November 2025: planned → reached",
    ],
    "2026-03-02/5": ["New date: April 2026 (planned)", "Status: Ongoing → Ended"],
    "2026-03-02/20-nasjonalbiblioteket-skal-opprette-en-felles-opplaeringspakke": ["New measure in the report."],
}


@pytest.mark.parametrize("observation", FACTS)
def test_status_responsible_dates_comment_and_wording(later: FlaskClient, observation: str) -> None:
    content = _contents(later, "/changes.atom?lang=en")[observation]
    assert [fact for fact in FACTS[observation] if fact not in content] == []


def test_a_measure_that_is_not_in_the_report_any_more(later: FlaskClient) -> None:
    missing = {key for key, text in _contents(later, "/changes.atom?lang=en").items() if "not in this report" in text}
    assert all(key.startswith("https://w3id.org/nbkg/id/report/2026-03-02/missing/measure/") for key in missing)
    assert missing


def test_a_feed_has_the_changes_of_what_it_is_about(later: FlaskClient) -> None:
    everything, of_unit = (_contents(later, address) for address in ("/changes.atom", "/changes/unit/fo.atom"))
    assert set(of_unit) < set(everything)
    assert "2026-03-02/14" in of_unit
    assert "2026-03-02/5" not in of_unit
    assert list(_contents(later, "/changes/measure/2020-2025/5.atom")) == ["2026-03-02/5"]


def test_a_filter_follows_what_it_chose_before_the_change_or_chooses_now(later: FlaskClient) -> None:
    statuses = {"before": "avsluttet", "now": "under-arbeid"}
    listed = json.loads(later.get("/measures.json").text)["measures"]
    measure = next(one for one in listed if one["key"] == "14")
    assert measure["status"]["iri"].endswith(statuses["now"])
    for status in statuses.values():
        assert "2026-03-02/14" in _contents(later, f"/changes/measures.atom?status={status}")
    assert "2026-03-02/14" not in _contents(later, "/changes/measures.atom?status=under-arbeid&theme=formidling")


def test_a_saved_search_carries_its_query(later: FlaskClient) -> None:
    tree = _atom(later, "/changes/search.atom?q=metadata&lang=en")
    assert _texts(tree, "o:Query/@searchTerms") == ["metadata"]
    assert _texts(tree, "a:id/text()") == ["https://w3id.org/nbkg/changes/search?q=metadata"]
    page = urlsplit(_texts(tree, "a:link[@type='text/html']/@href")[0])
    assert (page.path, parse_qs(page.query)) == ("/search", {"q": ["metadata"], "lang": ["en"]})
    odd = _atom(later, "/changes/search.atom?q=%22%3Ca%3E%26")
    assert _texts(odd, "o:Query/@searchTerms") == ['"<a>&']


def test_pages_of_a_long_feed_lead_to_each_other(later: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sparql_endpoint.pages.site.feed_page.PAGE_SIZE", 2)
    address, seen = "/changes.atom?lang=en", list[str]()
    while address:
        tree = _atom(later, address)
        seen += _texts(tree, "a:entry/a:id/text()")
        following = urlsplit((_texts(tree, "a:link[@rel='next']/@href") or [""])[0])
        address = f"{following.path}?{following.query}" if following.path else ""
    assert len(seen) == len(set(seen)) == int(_texts(tree, "o:totalResults/text()")[0]) > 4
    assert _texts(tree, "a:link[@rel='previous']/@href")
    assert later.get("/changes.atom?page=99&lang=en").status_code == 404
    page = json.loads(later.get("/changes.jsonld?page=2").text)
    assert (page["startIndex"], len(page["orderedItems"])) == (2, 2)
    assert {"prev", "next"} <= set(page)


@pytest.mark.parametrize("suffix", [".atom", ".jsonld", ""])
@pytest.mark.parametrize("feed", FEEDS)
def test_a_client_that_has_it_gets_304(later: FlaskClient, feed: str, suffix: str) -> None:
    address = _address(feed, suffix)
    first = later.get(address, headers=HTML)
    again = later.get(address, headers={**HTML, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    since = {**HTML, "If-Modified-Since": first.headers["Last-Modified"]}
    assert later.get(address, headers=since).status_code == 304
    other = later.get(_address(feed, suffix, "lang=nn"), headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


@pytest.fixture(scope="module")
def another(two_reports: Path) -> FlaskClient:
    """A client of the same data in another application, which has made none of the answers."""
    return create_app(Settings(), open_store(str(two_reports))).test_client()


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_is_the_same_each_time(another: FlaskClient, later: FlaskClient, feed: str) -> None:
    for suffix in (".atom", ".jsonld"):
        assert another.get(_address(feed, suffix)).data == later.get(_address(feed, suffix)).data


def test_content_is_negotiated(later: FlaskClient) -> None:
    for media_type in ("text/html", "application/atom+xml", "application/activity+json"):
        answer = later.get("/changes", headers={"Accept": media_type})
        assert answer.mimetype == media_type
        assert {"Accept", "Accept-Language"} <= set(answer.vary)
    assert later.get("/changes", headers={"Accept": "text/csv"}).status_code == 406


WRONG = {
    "/changes.rss": 404,
    "/changes/nothing/here.atom": 404,
    "/changes/measures.atom?unit=nobody": 400,
    "/changes/search.atom": 400,
    "/changes.atom?page=x": 400,
    "/changes.atom?page=0": 400,
    "/changes/a%20b%3E": 404,
}


@pytest.mark.parametrize("address", WRONG)
def test_wrong_addresses(later: FlaskClient, address: str) -> None:
    assert later.get(address).status_code == WRONG[address]


PAGES = ["/doc/measure/2020-2025/14", "/doc/unit/tk", "/doc/service/metadatabronnen", "/reports"]
LISTS = ["/doc/organisation/biblioteksentralen", "/measures?unit=tk", "/search?q=metadata"]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("address", [*PAGES, *LISTS])
def test_pages_name_their_feed_to_readers_and_people(later: FlaskClient, address: str, language: str) -> None:
    mark = "&" if "?" in address else "?"
    page = BeautifulSoup(later.get(f"{address}{mark}lang={language}", headers=HTML).text, "html.parser")
    links = [str(link["href"]) for link in page.select("link[rel=alternate][type='application/atom+xml']")]
    assert f"/changes.atom?lang={language}" in links
    visible = str(page.select_one("section[aria-labelledby=follow] a[type='application/atom+xml']")["href"])  # type: ignore[index]
    assert visible in links
    assert _atom(later, visible) is not None
    assert page.select_one(f"footer a[href='/changes?lang={language}']")


def test_data_without_reports_has_no_feed() -> None:
    client = create_app(Settings(), open_memory("memory:")).test_client()
    assert client.get("/changes.atom").status_code == 404
    page = client.get("/", headers=HTML).text
    assert "application/atom+xml" not in page
    assert "/changes" not in page


SERVICE = "<https://w3id.org/nbkg/id/service/a>"
CURATED = "<https://w3id.org/nbkg/graph/curated>"
LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
RELEASES = {
    "2026-01-01": f'{SERVICE} {LABEL} "Old name"@en {CURATED} .',
    "2026-03-02": f'{SERVICE} {LABEL} "New name"@en {CURATED} .\n{SERVICE} <urn:isil> "NO-1" {CURATED} .',
}


NBKG, REPORT = "https://w3id.org/nbkg/ns#", "<https://w3id.org/nbkg/id/report/2025-10-14>"
OBSERVATION, MEASURE = "<https://w3id.org/nbkg/id/observation/2025-10-14/1>", "<https://w3id.org/nbkg/id/measure/s/1>"


def _report(comment: str) -> str:
    graph = "<https://w3id.org/nbkg/graph/report/2025-10-14>"
    statements = {
        f"{REPORT} a <{NBKG}StatusReport>",
        f'{REPORT} <http://purl.org/dc/terms/issued> "2025-10-14"',
        f"{OBSERVATION} <{NBKG}reportedIn> {REPORT}",
        f"{OBSERVATION} <{NBKG}observes> {MEASURE}",
        f'{OBSERVATION} <{NBKG}comment> "{comment}"@nb',
        f'{OBSERVATION} <{NBKG}text> "Noe skal skje."@nb',
    }
    a = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    return "".join(f"{one.replace(' a ', f' {a} ')} {graph} .\n" for one in sorted(statements))


def test_a_report_that_a_release_reads_in_another_way(tmp_path: Path) -> None:
    store = keeping(tmp_path / "store", {"2025-11-01": _report("Tildelt."), "2025-12-01.1": _report("Tildelt 1. mai.")})
    client = create_app(Settings(store=str(store), workers=0)).test_client()
    tree = _atom(client, "/changes/measure/s/1.atom?lang=en")
    (content,) = _texts(tree, "a:entry/a:content/text()")
    assert "our reading of it was corrected" in content
    assert _texts(tree, "a:entry/a:updated/text()") == ["2025-12-01T00:00:00Z"]
    assert _texts(tree, "a:entry/a:title/text()") == ["Noe skal skje."]


def test_curated_statements_that_changed_between_releases(tmp_path: Path) -> None:
    store = keeping(tmp_path / "store", RELEASES)
    client = create_app(Settings(store=str(store), workers=0)).test_client()
    tree = _atom(client, "/changes/service/a.atom?lang=en")
    (content,) = _texts(tree, "a:entry/a:content/text()")
    assert "«Old name» (en) → «New name» (en)" in content
    assert "new: NO-1" in content
    assert _texts(tree, "a:updated/text()") == ["2026-03-02T00:00:00Z"]
    identifier = _texts(tree, "a:entry/a:id/text()")[0]
    assert identifier.startswith("https://w3id.org/nbkg/difference?iri=")
    assert client.get(identifier.removeprefix("https://w3id.org/nbkg"), headers=HTML).status_code == 200
