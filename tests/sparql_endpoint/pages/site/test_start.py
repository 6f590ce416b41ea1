"""The first page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from pathlib import Path

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from loader.store.load import load
from sparql_endpoint import create_app
from sparql_endpoint.services import responses as answering
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.base import Row, Term
from sparql_endpoint.stores.oxigraph import open_memory
from tests.sparql_endpoint.pages.reading import HTML, get_page, one, texts


def _page(client: FlaskClient, address: str = "/?lang=en") -> BeautifulSoup:
    return get_page(client, address)


class _Clock(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> _Clock:
        return cls(2026, 3, 1, tzinfo=tz)


@pytest.fixture
def in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day between what the report promises and what was due before."""
    monkeypatch.setattr(answering, "datetime", _Clock)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("nb", ["13 Løpende", "11 Lukket", "5 Under arbeid", "3 Ikke oppgitt"]),
        ("nn", ["13 Løpande", "11 Lukka", "5 Under arbeid", "3 Ikkje oppgjeve"]),
        ("en", ["13 Ongoing", "11 Closed", "5 In progress", "3 Not stated"]),
    ],
)
def test_how_many_stand_where(strategy: FlaskClient, language: str, told: list[str]) -> None:
    assert texts(_page(strategy, f"/?lang={language}"), ".tallies li") == told


@pytest.mark.parametrize("key", ["by-status", "by-theme", "by-unit"])
def test_the_drawing_and_the_table_have_the_same_numbers(strategy: FlaskClient, key: str) -> None:
    section = one(_page(strategy), f"section[aria-labelledby={key}]")
    told = one(section, f"#{key}-told").get_text(strip=True)
    heads = texts(section, "thead th")[1:-1]
    rows = []
    for row in section.select("tbody tr"):
        cells = texts(row, "td")
        parts = ", ".join(f"{head} {count}" for head, count in zip(heads, cells[:-1], strict=True))
        rows.append(f"{one(row, 'th').get_text(strip=True)}: {parts or cells[-1]}.")
        if len(cells) > 1:
            assert sum(map(int, cells[:-1])) == int(cells[-1])
    assert told == " ".join(rows)
    assert len(section.select("svg.bars > text, svg.bars > a > text")) >= 2 * len(rows)


def test_every_measure_is_counted_once_by_status_and_by_theme(strategy: FlaskClient) -> None:
    page = _page(strategy)
    for key in ("by-status", "by-theme"):
        counts = texts(one(page, f"section[aria-labelledby={key}]"), "tbody td:last-child")
        assert sum(map(int, counts)) == 32


def test_what_was_promised_as_of_a_day(strategy: FlaskClient, in_march: None) -> None:
    page = _page(strategy)
    assert texts(page, "section[aria-labelledby=due] tbody th") == ["first half of 2026", "2026"]
    assert texts(page, "section[aria-labelledby=past] tbody th") == [
        "2023 (over when the report came)",
        "November 2025",
        "November 2025",
        "November 2025",
        "autumn 2025",
    ]
    assert "over on 1 March 2026" in one(page, "section[aria-labelledby=past]").get_text()


def test_closed_measures_with_open_promises(strategy: FlaskClient) -> None:
    items = texts(_page(strategy), "section[aria-labelledby=open-though-closed] li")
    assert items == ["Infrastructure for sharing metadata Promised: November 2025, first half of 2026"]


def test_without_a_report_before_there_is_no_change(strategy: FlaskClient) -> None:
    assert "is the first one here" in one(_page(strategy), "section[aria-labelledby=changed]").get_text()


def test_what_changed_since_the_report_before(later: FlaskClient) -> None:
    section = one(_page(later), "section[aria-labelledby=changed]")
    rows = [tuple(texts(row, "th, td")) for row in section.select("tbody tr")]
    assert (
        "Infrastructure for sharing metadata",
        "new status, new wording, new comment",
        "Ended → became In progress",
    ) in rows
    assert [row[1] for row in rows].count("no longer there") == 1
    assert [row[1] for row in rows].count("new measure") == 1
    assert section.select_one("a[href='/report/2025-10-14...2026-03-02?lang=en']")


def test_what_the_data_is(strategy: FlaskClient) -> None:
    section = one(_page(strategy), "section[aria-labelledby=about-data]")
    assert "14 October 2025" in section.get_text()
    assert strategy.get("/").headers["Data-Version"] in section.get_text()
    assert section.select_one("a[href='http://creativecommons.org/publicdomain/zero/1.0/']")
    assert "right of quotation" in section.get_text()


def test_the_page_holds_for_a_day(strategy: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = strategy.get("/", headers=HTML)
    assert "Last-Modified" not in first.headers
    tagged = {**HTML, "If-None-Match": first.headers["ETag"]}
    assert strategy.get("/", headers=tagged).status_code == 304
    assert strategy.get("/", headers={**HTML, "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}).status_code == 200
    monkeypatch.setattr(answering, "datetime", _Clock)
    assert strategy.get("/", headers=tagged).status_code == 200


def test_it_takes_few_questions(strategy: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    _page(strategy)
    store = strategy.application.extensions["sparql_endpoint"].store
    asked: list[str] = []
    select = store.select

    def counted(text: str, bindings: Mapping[str, Term] | None = None) -> Sequence[Row]:
        asked.append(text)
        found: Sequence[Row] = select(text, bindings)
        return found

    monkeypatch.setattr(store, "select", counted)
    _page(strategy)
    assert len(asked) <= 8


def test_invented_measures_without_reports(client: FlaskClient) -> None:
    page = _page(client)
    assert texts(page, ".tallies li") == ["1 closed", "0 Not stated"]
    assert "Measures: 1." in page.get_text()
    assert page.select_one("a[href='https://example.org/issues']")


def test_hostile_names_are_text() -> None:
    data = ox.Store()
    data.update("""
        PREFIX n: <https://w3id.org/nbkg/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        INSERT DATA { GRAPH <https://w3id.org/nbkg/graph/current> {
          <https://w3id.org/nbkg/id/m> n:latestObservation <urn:o> ; n:text "<script>alert(1)</script>" ;
            n:theme <javascript:alert(2)> ; n:status <urn:s> ; n:milestone <urn:x> .
          <urn:x> n:when "<b>2026" ; n:latest "never" . <urn:s> skos:prefLabel "\\"><svg onload=alert(3)>" } }""")
    client = create_app(Settings(), open_memory("memory:", data=data)).test_client()
    page = _page(client)
    assert not page.select("script, [onload], a[href^='javascript:']")
    assert "<script>" not in client.get("/", headers=HTML).text


def test_a_store_about_something_else() -> None:
    data = ox.Store()
    data.update('INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> "c" } }')
    page = _page(create_app(Settings(), open_memory("memory:", data=data)).test_client())
    assert texts(page, "h1") == ["Linked data"]
    assert texts(page, "#graphs + ul li") == ["urn:g"]
    assert one(page, "form textarea[name=query]")
    assert not page.select(".tallies")


def test_the_numbers_that_a_built_store_holds(tmp_path: Path) -> None:
    file = tmp_path / "some.trig"
    file.write_text("<urn:g> { <urn:a> a <urn:C> . <urn:b> a <urn:C> ; <urn:p> 1 }", encoding="utf-8")
    load(tmp_path / "store", [file])
    client = create_app(Settings(store=str(tmp_path / "store"), workers=0)).test_client()
    section = one(_page(client), "section[aria-labelledby=census]")
    assert texts(section, "dd") == ["3", "2", "1", "2"]
    assert texts(section, "tbody td") == ["urn:C", "2"]


def test_an_empty_store() -> None:
    page = _page(create_app(Settings(), open_memory("memory:", data=ox.Store())).test_client())
    assert "no graphs here yet" in page.get_text()


def test_ids_stand_once(strategy: FlaskClient) -> None:
    ids = re.findall(r'\sid="([^"]+)"', strategy.get("/", headers=HTML).text)
    assert len(ids) == len(set(ids))
