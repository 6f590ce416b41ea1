"""Values that nobody would write in earnest are shown safely."""

from __future__ import annotations

from pathlib import Path

import html5lib
import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory

ADDRESSES = [
    "/network", "/network?theme=%3Cscript%3E", "/units", "/services", "/partners", "/concepts", "/reports",
    "/doc/unit/x", "/doc/service/x", "/doc/report/1", "/report/1...1", "/report/%3Cscript%3E...1",
]  # fmt: skip


@pytest.fixture(scope="module")
def hostile() -> FlaskClient:
    store = ox.Store()
    store.load(path=str(Path(__file__).with_name("hostile.trig")), format=ox.RdfFormat.TRIG)
    return create_app(Settings(), open_memory("memory:", data=store)).test_client()


@pytest.mark.parametrize("address", ADDRESSES)
def test_hostile_values(hostile: FlaskClient, address: str) -> None:
    answer = hostile.get(address, headers={"Accept": "text/html"})
    assert answer.status_code in (200, 400, 404)
    html5lib.HTMLParser(strict=True).parse(answer.text)
    page = BeautifulSoup(answer.text, "html.parser")
    assert all(script.get("src") or script.get("type") == "application/ld+json" for script in page.select("script"))
    assert not page.select("[onerror], img")
    links = [str(link.get("href", "")) for link in page.select("a")]
    assert not [link for link in links if link.startswith(("javascript:", "data:")) or link == "None"]


def test_offsets_outside_of_the_text_mark_what_there_is(hostile: FlaskClient) -> None:
    page = BeautifulSoup(hostile.get("/doc/report/1", headers={"Accept": "text/html"}).text, "html.parser")
    assert (
        "".join(part.get_text() for part in page.select(".reading .source")) == "<script>alert(7)</script>\nord & ord"
    )
    assert page.select(".reading mark.entity")
