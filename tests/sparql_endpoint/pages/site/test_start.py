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
    """A day between what the report plans and what was planned before."""
    monkeypatch.setattr(answering, "datetime", _Clock)


SENTENCES = {
    "nb": "Da den siste statusrapporten kom for 4 måneder siden, var 11 av 32 tiltak lukket; "
    "i dag er 5 av 7 planlagte datoer passert, og strategiperioden er over.",
    "nn": "Då den siste statusrapporten kom for 4 månader sidan, var 11 av 32 tiltak lukka; "
    "i dag er 5 av 7 planlagde datoar passerte, og strategiperioden er over.",
    "en": "When the latest status report came out 4 months ago, 11 of 32 measures were closed; "
    "as of today, 5 of 7 planned dates have passed, and the strategy period is over.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_one_sentence_says_how_it_is_going(strategy: FlaskClient, in_march: None, language: str) -> None:
    sentence = one(_page(strategy, f"/?lang={language}"), "main .going")
    assert sentence.get_text() == SENTENCES[language]


def test_the_sentence_and_the_picture_come_first(strategy: FlaskClient) -> None:
    main = one(_page(strategy), "main")
    order = [tag.get("class", [tag.name])[0] for tag in main.select("h1, .going, figure, svg, table")]
    assert order[:4] == ["small-title", "going", "progress", "drawn"]


@pytest.mark.parametrize(
    ("language", "shares"),
    [
        ("nb", ["11 Lukket", "13 Løpende", "5 Under arbeid", "3 Ikke oppgitt"]),
        ("nn", ["11 Lukka", "13 Løpande", "5 Under arbeid", "3 Ikkje oppgjeve"]),
        ("en", ["11 Closed", "13 Ongoing", "5 In progress", "3 Not stated"]),
    ],
)
def test_how_many_measures_have_each_status(strategy: FlaskClient, language: str, shares: list[str]) -> None:
    page = _page(strategy, f"/?lang={language}")
    assert texts(page, ".shares li > a") == shares
    assert all(texts(page, ".shares li > p")), "each status is explained where it stands"
    assert len(page.select(".share-bar rect")) == len(shares)
    assert len(page.select(".share-bar .cell")) + len(page.select(".share-bar .border")) == 31


def test_no_status_is_drawn_twice(strategy: FlaskClient) -> None:
    assert not _page(strategy).select("[aria-labelledby=by-status], .tallies")


def test_the_timeline_has_the_dates_of_the_tables(strategy: FlaskClient) -> None:
    page = _page(strategy)
    drawn = [one(pill, "title").get_text().partition(":")[0] for pill in page.select(".timeline-chart .pill")]
    listed = [
        one(row, "th").get_text(" ", strip=True).split(" passed before")[0]
        for row in page.select(".dated tbody tr:not(.group)")
        if "Unknown" not in row.get_text() and "no date given" not in row.get_text()
    ]
    assert sorted(drawn) == sorted(listed)
    assert texts(page, ".timeline-chart .group-name") == ["Reached 11", "Planned 7"]
    assert texts(page, ".report-name, .today-name") == ["Report", "Today"]


@pytest.mark.parametrize(("number", "mark"), [("", "II"), ("nbkg:number 7 ; ", "7")])
def test_marks_of_part_two_are_explained_where_there_are_some(number: str, mark: str, in_march: None) -> None:
    data = ox.Store()
    text = (Path(__file__).parents[1] / "two-strategies.trig").read_text(encoding="utf-8")
    data.load(text.replace('nbkg:text "Two"', f'{number}nbkg:text "Two"'), format=ox.RdfFormat.TRIG)
    page = _page(create_app(Settings(), open_memory("memory:", data=data)).test_client())
    assert texts(page, ".pill text") == [mark]
    assert ("II marks measures in part II of the report" in page.get_text()) == (mark == "II")


@pytest.mark.parametrize("key", ["by-theme", "by-unit"])
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


def test_every_measure_is_counted_once_by_theme(strategy: FlaskClient) -> None:
    counts = texts(one(_page(strategy), "section[aria-labelledby=by-theme]"), "tbody td:last-child")
    assert sum(map(int, counts)) == 32


def test_what_is_planned_as_of_a_day(strategy: FlaskClient, in_march: None) -> None:
    page = _page(strategy)
    assert texts(page, "#planned-ahead tr:not(.group) th") == ["first half of 2026", "2026"]
    assert texts(page, "#planned-passed tr:not(.group) th") == [
        "2023 passed before the report",
        "November 2025",
        "November 2025",
        "November 2025",
        "autumn 2025",
    ]
    assert "does not say whether these are done" in one(page, "#planned-passed").get_text()
    assert texts(page, "#planned-ahead td")[:3] == [
        "14. Infrastructure for central production and sharing of metadata",
        "Acquisitions and Knowledge Organisation",
        "Ended",
    ]


def test_closed_measures_with_something_planned(strategy: FlaskClient) -> None:
    items = texts(_page(strategy), "section[aria-labelledby=open-though-closed] li")
    first = "Infrastructure for central production and sharing of metadata November 2025, first half of 2026"
    assert items[0] == first


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_nobody_is_said_to_have_promised(strategy: FlaskClient, language: str) -> None:
    words = one(_page(strategy, f"/?lang={language}"), "main").get_text().casefold()
    assert not re.search(r"promise|\blov[ea]|overdue|forsinke|tiden er ute|tida er ute|accomplish", words)


def test_without_a_report_before_there_is_no_change(strategy: FlaskClient) -> None:
    assert "is the first one here" in one(_page(strategy), "section[aria-labelledby=changed]").get_text()


def test_what_changed_since_the_report_before(later: FlaskClient) -> None:
    section = one(_page(later), "section[aria-labelledby=changed]")
    changes = {texts(row, "th")[0]: texts(row, "li") or texts(row, "td") for row in section.select("tbody tr")}
    assert changes["Infrastructure for central production and sharing of metadata"] == [
        "Status: Ended → became In progress",
        "Responsible: Acquisitions and Knowledge Organisation → became "
        "Acquisitions and Knowledge Organisation , Forskning og opplæring",
        "Dates: November 2025 (planned) → became November 2025 (reached)",
        "Also new comment, new wording",
    ]
    assert ["No longer included"] in changes.values()
    assert ["New measure"] in changes.values()
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
    assert texts(page, ".shares li > a") == ["1 closed"]
    assert one(page, ".going").get_text() == "At present 1 of 1 measures are closed."
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
    assert not page.select(".going")


def test_the_numbers_that_a_built_store_holds(tmp_path: Path) -> None:
    file = tmp_path / "some.trig"
    file.write_text("<urn:g> { <urn:a> a <urn:C> . <urn:b> a <urn:C> ; <urn:p> 1 }", encoding="utf-8")
    load(tmp_path / "store", [file])
    client = create_app(Settings(store=str(tmp_path / "store"), workers=0)).test_client()
    section = one(_page(client), "section[aria-labelledby=census]")
    assert texts(section, "dd") == ["3", "2", "1", "2"]
    assert texts(section, "tbody th, tbody td") == ["urn:C", "2"]


def test_an_empty_store() -> None:
    page = _page(create_app(Settings(), open_memory("memory:", data=ox.Store())).test_client())
    assert "no graphs here yet" in page.get_text()


def test_ids_stand_once(strategy: FlaskClient) -> None:
    ids = re.findall(r'\sid="([^"]+)"', strategy.get("/", headers=HTML).text)
    assert len(ids) == len(set(ids))


@pytest.fixture
def two_strategies() -> FlaskClient:
    data = ox.Store()
    data.load(path=str(Path(__file__).parents[1] / "two-strategies.trig"), format=ox.RdfFormat.TRIG)
    return create_app(Settings(), open_memory("memory:", data=data)).test_client()


def test_the_running_strategy_is_shown_and_the_ended_one_linked(two_strategies: FlaskClient, in_march: None) -> None:
    page = _page(two_strategies)
    assert texts(page, "h1") == ["The second"]
    assert one(page, ".going").get_text() == (
        "When the latest status report came out 4 weeks ago, none of 2 measures were closed; "
        "the one planned date has not yet passed, and the strategy runs to the end of 2030."
    )
    other = one(page, "main a[href*='strategy=']")
    assert other.get_text() == "The first"
    ended = _page(two_strategies, str(other["href"]))
    assert "none of 1 measures were closed, and the strategy period is over" in one(ended, ".going").get_text()
    assert two_strategies.get("/?strategy=1984", headers=HTML).status_code == 404


def test_background_is_no_plan_and_a_plan_needs_no_date(two_strategies: FlaskClient, in_march: None) -> None:
    page = _page(two_strategies)
    assert texts(page, ".dated tr:not(.group) th[scope=row]") == ["2026", "no date given"]
