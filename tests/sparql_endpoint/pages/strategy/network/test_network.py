"""The network: drawn, as a table and as data, all the same."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory

HTML = {"Accept": "text/html"}


def _page(client: FlaskClient, address: str = "/network", status: int = 200) -> BeautifulSoup:
    answer = client.get(address, headers=HTML)
    assert answer.status_code == status
    return BeautifulSoup(answer.text, "html.parser")


def _drawn(page: BeautifulSoup) -> set[tuple[str, str]]:
    """The address of the measure and the name of the thing of each edge."""
    ends = {str(node["id"]): _end(node) for node in page.select("#picture a.node")}
    return {(ends[str(e["data-one"])], ends[str(e["data-other"])]) for e in page.select("#picture .edges path")}


def _end(node: Tag) -> str:
    return _path(node["href"]) if "measure" in node["class"] else _title(node)


def _title(node: Tag) -> str:
    title = node.select_one("title")
    assert title is not None
    return title.get_text()


def _tabled(page: BeautifulSoup) -> set[tuple[str, str]]:
    rows = page.select("#as-table ~ .wide tbody tr")
    return {(_path(row.select("th a")[0]["href"]), a.get_text()) for row in rows for a in row.select("td li a")}


def _path(href: object) -> str:
    return re.sub(r"^https://w3id.org/nbkg|\?.*", "", str(href))


SELECTIONS = [
    "?unit=tk",
    "?service=metadatabronnen",
    "?unit=tk&kind=unit",
    "?theme=formidling",
    "?theme=infrastruktur&kind=unit&kind=service&kind=partner",
]


@pytest.mark.parametrize("selection", SELECTIONS)
def test_drawing_table_and_data_of_a_selection_are_the_same(strategy: FlaskClient, selection: str) -> None:
    page = _page(strategy, f"/network{selection}")
    drawn = _drawn(page)
    assert drawn
    assert drawn == _tabled(page)
    link = page.select_one('link[rel=alternate][type="application/json"]')
    assert link is not None
    document = json.loads(strategy.get(str(link["href"])).text)
    names = {node["id"]: node["name"] for node in document["nodes"]}
    assert {(_path(edge["source"]), names[edge["target"]]) for edge in document["links"]} == drawn
    link = page.select_one('link[rel=alternate][type="text/csv"]')
    assert link is not None
    rows = csv.DictReader(io.StringIO(strategy.get(str(link["href"])).text))
    assert {(_path(row["measure"]), row["name"]) for row in rows} == drawn


def test_what_is_selected_stands_out(strategy: FlaskClient) -> None:
    page = _page(strategy, "/network?service=metadatabronnen&lang=en")
    (node,) = page.select("#picture a.selected")
    assert _title(node) == "The Metadata Well"
    edges = page.select("#picture path.selected")
    assert len(edges) > 1
    assert all(node["id"] in (edge["data-one"], edge["data-other"]) for edge in edges)
    assert len(edges) < len(page.select("#picture path.edge"))


@pytest.mark.parametrize("kind", ["unit", "service", "partner"])
def test_at_a_glance_ribbons_count_the_measures_of_the_table(strategy: FlaskClient, kind: str) -> None:
    page = _page(strategy, f"/network?kind={kind}&lang=en")
    listed = json.loads(strategy.get("/measures.json?lang=en").text)["measures"]
    themes = {_path(one["iri"]): (one["theme"] or {"name": "Without a theme"})["name"] for one in listed}
    pairs = {(name, themes[measure], measure) for measure, name in _tabled(page)}
    for drawing in page.select("figure.glance svg"):
        names = {str(a["id"]): _title(a).rpartition(": ") for a in drawing.select("a.node")}
        ribbons = {
            (names[str(p["data-one"])][0], names[str(p["data-other"])][0]): int(p.get_text().rpartition(": ")[2])
            for p in drawing.select("path.ribbon")
        }
        assert ribbons == Counter((name, theme) for name, theme, _ in pairs)
        for name, _, count in names.values():
            assert int(count) == len({measure for *ends, measure in pairs if name in ends})


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("selection", ["", *SELECTIONS])
def test_labels_are_whole_and_every_node_leads_on(strategy: FlaskClient, selection: str, language: str) -> None:
    mark = "&" if selection else "?"
    page = _page(strategy, f"/network{selection}{mark}lang={language}")
    nodes = page.select("svg.net a.node")
    assert nodes
    for node in nodes:
        label = " ".join(line.get_text() for line in node.select("text:not(.faint)"))
        title = _title(node)
        assert title.startswith(re.sub(r" \(\d+\)$", "", label))
        assert "…" not in label or "…" in title
    for href in {str(node["href"]) for node in nodes if "measure" not in node["class"]}:
        assert f"lang={language}" in href
        answer = strategy.get(href, headers=HTML)
        assert answer.status_code == 200
        assert 'id="picture"' in answer.text


def test_it_is_the_same_each_time(strategy: FlaskClient) -> None:
    assert strategy.get("/network", headers=HTML).text == strategy.get("/network", headers=HTML).text


@pytest.mark.parametrize("asked", ["?theme=x", "?kind=x", "?unit=tk&unit=bu"])
def test_what_there_is_not_is_told(strategy: FlaskClient, asked: str) -> None:
    page = _page(strategy, f"/network{asked}", 400)
    alert = page.select_one("[role=alert]")
    assert alert is not None
    assert "finnes ikke" in alert.get_text()
    assert strategy.get(f"/network{asked}&format=json").status_code == 400


def test_what_fits_nothing_says_so(strategy: FlaskClient) -> None:
    page = _page(strategy, "/network?theme=formidling&service=metadatabronnen")
    assert not page.select("#picture")
    assert page.select("#as-table ~ .note")


def test_only_this_page_may_run_scripts_and_only_ours(strategy: FlaskClient) -> None:
    policy = strategy.get("/network", headers=HTML).headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in strategy.get("/units", headers=HTML).headers["Content-Security-Policy"]


def test_a_page_that_is_kept_keeps_its_policy(strategy: FlaskClient) -> None:
    first = strategy.get("/network", headers=HTML)
    again = strategy.get("/network", headers={**HTML, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_data_about_something_else_has_no_network() -> None:
    client = create_app(Settings(), open_memory("memory:")).test_client()
    assert client.get("/network", headers=HTML).status_code == 404
