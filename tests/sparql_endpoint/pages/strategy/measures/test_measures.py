"""The list of measures."""

from __future__ import annotations

import csv
import json
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import html5lib
import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
MEASURE = "https://w3id.org/nbkg/id/measure/2020-2025/"


def _page(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address, headers=HTML)
    assert answer.status_code == status
    html5lib.HTMLParser(strict=True).parse(answer.text)
    return BeautifulSoup(answer.text, "html.parser")


def _texts(page: BeautifulSoup | Tag, selector: str) -> list[str]:
    return [" ".join(found.get_text(" ", strip=True).split()) for found in page.select(selector)]


def _keys(page: BeautifulSoup) -> list[str]:
    links = page.select("table.list tbody th a")
    return [str(link["href"]).partition("?")[0].removeprefix("/doc/measure/2020-2025/") for link in links]


def _listed(client: FlaskClient, query: str) -> list[str]:
    return [key.removeprefix("/id/measure/2020-2025/") for key in _keys(_page(client, f"/measures?{query}"))]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("theme=formidling", ["1", "2", "3", "4"]),
        ("unit=ikt", ["11"]),
        ("unit=nasjonalbibliotekar&theme=infrastruktur", ["9"]),
        ("theme=infrastruktur&status=under-arbeid", ["13", "15", "16", "17"]),
        ("status=https://w3id.org/nbkg/id/concept/status/lopende&theme=formidling", ["3", "4"]),
        ("service=metadatabronnen&partner=biblioteksentralen", ["14"]),
        ("year=2026&theme=infrastruktur", ["14", "15"]),
        ("q=SEMINARER+nasjonale", ["19"]),
        ("q=milepæl", ["14"]),
        ("q=biblioteksentralen+MARC-format", ["14"]),
        ("theme=formidling&sort=-number", ["4", "3", "2", "1"]),
        ("theme=formidling&sort=status", ["1", "2", "3", "4"]),
        ("theme=formidling&sort=-status", ["3", "4", "1", "2"]),
        ("q=finnes-ikke", []),
    ],
)
def test_filters_words_and_order(strategy: FlaskClient, query: str, found: list[str]) -> None:
    assert _listed(strategy, query) == found


def test_all_are_listed_in_the_reports_order(strategy: FlaskClient) -> None:
    listed = _listed(strategy, "")
    assert len(listed) == 32
    assert listed[:20] == [str(number) for number in range(1, 21)]


def test_titles_are_in_norwegian_alphabetical_order(strategy: FlaskClient) -> None:
    titles = _texts(_page(strategy, "/measures?lang=nb&sort=title"), "table.list tbody th a")
    assert [title.casefold()[0] for title in titles] == sorted(title.casefold()[0] for title in titles)


def test_those_without_a_plan_are_last_in_either_order(strategy: FlaskClient) -> None:
    for order in ("due", "-due"):
        due = [bool(text) for text in _texts(_page(strategy, f"/measures?sort={order}"), "table.list td:last-child")]
        assert due == sorted(due, reverse=True)
        assert any(due)


@pytest.mark.parametrize(
    ("query", "told", "choice"),
    [
        ("theme=x", "There is no “x” under “Theme” here.", "/measures?lang=en&theme=formidling"),
        ("year=soon", "There is no “soon” under “Something dated in” here.", "/measures?lang=en&year=2026"),
        ("sort=colour", "There is no “colour” under “Order” here.", "/measures?lang=en&sort=title"),
        (
            "unit=tk&unit=bu",
            "There is no “tk + bu” under “Responsible or contributing” here.",
            "/measures?lang=en&unit=tk",
        ),
    ],
)
def test_a_wrong_value_is_told_with_what_there_is(strategy: FlaskClient, query: str, told: str, choice: str) -> None:
    page = _page(strategy, f"/measures?lang=en&{query}", 400)
    note = page.select_one("[role=alert]")
    assert note is not None
    assert told in " ".join(note.get_text(" ", strip=True).split())
    links = [parse_qs(urlsplit(str(link["href"])).query) for link in note.select("a")]
    assert parse_qs(urlsplit(choice).query) in links
    assert not page.select("table.list")
    answer = strategy.get(f"/measures.json?{query}", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


def test_a_status_stands_below_the_wider_one_that_counts_it(strategy: FlaskClient) -> None:
    page = _page(strategy, "/measures?lang=en")
    (facet,) = [one for one in page.select(".facet") if one.summary and one.summary.get_text() == "Status"]
    items = [(item.select("a")[0].get_text(), "narrower" in item.get("class", [])) for item in facet.select("li")]
    assert items == [
        ("Closed", False), ("Ended", True), ("Done", True), ("Ongoing", False), ("In progress", False),
        ("Not stated", False),
    ]  # fmt: skip


def test_nothing_that_fits_is_told_too(strategy: FlaskClient) -> None:
    page = _page(strategy, "/measures?lang=en&theme=formidling&unit=ikt")
    assert "No measure fits" in page.get_text()
    assert len(page.select(".chosen a")) == 2


def test_what_a_form_leaves_empty_is_not_in_the_address(strategy: FlaskClient) -> None:
    answer = strategy.get("/measures?lang=nn&q=&theme=formidling&unit=&sort=", headers=HTML)
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer.headers["Location"]).query) == {"lang": ["nn"], "theme": ["formidling"]}


def test_the_form_keeps_what_was_chosen(strategy: FlaskClient) -> None:
    page = _page(strategy, "/measures?theme=infrastruktur&q=metadata")
    assert page.select_one("#filters input[type=hidden][name=theme][value=infrastruktur]")
    assert page.select_one("input[name=q][value=metadata]")
    assert all(page.select_one(f"label[for={field['id']}]") for field in page.select("#filters select"))
    assert _texts(page, ".facet li strong") == ["Infrastruktur"]


@pytest.mark.parametrize("query", ["", "status=lukket", "theme=infrastruktur", "status=lukket&unit=tk", "q=metadata"])
def test_each_count_is_what_its_link_lists(strategy: FlaskClient, query: str) -> None:
    page = _page(strategy, f"/measures?{query}")
    items = [item for item in page.select(".facet li") if not item.select("strong")]
    assert len(items) > 5
    for item in items[:: max(1, len(items) // 12)]:
        link, count = item.select("a")[0], item.select("span.quiet")[0].get_text()
        assert len(_keys(_page(strategy, str(link["href"])))) == int(count) > 0


def test_measures_come_before_the_filters(strategy: FlaskClient) -> None:
    page = _page(strategy, "/measures")
    order = [tag.name for tag in page.select("main table.list, main aside")]
    assert order == ["table", "aside"]
    assert page.select_one("a[href='#filters']")


def test_the_list_says_how_it_is_going(strategy: FlaskClient) -> None:
    page = _page(strategy, "/measures?lang=en&theme=formidling")
    assert "11 of 32 measures were closed" in _texts(page, ".going")[0]
    assert _texts(page, ".shares li") == ["2 Closed", "2 Ongoing"]


@pytest.mark.parametrize("query", ["", "theme=infrastruktur&status=lukket", "q=metadata&sort=-title", "unit=none"])
def test_files_hold_exactly_what_is_shown(strategy: FlaskClient, query: str) -> None:
    page = _page(strategy, f"/measures?lang=en&{query}")
    alternates = {str(link["type"]): str(link["href"]) for link in page.select("link[rel=alternate][type]")}
    shown = [MEASURE + key.removeprefix("/id/measure/2020-2025/") for key in _keys(page)]
    rows = list(csv.DictReader(StringIO(strategy.get(alternates["text/csv"]).text)))
    assert [row["iri"] for row in rows] == shown
    records = json.loads(strategy.get(alternates["application/json"]).text)["measures"]
    assert [record["iri"] for record in records] == shown
    triples = ox.parse(strategy.get(alternates["text/turtle"]).data, format=ox.RdfFormat.TURTLE)
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    measures = {t.subject.value for t in triples if t.predicate == kind and str(t.object).endswith("#Measure>")}
    assert measures == set(shown)


def test_a_row_and_a_record(strategy: FlaskClient) -> None:
    [row] = csv.DictReader(
        StringIO(strategy.get("/measures.csv?lang=en&q=biblioteksentralen+metadatabr%C3%B8nnen").text)
    )
    assert (row["key"], row["number"], row["statusName"], row["statusText"]) == ("14", "14", "Ended", "Avsluttet")
    assert row["responsibleName"] == "Acquisitions and Knowledge Organisation"
    assert row["milestones"].split(" | ")[-1] == "2026-01/2026-06 Planned"
    [record] = json.loads(strategy.get("/measures.json?lang=en&q=biblioteksentralen+metadatabr%C3%B8nnen").text)[
        "measures"
    ]
    assert record["milestones"][-1] == {
        "when": "2026-01/2026-06",
        "outcome": {"iri": "https://w3id.org/nbkg/id/concept/outcome/planned", "name": "Planned"},
    }


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/json", "application/json"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
    ],
)
def test_formats_by_accept(strategy: FlaskClient, accept: str, content_type: str) -> None:
    answer = strategy.get("/measures", headers={"Accept": accept})
    assert (answer.status_code, answer.content_type) == (200, content_type)
    assert "Accept" in answer.headers["Vary"]


def test_a_suffix_that_is_none(strategy: FlaskClient) -> None:
    assert strategy.get("/measures.doc").status_code == 404
    assert strategy.get("/measures?format=xls").status_code == 406


def test_a_store_without_measures_says_so() -> None:
    client = create_app(Settings(), open_memory("memory:", data=ox.Store())).test_client()
    assert "not about the measures" in _page(client, "/measures?lang=en").get_text()
    assert _page(client, "/measures?lang=en&theme=x", 400).select_one("[role=alert]")
    assert json.loads(client.get("/measures.json").text)["measures"] == []
    assert client.get("/measures.ttl").status_code == 200


def test_hostile_values_are_text(strategy: FlaskClient) -> None:
    page = _page(strategy, "/measures?theme=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&q=%3Cb%3E", 400)
    assert not page.select("script, b")


def test_two_things_with_the_same_last_part_are_told_apart() -> None:
    data = ox.Store()
    data.update("""
        PREFIX n: <https://w3id.org/nbkg/ns#>
        INSERT DATA { GRAPH <https://w3id.org/nbkg/graph/current> {
          <urn:m:1> n:latestObservation <urn:o1> ; n:text "one" ; n:concerns <http://a.example/x> .
          <urn:m:2> n:latestObservation <urn:o2> ; n:text "two" ; n:concerns <http://b.example/x> } }""")
    client = create_app(Settings(), open_memory("memory:", data=data)).test_client()
    links = [str(link["href"]) for link in _page(client, "/measures").select(".facet a")]
    values = [value for link in links for value in parse_qs(urlsplit(link).query).get("service", [])]
    assert values == ["http://a.example/x", "http://b.example/x"]
    records = json.loads(client.get("/measures.json?service=http://b.example/x").text)["measures"]
    assert [record["text"] for record in records] == ["two"]
