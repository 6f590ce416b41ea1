"""The menu marks the page, and on the page of a single resource the section that it belongs to."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("address", "entry", "current"),
    [
        ("/measures", "Tiltak", "page"),
        ("/measures?theme=infrastruktur", "Tiltak", "page"),
        ("/units", "Hvem gjør hva", "page"),
        ("/services", "Hvem gjør hva", "true"),
        ("/doc/measure/2020-2025/14", "Tiltak", "true"),
        ("/doc/unit/tk", "Hvem gjør hva", "true"),
        ("/doc/organisation/nasjonalbiblioteket", "Hvem gjør hva", "true"),
        ("/doc/concept/status", "Hvem gjør hva", "true"),
        ("/doc/report/2025-10-14", "Rapporter", "true"),
        ("/report/2025-10-14...2026-03-02", "Rapporter", "true"),
        ("/dataset/nbkg", "Data", "true"),
        ("/ns", "Data", "true"),
        ("/.well-known/void", "Data", "true"),
        ("/sparql?query=ASK%7B%7D&format=html", "Spørring", "true"),
    ],
)
def test_one_entry_is_marked(later: FlaskClient, address: str, entry: str, current: str) -> None:
    answer = later.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    marked = BeautifulSoup(answer.text, "html.parser").select("nav.menu [aria-current]")
    assert [(link.get_text(), link["aria-current"]) for link in marked] == [(entry, current)]


def test_a_page_outside_all_sections_marks_none(later: FlaskClient) -> None:
    answer = later.get("/about", headers={"Accept": "text/html"})
    assert not BeautifulSoup(answer.text, "html.parser").select("nav.menu [aria-current]")
