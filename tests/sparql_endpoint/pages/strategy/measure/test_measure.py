"""The page of a measure."""

from __future__ import annotations

import json
import re
from datetime import datetime, tzinfo

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from sparql_endpoint import create_app
from sparql_endpoint.services import responses as answering
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory
from tests.sparql_endpoint.pages.reading import HTML, get_page, one, texts

MEASURE = "/doc/measure/2020-2025/"


def _page(client: FlaskClient, key: str, language: str = "nb") -> BeautifulSoup:
    return get_page(client, f"{MEASURE}{key}?lang={language}")


@pytest.fixture(scope="module")
def page(strategy: FlaskClient) -> BeautifulSoup:
    return _page(strategy, "14")


def test_what_it_is(page: BeautifulSoup) -> None:
    assert texts(page, "h1") == ["Infrastruktur for sentral produksjon og deling av metadata"]
    assert one(page, ".kind").get_text(strip=True).startswith("Tiltak 14 ·")
    wording = one(page, "blockquote.wording")
    assert wording.get_text().startswith("Nasjonalbiblioteket skal realisere en infrastruktur som legger til rette for")
    facts = dict(zip(texts(page, "dl.facts dt"), texts(page, "dl.facts dd"), strict=True))
    assert facts["Status"] == "Avsluttet i rapporten 14. oktober 2025"
    assert facts["Ansvar"] == "Tilvekst og kunnskapsorganisering"
    assert facts["Leverandører"] == "Biblioteksentralen"


def test_the_comment_links_what_it_names(page: BeautifulSoup) -> None:
    comment = one(page, "p.comment")
    assert comment.get_text().startswith("Kontrakt med Biblioteksentralen om utvikling av Metadatabrønnen inngått i")
    links = {link.get_text(): link["href"] for link in comment.select("a")}
    contract = "Kontrakt med Biblioteksentralen om utvikling av Metadatabrønnen"
    assert links == {
        contract: "/id/agreement/metadatabronnen-kontrakt?lang=nb",
        "MARC-format": "/id/standard/marc-21?lang=nb",
        "lenkede data": "/id/standard/lenkede-data?lang=nb",
    }


def test_dates_in_words_with_their_outcome(page: BeautifulSoup) -> None:
    rows = [tuple(texts(row, "th, td")) for row in page.select("section[aria-labelledby=milestones] tbody tr")]
    assert [row[0] for row in rows] == ["februar 2025", "juni 2025", "november 2025", "første halvår 2026"]
    assert [row[1].partition(" ")[0] for row in rows] == ["Nådd", "Nådd", "Planlagt", "Planlagt"]
    assert rows[1][2] == "i juni Årstallet er ikke trykt, men utledet. Utfallet er lest av «ble nådd»."


def test_a_date_without_a_verb_claims_no_reading_of_words(strategy: FlaskClient) -> None:
    rows = _page(strategy, "9").select("section[aria-labelledby=milestones] tbody tr")
    assert texts(rows[0], "td")[1] == "27.9.19"


def test_a_season_says_which_days_it_is_taken_as(strategy: FlaskClient) -> None:
    (row,) = _page(strategy, "4").select("section[aria-labelledby=milestones] tbody tr")
    assert "fra 1. januar 2024 til 30. juni 2024" in row.get_text()


def test_a_plan_without_a_date_is_shown_with_its_sentence(strategy: FlaskClient) -> None:
    (row,) = _page(strategy, "18").select("section[aria-labelledby=milestones] tbody tr")
    assert texts(row, "th") == ["uten dato"]
    assert "Biblioteksystemene skal implementere løsningen" in row.get_text()


def test_what_is_background_says_so(strategy: FlaskClient) -> None:
    rows = _page(strategy, "ii-18-hosten-2019-ble-det-satt-i").select("section[aria-labelledby=milestones] tbody tr")
    assert ["bakgrunn" in row.get_text() for row in rows] == [True, False, False]


class _Clock(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> _Clock:
        return cls(2026, 3, 1, tzinfo=tz)


def test_a_plan_is_past_when_its_time_is_over(strategy: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = strategy.get(f"{MEASURE}14", headers=HTML).headers["ETag"]
    monkeypatch.setattr(answering, "datetime", _Clock)
    section = one(_page(strategy, "14"), "section[aria-labelledby=milestones]")
    past = [bool(row.select(".past")) for row in section.select("tbody tr")]
    assert past == [False, False, True, False]
    later = strategy.get(f"{MEASURE}14", headers={**HTML, "If-None-Match": tag})
    assert later.status_code == 200
    again = strategy.get(f"{MEASURE}14", headers={**HTML, "If-None-Match": later.headers["ETag"]})
    assert again.status_code == 304


def test_the_source_with_its_words_marked(strategy: FlaskClient) -> None:
    section = one(_page(strategy, "14"), "section[aria-labelledby=source]")
    for reference in section.select("a.ref"):
        reference.extract()
    fragments = [found.get_text() for found in section.select(".source")]
    assert fragments[0].strip() == "Infrastruktur"
    assert "Kontrakt med Biblioteksentralen om utvikling av \nMetadatabrønnen inngått i februar 2025." in fragments[1]
    named = {mark.get_text() for mark in section.select("mark.entity")}
    assert named == {
        "Nasjonalbiblioteket",
        "norske \nbibliotek",
        "Kontrakt med Biblioteksentralen om utvikling av \nMetadatabrønnen",
        "Biblioteksentralen",
        "Metadatabrønnen",
        "MARC-\nformat",
        "lenkede \ndata",
    }
    assert one(section, "mark.comment mark.when").get_text() == "i februar 2025"


def test_every_mark_is_explained_and_every_explanation_has_its_mark(strategy: FlaskClient) -> None:
    page = _page(strategy, "14")
    marks = {str(mark["id"]) for mark in page.select("mark[id]")}
    rows = page.select("table.supports tbody tr")
    assert {f"passage-{str(row['id']).removeprefix('supports-')}" for row in rows} == marks
    assert all(one(page, f"#{str(link['href'])[1:]}") for link in page.select("a.ref, table.supports td:first-child a"))
    by_words = {one(row, "q").get_text(): texts(row, "td")[2:] for row in rows}
    assert by_words["TK"] == ["hvem som har ansvar", "Tilvekst og kunnskapsorganisering"]
    assert by_words["i juni"] == ["tidspunkt", "juni 2025"]
    assert by_words["Avsluttet"] == ["status", "Avsluttet"]
    assert by_words["Kontrakt med Biblioteksentralen"] == ["rollen til det som er nevnt", "Biblioteksentralen"]


def _flat(text: str) -> str:
    """Words without their print."""
    return re.sub(r"[\s\u00ad-]", "", text)


def test_all_that_a_comment_names_is_linked_at_its_words(strategy: FlaskClient) -> None:
    """On every measure: what is marked in the comment's passages is linked in the comment, print undone."""
    listed = BeautifulSoup(strategy.get("/measures", headers=HTML).text, "html.parser")
    seen = 0
    for row in listed.select("table.list tbody th a"):
        page = _page(strategy, str(row["href"]).removeprefix("/id/measure/2020-2025/"))
        rows = page.select("table.supports tbody tr")
        kinds = ("noe som er nevnt", "viser til", "lenker i rapporten")
        named = {_flat(one(row, "q").get_text()) for row in rows if any(kind in row.get_text() for kind in kinds)}
        for reference in page.select("a.ref"):
            reference.extract()
        marked = {_flat(mark.get_text()) for mark in page.select("mark.comment mark.entity")}
        within = {_flat(mark.get_text()) for mark in page.select("mark.comment mark.entity mark.entity")}
        linked = {_flat(link.get_text()) for link in page.select("p.comment a")}
        assert marked - within <= linked <= named, row["href"]
        seen += len(linked)
    assert seen > 50


def test_a_reference_to_another_measure_leads_there(strategy: FlaskClient) -> None:
    page = _page(strategy, "ii-41-alle-metadata-som-nasjonalbiblioteket-produserer-er")
    links = {link.get_text(): link["href"] for link in page.select("p.comment a")}
    assert links["tiltak 14"] == "/id/measure/2020-2025/14?lang=nb"


def test_a_printed_address_of_something_known_leads_to_it(strategy: FlaskClient) -> None:
    [link] = [link for link in _page(strategy, "2").select("p.comment a") if link.get_text() == "nb.no/skole"]
    assert link["href"] == "/id/service/nb-no-skole?lang=nb"


def test_a_printed_address_of_nothing_known_leads_out() -> None:
    data = ox.Store()
    data.update("""
        PREFIX n: <https://w3id.org/nbkg/ns#> PREFIX oa: <http://www.w3.org/ns/oa#>
        PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> BASE <https://w3id.org/nbkg/id/>
        INSERT DATA {
          GRAPH <https://w3id.org/nbkg/graph/current> { <measure/2020-2025/1> n:latestObservation <o> ; n:text "x" }
          GRAPH <urn:g> {
            <measure/2020-2025/1> a n:Measure .
            <r> a n:StatusReport ; dcterms:issued "2025-10-14" ; n:sourceText <t> .
            <t> rdf:value "Se a.example/x-\\ny nå" .
            <o> n:observes <measure/2020-2025/1> ; n:reportedIn <r> ; n:text "x" ; n:comment "Se a.example/x-y nå" ;
              n:quote <q1> , <q2> ; dcterms:references <https://a.example/x-y> .
            <q1> n:supports n:comment ; prov:wasQuotedFrom <r> ; oa:hasSelector <s1> . <s1> oa:start 0 ; oa:end 20 .
            <q2> n:supports dcterms:references ; prov:wasQuotedFrom <r> ; oa:hasSelector <s2> .
            <s2> oa:start 3 ; oa:end 17 .
          } }""")
    page = _page(create_app(Settings(), open_memory("memory:", data=data)).test_client(), "1")
    assert [(link.get_text(), link["href"]) for link in page.select("p.comment a")] == [
        ("a.example/x-y", "https://a.example/x-y")
    ]


def test_status_over_all_reports(later: FlaskClient) -> None:
    page = _page(later, "14")
    items = [" ".join(item.get_text(" ", strip=True).split()) for item in page.select("ol.timeline > li")]
    assert items[0].startswith("2. mars 2026 Under arbeid ny ordlyd, ny kommentar")
    assert items[1].startswith("14. oktober 2025 Avsluttet")
    assert "Det rapporten sa" in items[1]


def test_a_measure_that_the_newest_report_leaves_out(later: FlaskClient) -> None:
    page = _page(later, "3")
    assert "Den nyeste rapporten tar ikke med dette tiltaket" in one(page, ".note").get_text()
    items = texts(page, "ol.timeline > li")
    assert items[0].startswith("2. mars 2026 Ikke med lenger")
    assert items[1].startswith("14. oktober 2025 Løpende")


def test_links_to_what_the_report_prints(strategy: FlaskClient) -> None:
    page = _page(strategy, "4")
    [link] = page.select("ul.links a")
    assert str(link["href"]).startswith("https://bibliotekutvikling.no/nyheter/")
    assert link["rel"] == ["external"]


def test_how_to_cite_it(page: BeautifulSoup) -> None:
    cite = one(page, "#cite + .citation").get_text()
    assert cite.startswith("Nasjonalbiblioteket (14. oktober 2025). ")
    assert cite.endswith("https://w3id.org/nbkg/id/measure/2020-2025/14")
    assert one(page, "section[aria-labelledby=cite] pre").get_text().startswith("@misc{")


def test_the_statements_are_kept_below(page: BeautifulSoup) -> None:
    details = one(page, "details.statements")
    assert not details.has_attr("open")
    assert "https://w3id.org/nbkg/ns#latestObservation" in {str(link.get("title")) for link in details.select("dt a")}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_norwegian_words_say_so(strategy: FlaskClient, language: str) -> None:
    page = _page(strategy, "14", language)
    expected = None if language == "nb" else "nb"
    assert [found.get("lang") for found in page.select("blockquote.wording, p.comment, .source")] == [expected] * 4


def test_a_measure_that_no_report_tells_of_gets_the_general_page(client: FlaskClient) -> None:
    page = _page(client, "14", "en")
    assert texts(page, "h1") == ["Share data"]
    assert not page.select(".timeline")


def test_hostile_words_are_text() -> None:
    data = ox.Store()
    data.update("""
        PREFIX n: <https://w3id.org/nbkg/ns#> PREFIX oa: <http://www.w3.org/ns/oa#>
        PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> BASE <https://w3id.org/nbkg/id/>
        INSERT DATA {
          GRAPH <https://w3id.org/nbkg/graph/current> { <measure/2020-2025/1> n:latestObservation <o> ; n:text "x" }
          GRAPH <urn:g> {
            <measure/2020-2025/1> a n:Measure .
            <r> a n:StatusReport ; dcterms:issued "<i>never" ; dcterms:title "</title><script>" ; n:sourceText <t> .
            <t> rdf:value "<script>alert(1)</script> her" .
            <o> n:observes <measure/2020-2025/1> ; n:reportedIn <r> ; n:text "<script>alert(1)</script> her" ;
              n:comment "<img src=x onerror=alert(2)>" ; n:quote <q1> , <q2> , <q3> ; n:milestone <m> ;
              dcterms:references <javascript:alert(3)> .
            <m> n:when "</time><script>" ; n:latest "x" .
            <q1> n:supports n:text ; prov:wasQuotedFrom <r> ; oa:hasSelector <s1> . <s1> oa:start 0 ; oa:end 29 .
            <q2> n:supports n:entity ; prov:wasQuotedFrom <r> ; oa:hasSelector <s2> . <s2> oa:start 9 ; oa:end 900 .
            <q3> n:supports n:entity ; prov:wasQuotedFrom <r> ; oa:hasSelector <s3> . <s3> oa:start "-4" ; oa:end "z" .
            <n> n:entity <javascript:alert(4)> ; n:quote <q2> .
          } }""")
    client = create_app(Settings(), open_memory("memory:", data=data)).test_client()
    page = _page(client, "1")
    assert not [script for script in page.select("script") if script.get("type") != "application/ld+json"]
    assert not page.select("img, i, [onerror], a[href^='javascript:']")
    assert "<script>alert(1)</script>" in one(page, "blockquote, h1").get_text()


@pytest.mark.parametrize(
    ("key", "language", "wording", "title"),
    [
        ("14", "en", "Nasjonalbiblioteket skal realisere en infrastruktur", "en"),
        ("14", "nb", "Nasjonalbiblioteket skal realisere en infrastruktur", "nb"),
        ("ii-18-hosten-2019-ble-det-satt-i", "nn", "Høsten 2019 ble det satt i", "nn"),
    ],
)
def test_programs_get_the_words_of_the_report_as_the_name(
    strategy: FlaskClient, key: str, language: str, wording: str, title: str
) -> None:
    page = _page(strategy, key, language)
    described = json.loads(str(one(page, "script[type='application/ld+json']").string))
    assert described["name"]["@language"] == "nb"
    assert described["name"]["@value"].startswith(wording)
    assert described["alternateName"] == [{"@value": texts(page, "h1")[0], "@language": title}]
    assert texts(page, "h1")[0] not in one(page, "section[aria-labelledby=cite]").get_text()
