"""The pages of agents that have authority records, and of those that are no more."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory
from tests.loader.authorities.authority_graphs import AuthorityGraphs, write_records
from tests.loader.marc.mapped import authority

SHARED = "agent_same_identifier", "agent_same_name"
HAMSUN, UNDIFFERENTIATED = "/doc/agent/noraf-90052521", "/doc/agent/noraf-99900007"


def _page(client: FlaskClient, path: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(f"{path}?lang=en", headers={"Accept": "text/html"})
    assert answer.status_code == status
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def _facts(page: BeautifulSoup) -> dict[str, list[str]]:
    facts: dict[str, list[str]] = {}
    for entry in page.select("dl.facts > *"):
        if entry.name == "dt":
            name = entry.get_text().strip()
            facts[name] = []
        else:
            facts[name].append(entry.get_text().strip())
    return facts


def test_an_agent_has_its_dates_and_names_once(authorities: FlaskClient) -> None:
    facts = _facts(_page(authorities, HAMSUN))
    assert facts["Born"] == ["4 August 1859"]
    assert facts["Died"] == ["19 February 1952"]
    assert facts["Other names"] == ["Pedersen, Knud", "Гамсун, Кнут"]
    assert "Life" not in facts


def test_the_chart_of_decades_has_the_numbers_of_its_table(authorities: FlaskClient) -> None:
    page = _page(authorities, HAMSUN)
    rows = {row.th.get_text()[:4]: row.td.get_text() for row in page.select("#decades ~ details tbody tr")}  # type: ignore[union-attr]  # each has both
    assert min(rows) == "1890"
    title = page.select_one("svg.decades title")
    assert title is not None
    drawn = dict(part.split(": ") for part in title.get_text().partition(": ")[2].split(", "))
    assert {year: count for year, count in drawn.items() if count != "0"} == rows
    assert len(page.select("svg.decades rect")) == len(rows)


def test_a_name_of_several_persons_says_so(authorities: FlaskClient) -> None:
    page = _page(authorities, UNDIFFERENTIATED)
    assert "Several persons have this name" in page.get_text()
    assert not page.select("#identifiers")


def test_an_agent_that_shares_nothing_has_no_list_of_others(authorities: FlaskClient) -> None:
    page = _page(authorities, "/doc/agent/noraf-90060686")
    assert not page.select("#agent_same_identifier, #agent_same_name")


def test_others_with_one_of_the_numbers_and_names_are_listed(tmp_path: Path) -> None:
    viaf = "024 7_ $a http://viaf.org/viaf/27063124 $2 viaf"
    records = [
        authority("001 90000001", viaf, "100 1_ $a Vik, Tor", "400 1_ $a Wik, Tor"),
        authority("001 90000002", viaf, "100 1_ $a Vik, Per"),
        authority("001 90000003", "100 1_ $a Wik, Tor"),
        authority("001 90000004", "024 7_ $a 27063124 $2 isni", "100 1_ $a Nes, Ola"),
    ]
    file, store = write_records(tmp_path, "a.mrc", records), ox.Store()
    for name, triples in AuthorityGraphs(tmp_path, [("a", "authority", file, "noraf")]).triples.items():
        graph = ox.NamedNode(f"{Settings().base}graph/{name}")
        store.extend(ox.Quad(one.subject, one.predicate, one.object, graph) for one in triples)
    client = create_app(Settings(), open_memory("memory:", Settings().default_graph, store)).test_client()
    page = _page(client, "/doc/agent/noraf-90000001")
    lists = {name: [one["href"] for one in page.select(f"#{name} ~ ul a")] for name in SHARED}
    assert lists == {
        "agent_same_identifier": ["/id/agent/noraf-90000002?lang=en"],
        "agent_same_name": ["/id/agent/noraf-90000003?lang=en"],
    }


@pytest.mark.parametrize(
    ("number", "status", "location"),
    [
        ("99900001", 303, "/doc/agent/noraf-99900001"),
        ("99900002", 301, "/id/agent/noraf-99900001"),
        ("99900004", 410, None),
        ("99900010", 410, None),
    ],
)
def test_each_published_iri_answers(authorities: FlaskClient, number: str, status: int, location: str | None) -> None:
    answer = authorities.get(f"/id/agent/noraf-{number}")
    assert (answer.status_code, answer.headers.get("Location")) == (status, location)


def test_the_page_of_a_split_number_names_the_candidates(authorities: FlaskClient) -> None:
    page = _page(authorities, "/doc/agent/noraf-99900004", 410)
    links = [str(link["href"]).partition("?")[0] for link in page.select("main .note a")]
    assert links == ["/id/agent/noraf-99900005", "/id/agent/noraf-99900006"]
    assert "split into several" in page.get_text()
