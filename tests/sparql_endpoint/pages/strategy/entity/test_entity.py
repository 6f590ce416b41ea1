"""Pages of units, services, partners and concepts, and the lists of them."""

from __future__ import annotations

import csv
import io
import re

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from sparql_endpoint import create_app
from sparql_endpoint.pages.strategy.indexes import is_above
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory

HTML = {"Accept": "text/html"}


def _page(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address, headers=HTML)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.text, "html.parser")


def _facts(page: BeautifulSoup) -> dict[str, str]:
    found = {}
    for term in page.select("dl.facts > dt"):
        value = term.find_next_sibling("dd")
        assert isinstance(value, Tag)
        found[term.get_text(strip=True)] = value.get_text(" ", strip=True)
    return found


def _lines(page: BeautifulSoup) -> list[str]:
    return [line.get_text(" ", strip=True) for line in page.select(".measures-of > li")]


def test_a_unit_lists_the_measures_it_leads_and_helps(later: FlaskClient) -> None:
    page = _page(later, "/doc/unit/tk")
    assert _facts(page)["Kode"] == "TK"
    lines = _lines(page)
    assert len(lines) == 12
    assert "13. Infrastruktur for sentral produksjon og deling av metadata Under arbeid Har ansvar" in lines
    assert "Videreutvikling av Biblioteksøk Løpende Bidrar" in lines
    beside = {h.get_text(): h.find_next("li") for h in page.select("#beside ~ .grid h3")}
    assert set(beside) == {"Enheter", "Tjenester og annet", "Partnere"}


def test_a_unit_tells_its_names_over_time(later: FlaskClient) -> None:
    page = _page(later, "/doc/unit/bu")
    rows = [row.get_text(" ", strip=True) for row in page.select("#names ~ table tbody tr")]
    assert rows == [
        "2. mars 2026 Bibliotekutvikling SBU",
        "14. oktober 2025 Bibliotekutvikling SBU",
    ]


def test_a_service_shows_the_words_that_name_it(strategy: FlaskClient) -> None:
    page = _page(strategy, "/doc/service/metadatabronnen")
    assert _facts(page)["Drives av"] == "Nasjonalbiblioteket"
    quotes = [quote.get_text() for quote in page.select(".measures-of blockquote")]
    assert quotes[0].startswith(
        "Kontrakt med Biblioteksentralen om utvikling av Metadatabrønnen inngått i februar 2025."
    )
    assert {mark.get_text() for mark in page.select("blockquote mark")} == {"Metadatabrønnen", "Metadatabrønn"}


def test_words_that_tell_a_role_are_not_quoted_beside_the_name_in_them(strategy: FlaskClient) -> None:
    """Measure 6 names the library, and the words by which it owns something hold the same name."""
    page = _page(strategy, "/doc/organisation/nasjonalbiblioteket")
    (line,) = [line for line in page.select(".measures-of > li") if line.get_text(strip=True).startswith("6.")]
    assert [mark.get_text() for mark in line.select("blockquote mark")] == ["Nasjonalbibliotekets"]


def test_a_strategy_leads_to_its_measures(strategy: FlaskClient) -> None:
    page = _page(strategy, "/doc/strategy/2020-2025?lang=en")
    links = {link.get_text(): str(link["href"]) for link in page.select("main a")}
    assert links["How the strategy is going"] == "/?lang=en&strategy=2020-2025"
    listed = _page(strategy, links["All measures of the strategy (32)"])
    assert len(listed.select("table.list tbody tr")) == 32
    assert "Measures that name the strategy" in page.get_text()
    other = _page(strategy, "/doc/strategy/leselyststrategien?lang=en")
    assert "How the strategy is going" not in other.get_text()


def test_a_partner_has_identifiers_with_where_they_were_seen(strategy: FlaskClient) -> None:
    page = _page(strategy, "/doc/organisation/sikt?lang=en")
    facts = _facts(page)
    assert facts["Identifiers"].startswith("Organisation number : 919477822 source")
    assert any("in the measure" in line for line in _lines(page))


def test_the_publisher_is_named_where_no_relation_says_so(strategy: FlaskClient) -> None:
    lines = _lines(_page(strategy, "/doc/organisation/nasjonalbiblioteket"))
    assert len(lines) > 15
    assert all("Nevnt i tiltaket" in line or "Eier av noe tiltaket nevner" in line for line in lines)
    assert sum("Eier av noe" in line for line in lines) == 4


def test_what_only_an_earlier_report_names_is_told_apart(later: FlaskClient, strategy: FlaskClient) -> None:
    """Measure 3 is gone from the later report, and with it all that only it names."""
    page = _page(later, "/doc/organisation/nasjonalbiblioteket")
    earlier = [h for h in page.select("h3") if h.get_text() == "Bare i tidligere rapporter"]
    assert len(earlier) == 1
    told = earlier[0].find_next("ol")
    assert isinstance(told, Tag)
    assert "Egne arrangementer digitalt og kompetanseutveksling i rapporten 14. oktober 2025" in told.get_text(
        " ", strip=True
    )
    assert not [h for h in _page(strategy, "/doc/unit/tk").select("h3") if h.get_text() == "Bare i tidligere rapporter"]


def test_a_wide_concept_has_the_measures_of_its_narrower_ones(strategy: FlaskClient) -> None:
    page = _page(strategy, "/doc/concept/status/lukket")
    wide, narrow = (len(_lines(_page(strategy, f"/doc/concept/status/{key}"))) for key in ("lukket", "ferdig"))
    assert wide > narrow > 0
    assert "Avsluttet" in [value.get_text() for value in page.select("dl.facts dd")]


KINDS = [
    "law/bokloven", "programme/formidlingsmidler", "project/samlingsforvaltning-i-endring", "dataset/digitale-samling",
    "agreement/bokhylla-avtalen", "standard/marc-21", "strategy/leselyststrategien", "group/folkebibliotek",
    "post/nasjonalbibliotekar", "concept/theme/infrastruktur",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_page_with_measures(strategy: FlaskClient, kind: str) -> None:
    page = _page(strategy, f"/doc/{kind}")
    assert _lines(page), kind
    assert page.select_one("p.kind a"), "a way back to the list"
    assert page.select_one("details.statements")


def test_others_get_the_general_page(client: FlaskClient) -> None:
    """Data without measures as of a report is not about a strategy."""
    assert client.get("/doc/service/v1.0", headers=HTML).status_code == 200


@pytest.mark.parametrize("name", ["units", "services", "partners", "concepts"])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_lists(strategy: FlaskClient, name: str, language: str) -> None:
    page = _page(strategy, f"/{name}?lang={language}")
    current = page.select("nav.lists [aria-current=page]")
    assert len(current) == 1
    assert page.select("tbody tr") or page.select("ul.tree li")
    assert len(page.select("nav.menu [aria-current]")) == 1


@pytest.mark.parametrize("name", ["units", "services", "partners", "concepts"])
def test_a_list_is_the_answer_to_a_query(strategy: FlaskClient, name: str) -> None:
    page = _page(strategy, f"/{name}")
    alternate = page.select_one('link[rel=alternate][type="text/csv"]')
    assert alternate is not None
    rows = list(csv.DictReader(io.StringIO(strategy.get(str(alternate["href"])).text)))
    things = {re.sub(r"^.*/id/", "/id/", row["thing"]) for row in rows}
    links = {re.sub(r"\?.*", "", str(link["href"])) for link in page.select("tbody th a, ul.tree strong a")}
    assert links == things


def test_circles_of_concepts_come_to_an_end() -> None:
    a, b, c = (NamedNode(f"https://example.org/{key}") for key in "abc")
    assert is_above(a, b, {b: a})
    assert is_above(a, b, {a: b, b: a})
    assert not is_above(c, a, {a: b, b: a})


def test_lists_say_so_where_there_is_no_strategy() -> None:
    client = create_app(Settings(), open_memory("memory:")).test_client()
    for name in ("units", "services", "partners", "concepts"):
        answer = client.get(f"/{name}", headers=HTML)
        assert answer.status_code == 404
        assert "handler ikke om en strategi" in answer.text


CHOSEN = ["unit/tk", "service/filmbib", "organisation/sikt", "concept/theme/infrastruktur", "concept/status/ferdig"]


@pytest.mark.parametrize("thing", CHOSEN)
def test_links_to_the_list_and_the_network_lead_somewhere(strategy: FlaskClient, thing: str) -> None:
    links = [str(link["href"]) for link in _page(strategy, f"/doc/{thing}").select("#measures ~ p.quiet > a")]
    assert [link.partition("?")[0] for link in links] == ["/measures", "/network"]
    assert all(strategy.get(link, headers=HTML).status_code == 200 for link in links)


def test_what_no_filter_has_is_not_linked_to_the_list(strategy: FlaskClient) -> None:
    assert not _page(strategy, "/doc/organisation/nasjonalbiblioteket").select("#measures ~ p.quiet > a")
