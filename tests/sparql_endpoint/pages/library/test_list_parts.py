"""Lists of very many things come in parts that together have all of them."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from sparql_endpoint.pages.library import list_parts

HAMSUN = "/doc/agent/noraf-90052521"
NOVELS = "/doc/concept/ntsf/258"


def _page(client: FlaskClient, path: str) -> BeautifulSoup:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def _works(page: BeautifulSoup) -> set[str]:
    return {str(link["href"]) for link in page.select("ol.works a.title")}


@pytest.mark.parametrize("path", [HAMSUN, NOVELS])
def test_the_parts_have_what_the_whole_has(path: str, catalogue: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _page(catalogue, f"{path}?lang=en")
    assert whole.select("nav.pager") == []
    monkeypatch.setattr(list_parts, "SIZE", 4)
    found, address, number = set[str](), f"{path}?lang=en&part=1", 0
    while address:
        page, number = _page(catalogue, address), number + 1
        assert f"are part {number}." in page.select_one("nav.pager p").get_text()  # type: ignore[union-attr]  # it is there
        found |= _works(page)
        links = page.select("nav.pager a[rel=next]")
        address = f"{path}{links[0]['href']}" if links else ""
    assert number > 2
    assert found >= _works(whole)


def test_a_part_that_is_not_there_leads_back(catalogue: FlaskClient) -> None:
    page = _page(catalogue, f"{HAMSUN}?lang=en&part=99999999999999999999999")
    assert _works(page) == set()
    assert [link["rel"] for link in page.select("nav.pager a")] == [["prev"]]
