"""The network: drawn, as a table and as data, all the same."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from bs4 import BeautifulSoup
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
    """Measure and thing of each edge, by the addresses their nodes lead to."""
    leads = {str(node["id"]): _path(node["href"]) for node in page.select("#picture a.node")}
    return {(leads[str(e["data-one"])], leads[str(e["data-other"])]) for e in page.select("#picture .edges path")}


def _tabled(page: BeautifulSoup) -> set[tuple[str, str]]:
    rows = page.select("#as-table ~ .wide tbody tr")
    return {
        (_path(row.select("th a")[0]["href"]), _path(link["href"]))
        for row in rows
        for link in row.select("td a:not(.badge)")
    }


def _path(href: object) -> str:
    return re.sub(r"^https://w3id.org/nbkg|\?.*", "", str(href))


ASKED = ["", "?theme=formidling", "?unit=tk&kind=unit", "?service=metadatabronnen", "?kind=partner&kind=unit"]


@pytest.mark.parametrize("asked", ASKED)
def test_drawing_table_and_data_are_the_same(strategy: FlaskClient, asked: str) -> None:
    page = _page(strategy, f"/network{asked}")
    drawn = _drawn(page)
    assert drawn
    assert drawn == _tabled(page)
    link = page.select_one('link[rel=alternate][type="application/json"]')
    assert link is not None
    told = json.loads(strategy.get(str(link["href"])).text)
    assert {(_path(edge["source"]), _path(edge["target"])) for edge in told["links"]} == drawn
    assert {_path(node["id"]) for node in told["nodes"]} >= {end for edge in drawn for end in edge}
    link = page.select_one('link[rel=alternate][type="text/csv"]')
    assert link is not None
    rows = csv.DictReader(io.StringIO(strategy.get(str(link["href"])).text))
    assert {(_path(row["measure"]), _path(row["thing"])) for row in rows} == drawn


def test_every_node_is_text_that_leads_to_its_page(strategy: FlaskClient) -> None:
    nodes = _page(strategy).select("#picture a.node")
    assert len(nodes) > 100
    assert all(node.select_one("text") and str(node["href"]).startswith("/id/") for node in nodes)
    assert {node["class"][1] for node in nodes} == {"unit", "measure", "service", "partner"}


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
