"""What programs that read pages find: robots.txt and the site map; and the pages that tell of the whole."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from xml.etree import ElementTree

import html5lib
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

HTML = {"Accept": "text/html"}
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = "https://w3id.org/nbkg/"


def _tree(client: FlaskClient, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.data)  # noqa: S314  # our own


def test_robots_may_read_pages_but_not_query(strategy: FlaskClient) -> None:
    lines = strategy.get("/robots.txt").text.splitlines()
    assert {"Disallow: /sparql", "Disallow: /data$", "Allow: /"} <= set(lines)
    assert "Disallow: /data" not in lines
    assert lines[-1] == "Sitemap: http://localhost/sitemap.xml"


def test_files_have_the_mark_too(strategy: FlaskClient) -> None:
    with strategy.get("/favicon.ico", follow_redirects=True) as answer:
        assert answer.status_code == 200
        assert answer.mimetype == "image/svg+xml"


def test_every_address_of_the_map_is_a_page(strategy: FlaskClient) -> None:
    parts = [str(loc.text) for loc in _tree(strategy, "/sitemap.xml").iter(f"{MAP}loc")]
    assert parts == ["http://localhost/sitemap-0.xml", "http://localhost/sitemap-1.xml"]
    pages = [str(loc.text) for part in parts for loc in _tree(strategy, part).iter(f"{MAP}loc")]
    assert len(pages) == len(set(pages)) > 200
    assert "http://localhost/doc/measure/2020-2025/14" in pages
    assert {"http://localhost/", "http://localhost/measures", "http://localhost/shapes"} <= set(pages)
    for page in [*pages[:25], *pages[25::20]]:
        assert (page, strategy.get(page.removeprefix("http://localhost"), headers=HTML).status_code) == (page, 200)
    assert strategy.get("/sitemap-2.xml").status_code == 404


def test_data_about_something_else_has_no_shapes(application: Callable[..., Flask]) -> None:
    client = application().test_client()
    assert client.get("/shapes", headers=HTML).status_code == 404
    assert client.get("/data-sets", headers=HTML).status_code == 200


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("address", ["/shapes", "/data-sets", "/about", "/accessibility", "/ns"])
def test_pages_of_the_whole_are_valid(strategy: FlaskClient, address: str, language: str) -> None:
    answer = strategy.get(f"{address}?lang={language}", headers=HTML)
    assert answer.status_code == 200
    html5lib.HTMLParser(strict=True).parse(answer.text)
    page = BeautifulSoup(answer.text, "html.parser")
    assert len(page.find_all("h1")) == 1
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile(r"^h\d$"))]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_rules_in_plain_words(strategy: FlaskClient) -> None:
    page = BeautifulSoup(strategy.get("/shapes?lang=en", headers=HTML).text, "html.parser")

    def told(fragment: str) -> str:
        rule = page.select_one(f"[id='{fragment}']")
        assert rule is not None
        return rule.get_text(" ", strip=True)

    assert "all of the type measure" in told("measure-identifier")
    assert "exactly 1" in told("measure-identifier")
    assert "one of: I, II" in told("range-part")
    assert "1 or more" in told("range-number")
    assert "SELECT $this" in told("closed-with-open-plan")
    sections = {s["aria-labelledby"]: s for s in page.select("section[aria-labelledby]")}
    assert sections["rules_notes"].select_one("#closed-with-open-plan")
    assert sections["rules_recommended"].select_one("#recommended-responsible")
    assert sections["rules_counts"].select_one("#measure-identifier")


def test_the_index_of_the_data_tells_its_parts(strategy: FlaskClient) -> None:
    page = BeautifulSoup(strategy.get("/data-sets?lang=en", headers=HTML).text, "html.parser")
    parts = {str(a["href"]) for a in page.select("table tbody th a")}
    assert "/graph/report/2025-10-14?lang=en" in parts
    assert page.select_one("a[href='/shapes?lang=en']")
    assert page.select_one("a[href='/ns?lang=en']")
