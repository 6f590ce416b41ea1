"""The page of all conflicts of links, the page of each, and what an agent's page says of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from loader.link.checked_links import conflict_stream, with_links_noted
from loader.link.checking.link_table import open_link_table
from loader.sources.graph_stream import GraphStream
from loader.sources.project import read_project
from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory
from tests.source_tree import ROOT

FILE = Path(__file__).with_name("conflicts.ttl")
AGENT = "https://w3id.org/nbkg/id/agent/noraf-9000000"
GRAPH = "https://w3id.org/nbkg/graph/"


def _client(data: ox.Store, folder: Path) -> FlaskClient:
    """Check the links of a store as the build does, and serve it with what was found."""
    schemes, store = read_project().schemes, ox.Store()
    triples = [quad.triple for quad in data]
    with open_link_table(folder) as table:
        stream = with_links_noted(GraphStream("catalogue/x", [triples]), table)
        assert [*stream.records] == [triples]
        conflicts = [*conflict_stream(table, schemes, ["catalogue/x"]).records]
    stated = [("catalogue/x", one) for one in triples] + [("conflicts", one) for each in conflicts for one in each]
    for name, one in stated:
        store.add(ox.Quad(one.subject, one.predicate, one.object, ox.NamedNode(f"{GRAPH}{name}")))
    named = ox.NamedNode(f"{GRAPH}ontology")
    store.load(path=ROOT / "ontology" / "schemes" / "link-conflict.ttl", format=ox.RdfFormat.TURTLE, to_graph=named)
    settings = Settings()
    return create_app(settings, open_memory("memory:", settings.default_graph, store)).test_client()


@pytest.fixture(scope="module")
def conflicts(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of data with conflicts."""
    data = ox.Store()
    data.load(path=FILE, format=ox.RdfFormat.TURTLE)
    return _client(data, tmp_path_factory.mktemp("links"))


@pytest.fixture(scope="module")
def listed(conflicts: FlaskClient) -> dict[str, dict[str, object]]:
    """The conflicts of the JSON, by kind."""
    document = conflicts.get("/conflicts?format=json").get_json()
    return {one["kind"]: one for one in document["conflicts"]}


def _page(client: FlaskClient, path: str, language: str = "en") -> BeautifulSoup:
    answer = client.get(path, headers={"Accept": "text/html", "Accept-Language": language}, follow_redirects=True)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def test_each_conflict_names_its_things_and_links(listed: dict[str, dict[str, object]]) -> None:
    assert {kind: one["things"] for kind, one in listed.items()} == {
        "shared": [f"{AGENT}1", f"{AGENT}2"],
        "several": ["http://viaf.org/viaf/100", "http://viaf.org/viaf/200"],
        "replaced": [f"{AGENT}4"],
        "split": [f"{AGENT}6"],
    }
    assert listed["replaced"]["usedInstead"] == [f"{AGENT}5"]
    assert listed["split"]["usedInstead"] == [f"{AGENT}1", f"{AGENT}3"]
    assert listed["shared"]["links"] == [
        {
            "source": f"{AGENT}{number}",
            "property": "http://www.w3.org/2002/07/owl#sameAs",
            "target": "http://www.wikidata.org/entity/Q1",
            "graph": f"{GRAPH}catalogue/x",
            "mapping": None,
        }
        for number in (1, 2)
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ["To ting med samme identifikator", "Slå sammen tingene", "Velg blant det"]),
        ("nn", ["To ting med same identifikator", "Slå saman tinga", "Vel ein av delane"]),
        ("en", ["Two things with one identifier", "Merge the things", "No program can."]),
    ],
)
def test_the_page_says_what_each_kind_is_and_what_to_do(
    conflicts: FlaskClient, language: str, words: list[str]
) -> None:
    page = _page(conflicts, "/conflicts", language)
    assert [word for word in words if word not in page.get_text(" ")] == []
    assert len(page.select("main li a[href*='/doc/conflict/'], main li a[href*='/id/conflict/']")) == 4


def test_a_conflict_has_a_page_of_its_own(conflicts: FlaskClient, listed: dict[str, dict[str, object]]) -> None:
    path = str(listed["shared"]["iri"]).removeprefix("https://w3id.org/nbkg")
    assert conflicts.get(path).status_code == 303
    page = _page(conflicts, path, "nn")
    assert [line.get_text() for line in page.select("h1, .other-name")] == ["To ting med same identifikator: Q1"]
    text = _page(conflicts, path).get_text(" ")
    assert "Two things with one identifier: Q1" in text
    assert text.count("Hansen, Ann") >= 4
    assert "Merge the things if they are the same." in text


def test_the_page_of_an_agent_leads_to_its_conflicts(
    conflicts: FlaskClient, listed: dict[str, dict[str, object]]
) -> None:
    key = str(listed["shared"]["iri"]).rpartition("/")[2]
    for number, count in ((1, 1), (2, 1), (5, 0)):
        links = _page(conflicts, f"/id/agent/noraf-9000000{number}").select(f"#conflicts ~ ul a[href*='{key}']")
        assert len(links) == count


def test_the_conflicts_are_a_table_and_a_graph(conflicts: FlaskClient) -> None:
    rows = [*csv.DictReader(io.StringIO(conflicts.get("/conflicts?format=csv").get_data(as_text=True)))]
    assert [row["kind"] for row in rows] == ["replaced", "several", "several", "shared", "shared", "split"]
    turtle = conflicts.get("/conflicts?format=turtle").get_data()
    stated = ox.Store()
    stated.load(turtle, format=ox.RdfFormat.TURTLE)
    kind = ox.NamedNode("https://w3id.org/nbkg/ns#conflictKind")
    links = ox.NamedNode("http://www.w3.org/2002/07/owl#annotatedSource")
    assert len([*stated.quads_for_pattern(None, kind, None)]) == 4
    assert len([*stated.quads_for_pattern(None, links, None)]) == 6
    assert ox.NamedNode("http://www.w3.org/2002/07/owl#sameAs") not in {quad.predicate for quad in stated}


def test_data_without_conflicts_says_so(tmp_path: Path) -> None:
    data = ox.Store()
    data.load(
        f"<{AGENT}1> <http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/Q1> .".encode(),
        format=ox.RdfFormat.TURTLE,
    )
    client = _client(data, tmp_path)
    text = _page(client, "/conflicts").get_text(" ")
    assert "Links checked: 1. Graphs: 1." in text
    assert "No links contradict each other" in text
    assert client.get("/conflicts?format=json").get_json() == {"conflicts": []}


def test_data_that_was_not_checked_does_not_say_that_it_is_clean(without_records: FlaskClient) -> None:
    text = _page(without_records, "/conflicts").get_text(" ")
    assert "were not checked" in text
    assert "No links contradict" not in text
