"""What a text of a page promises is there: formats, contacts, items of lists."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from sparql_endpoint.http.languages import OFFERED, say

HTML = {"Accept": "text/html"}
LISTS = ("/measures", "/units", "/services", "/partners", "/concepts", "/network")
ON_TERMS = ("/doc/measure/2020-2025/14", "/graph/curated", "/dataset/strategy", "/ns")


def _suffixes(language: str) -> list[str]:
    return re.findall(r"\.([a-z0-9]+)\b", say("catalogue_get_formats", language).partition("(")[2].partition(")")[0])


@pytest.mark.parametrize("language", OFFERED)
def test_things_and_graphs_have_the_formats_that_the_data_page_names(strategy: FlaskClient, language: str) -> None:
    suffixes = _suffixes(language)
    assert len(suffixes) == 7
    for path in ON_TERMS:
        for suffix in suffixes:
            for address in (f"{path}.{suffix}", f"{path}?format={suffix}"):
                assert strategy.get(address).status_code == 200, address


@pytest.mark.parametrize("address", LISTS)
def test_a_list_links_to_its_formats_at_the_foot_of_its_page(strategy: FlaskClient, address: str) -> None:
    page = BeautifulSoup(strategy.get(address, headers=HTML).text, "html.parser")
    links = page.select("main section.formats a[href]")
    assert links
    for link in links:
        assert strategy.get(str(link["href"]), headers=HTML).status_code == 200, link


@pytest.mark.parametrize("address", ["/about", "/accessibility", "/"])
def test_a_contact_never_leads_back_to_the_site_itself(strategy: FlaskClient, address: str) -> None:
    page = BeautifulSoup(strategy.get(f"{address}?lang=en", headers=HTML).text, "html.parser")
    main = page.select_one("main")
    assert main is not None
    assert not [link for link in main.select("a[href]") if link.get_text() == "https://w3id.org/nbkg/"]
    if address != "/":
        assert say("about_contact_none", "en") in main.get_text()


def test_a_list_without_items_is_not_written(strategy: FlaskClient) -> None:
    address = "/resource?iri=http%3A%2F%2Fwww.w3.org%2Fns%2Fshacl%23SPARQLConstraint"
    page = BeautifulSoup(strategy.get(address, headers=HTML).text, "html.parser")
    assert page.select("#incoming")
    assert all(one.select("li") for one in page.select("main ul"))
