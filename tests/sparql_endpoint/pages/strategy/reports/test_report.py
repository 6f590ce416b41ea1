"""The page of a report."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def page(strategy: FlaskClient) -> BeautifulSoup:
    return BeautifulSoup(strategy.get("/doc/report/2025-10-14", headers=HTML).text, "html.parser")


def _part(page: BeautifulSoup, anchor: str) -> tuple[Tag, Tag]:
    """What was read of a measure, and its words before it."""
    became = page.select_one(f"#{anchor}" if not anchor[0].isdigit() else f'[id="{anchor}"]')
    assert became is not None
    source = became.find_previous_sibling(class_="source")
    assert isinstance(source, Tag)
    return source, became


def test_the_whole_text_is_there_unchanged(strategy: FlaskClient) -> None:
    written = strategy.get("/doc/report/2025-10-14", headers=HTML).text
    parts = re.findall(r'<div class="source" lang="nb">(.*?)</div>', written, re.DOTALL)
    text = unescape(re.sub(r"<[^>]+>", "", "".join(parts)))
    assert text == Path("data/source/statusrapport-2025-10-14.txt").read_text(encoding="utf-8")


def test_passages_lead_to_what_they_became(page: BeautifulSoup) -> None:
    source, became = _part(page, "14")
    links = {
        (mark["class"][0], link.get_text(), link["href"]) for mark in source.select("mark") for link in mark.select("a")
    }
    assert ("entity", "Biblioteksentralen", "/id/organisation/biblioteksentralen") in links
    assert ("agent", "TK", "/id/unit/tk") in links
    assert ("status", "Avsluttet", "/id/concept/status/avsluttet") in links
    assert ("when", "første halvår 2026", "/id/measure/2020-2025/14") in links
    assert ("comment", "første halvår 2026", "/id/measure/2020-2025/14") in links, "a time stands within the comment"
    text = became.get_text(" ", strip=True)
    assert "første halvår 2026: Planlagt" in text
    assert "Utledet: utfall, når" in text
    assert "Avsluttet" in text


def test_labels_stand_once_and_only_background_says_so(page: BeautifulSoup) -> None:
    _, became = _part(page, "4")
    assert [label.get_text() for label in became.select("dt")].count("Ansvar") == 1
    assert "Avdeling for tilrettelagt litteratur, Bibliotekutvikling" in became.get_text()
    times = [value.get_text(" ", strip=True) for value in page.select(".became dd") if "Nådd" in value.get_text()]
    assert len(times) > 5
    background = [text for text in times if "(bakgrunn)" in text]
    assert 0 < len(background) < len(times)
    assert not [text for text in times if "tiltakets egen" in text]


def test_the_legend_has_every_kind_of_mark(page: BeautifulSoup) -> None:
    explained = {str(mark["class"][0]) for mark in page.select(".marks mark")}
    assert {str(mark["class"][0]) for mark in page.select(".reading mark")} == explained


def test_marks_are_well_nested_and_links_never(page: BeautifulSoup) -> None:
    assert len(page.select(".reading mark")) > 300
    assert page.select("a a") == []
    assert page.select(".reading mark.wording mark.entity")


def test_every_measure_of_the_report_has_its_part(page: BeautifulSoup) -> None:
    assert len(page.select(".reading section.became")) == 32
    assert len({part["id"] for part in page.select(".reading section.became")}) == 32


def test_headings_and_legend_are_of_no_measure(page: BeautifulSoup) -> None:
    alone = [part.find_previous_sibling(class_="source") for part in page.select(".became.none")]
    begin = [" ".join(part.get_text().split()).partition(" ")[0] for part in alone if isinstance(part, Tag)]
    assert begin == ["Statusrapporter", "Samarbeid", "Infrastruktur", "Samarbeid", "BU"]


def test_all_statements_stand_below(page: BeautifulSoup) -> None:
    assert page.select_one("details.statements")


def test_list_tells_of_all_and_their_changes(later: FlaskClient) -> None:
    found = BeautifulSoup(later.get("/reports?lang=en", headers=HTML).text, "html.parser")
    rows = [row.get_text(" ", strip=True) for row in found.select("tbody tr")]
    assert len(rows) == 2
    assert "Changes from the report of 14 October 2025" in rows[0]
    assert "The first in the data" in rows[1]


def test_a_store_without_reports_says_so(client: FlaskClient) -> None:
    answer = client.get("/reports", headers=HTML)
    assert answer.status_code == 404
    assert "ingen statusrapporter" in answer.text


def test_a_report_without_its_text_gets_the_general_page(client: FlaskClient) -> None:
    answer = client.get("/doc/report/2025-10-14", headers=HTML)
    assert answer.status_code == 200
    assert "Statusrapport" in answer.text
