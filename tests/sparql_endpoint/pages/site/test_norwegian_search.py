"""What a reader of the strategy finds by Norwegian words: facts over the committed reports."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores import open_store
from sparql_endpoint.stores.oxigraph import open_memory

BASE = "https://w3id.org/nbkg/"
MEASURE = "id/measure/2020-2025/"
LOANS = f"{MEASURE}ii-21-i-forbindelse-med-behandlingen-av-den"
EBOOKS = f"{MEASURE}ii-38-i-tiden-fremover-skal-dfb-ogsa"
FACTS = [
    # words, what is first, what is not among the results
    ("lån", "", EBOOKS),
    ("språk", "id/concept/tag/language", "id/service/bibliotekkortet"),
    ("laan", "", EBOOKS),
    ("utlån", LOANS, EBOOKS),
    ("utlan", LOANS, EBOOKS),
    ("utlaan", LOANS, EBOOKS),
    ("åvl", "id/law/andsverkloven", "id/law/bokloven"),
    ("ÅVL", "id/law/andsverkloven", ""),
    ("åvl.", "id/law/andsverkloven", ""),
    ("Åndsverkloven", "id/law/andsverkloven", ""),
    ("åndsverkslova", "id/law/andsverkloven", ""),
    ("andsverkloven", "id/law/andsverkloven", ""),
    ("aandsverkloven", "id/law/andsverkloven", ""),
    ("åndsverk", "id/law/andsverkloven", ""),
    ("opphavsrett", "id/law/andsverkloven", ""),
    ("lov om bøker", "id/law/bokloven", ""),
    ("bokloven", "id/law/bokloven", ""),
    ("boklova", "id/law/bokloven", ""),
    ("pliktavlevering", "id/law/pliktavleveringslova", ""),
    ("pliktavleveringslova", "id/law/pliktavleveringslova", ""),
    ("lydbok", EBOOKS, "id/law/bokloven"),
    ("lydbøker", EBOOKS, "id/law/bokloven"),
    ("e-lydbok", EBOOKS, "id/law/bokloven"),
    ("ebøker", EBOOKS, "id/law/bokloven"),
    ("e-bøker", EBOOKS, "id/law/bokloven"),
    ("e-bok", EBOOKS, "id/law/bokloven"),
    ("ebok", EBOOKS, "id/law/bokloven"),
    ("eboker", EBOOKS, "id/law/bokloven"),
    ("bok", "id/law/bokloven", ""),
    ("boka", "id/law/bokloven", ""),
    ("bokhylla", "id/service/bokhylla", ""),
    ("avtale", "", "id/law/bokloven"),
    ("avtalar", "", "id/law/bokloven"),
    ("databehandleravtale", "id/agreement/databehandleravtaler", ""),
    ("databehandlaravtalar", "id/agreement/databehandleravtaler", ""),
    ("folkebibliotek", "id/group/folkebibliotek", "id/group/skolebibliotek"),
    ("folkebiblioteka", "id/group/folkebibliotek", "id/group/skolebibliotek"),
    ("folkebiblioteket", "id/group/folkebibliotek", ""),
    ("skulebibliotek", "id/group/skolebibliotek", "id/group/folkebibliotek"),
    ("skolebiblioteka", "id/group/skolebibliotek", ""),
    ("fylkesbiblioteka", "id/group/fylkesbibliotek", ""),
    ("fylkeskommunane", "id/group/fylkeskommuner", ""),
    ("skular", "id/group/skoler", ""),
    ("skole", "id/group/skoler", ""),
    ("rettighetshaver", "id/group/rettighetshavere", ""),
    ("bibliotekssystem", "id/group/biblioteksystemene", ""),
    ("metadatabrønn", "id/service/metadatabronnen", ""),
    ("metadatabrønnen", "id/service/metadatabronnen", ""),
    ("Metadata Well", "id/service/metadatabronnen", ""),
    ("brønn", "id/service/metadatabronnen", ""),
    ("bibliotekkort", "id/service/bibliotekkortet", ""),
    ("biblioteksøk", "id/service/biblioteksok", ""),
    ("biblioteksok", "", "id/law/bokloven"),
    ("det flerspråklige bibliotek", "id/service/det-flerspraklige-bibliotek", ""),
    ("fleirspråklege bibliotek", "id/service/det-flerspraklige-bibliotek", ""),
    ("dfb", "id/service/det-flerspraklige-bibliotek", ""),
    ("tk", "id/unit/tk", ""),
    ("nb", "id/organisation/nasjonalbiblioteket", ""),
    ("nasjonalbiblioteket", "id/organisation/nasjonalbiblioteket", ""),
    ("storting", "id/organisation/stortinget", ""),
    ("stortinget", "id/organisation/stortinget", ""),
    ("kulturråd", "id/organisation/kulturradet", ""),
    ("kulturradet", "id/organisation/kulturradet", ""),
    ("biblioteksentral", "id/organisation/biblioteksentralen", ""),
    ("kunnskapsdepartement", "id/organisation/kunnskapsdepartementet", ""),
    ("sikt", "id/organisation/sikt", ""),
    ("kopinor", "id/organisation/kopinor", ""),
    ("leselyststrategi", "id/strategy/leselyststrategien", ""),
    ("leselyst", "id/strategy/leselyststrategien", ""),
    ("kontrakt", "id/agreement/metadatabronnen-kontrakt", ""),
    ("kontrakter", "id/agreement/metadatabronnen-kontrakt", ""),
    ("vitenarkivet", "", "id/law/bokloven"),
    ("autoritetsregistre", "", "id/law/bokloven"),
    ("autoritetsregistera", "id/service/autoritetsregister", ""),
    ("digitalt utlån", LOANS, ""),
    ("utlån av digitale verk", LOANS, ""),
    ("nettressurser", "id/service/nb-no-skole", ""),
    ("seminar", f"{MEASURE}19", ""),
    ("tilskot", "id/programme/prosjekt-og-utviklingsmidler", ""),
    ("tilskudd", "id/programme/prosjekt-og-utviklingsmidler", ""),
    ("formidlingsmiddel", "", "id/law/bokloven"),
    ("tiltak 14", "", ""),
    ("tal", "", f"{MEASURE}9"),
    ("tale", "", f"{MEASURE}9"),
    ("ord", "", "id/organisation/kulturradet"),
    ("tak", "", f"{MEASURE}9"),
    ("fjord", "", "id/unit/tk"),
]
ERRORS = [
    ("bibloteksentralen", "biblioteksentralen", "id/organisation/biblioteksentralen"),
    ("metadatabrønen", "metadatabrønn", "id/service/metadatabronnen"),
    ("åndsverklåven", "åndsverkloven", "id/law/andsverkloven"),
    ("stortignet", "stortinget", "id/organisation/stortinget"),
    ("utdaningsdirektoratet", "utdanningsdirektoratet", "id/organisation/utdanningsdirektoratet"),
    ("kopinår", "kopinor", "id/organisation/kopinor"),
]


@pytest.fixture(scope="module")
def client(store: Path) -> FlaskClient:
    return create_app(Settings(store=str(store)), open_store(str(store))).test_client()


def _search(client: FlaskClient, words: str, **more: str) -> dict[str, object]:
    response = client.get("/search", query_string={"q": words, "format": "json", **more})
    assert response.status_code == 200
    return dict(response.get_json())


def _iris(client: FlaskClient, words: str) -> list[str]:
    results = _search(client, words)["results"]
    assert isinstance(results, list)
    return [hit["iri"].removeprefix(BASE) for hit in results]


def test_there_are_facts_enough() -> None:
    assert len({words for words, *_ in FACTS}) >= 80


@pytest.mark.parametrize(("words", "first", "absent"), FACTS)
def test_words_lead_to_this_first_and_never_to_that(client: FlaskClient, words: str, first: str, absent: str) -> None:
    iris = _iris(client, words)
    assert not first or iris[0] == first
    assert absent not in iris


@pytest.mark.parametrize(("words", "suggestion", "first"), ERRORS)
def test_a_typing_error_leads_to_what_was_meant_and_says_so(
    client: FlaskClient, words: str, suggestion: str, first: str
) -> None:
    assert _search(client, words)["searchedInstead"] == suggestion
    assert _iris(client, words)[0] == first
    page = BeautifulSoup(client.get("/search", query_string={"q": words, "lang": "nn"}).text, "html.parser")
    link = page.select_one("p.instead a")
    assert link is not None
    assert link.get_text() == suggestion
    assert suggestion not in _iris(client, suggestion)
    assert _search(client, suggestion)["searchedInstead"] is None


@pytest.mark.parametrize(
    ("words", "marked"),
    [("lydbok", "e-lydbøker"), ("avtalar", "Bokhylla-avtalen"), ("laan", "lån"), ("utlan", "utlånsmodell")],
)
def test_what_was_found_is_marked(client: FlaskClient, words: str, marked: str) -> None:
    page = BeautifulSoup(client.get("/search", query_string={"q": words, "lang": "nb"}).text, "html.parser")
    marks = {mark.get_text() for mark in page.select("ol.hits mark")}
    assert marked in marks


THING = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:concept> skos:prefLabel "Utfall"@nb, "Utfall"@nn, "Outcome"@en ;
  skos:definition "Sier om noe ble nådd."@nb, "Seier om noko vart nått."@nn, "States whether a thing was reached."@en ;
  skos:altLabel "resultatene"@nb .
"""


@pytest.mark.parametrize(
    ("words", "language", "snippet", "marks"),
    [
        ("nådd", "nb", "Sier om noe ble nådd.", ["nådd"]),
        ("nådd", "nn", "Seier om noko vart nått.", []),
        ("nådd", "en", "States whether a thing was reached.", []),
        ("reached", "nb", "Sier om noe ble nådd.", []),
        ("reached", "en", "States whether a thing was reached.", ["reached"]),
        ("resultat", "en", "resultatene", ["resultatene"]),
    ],
)
def test_snippets_are_in_the_language_of_the_page_where_the_text_is(
    words: str, language: str, snippet: str, marks: list[str]
) -> None:
    data = ox.Store()
    data.load(THING, ox.RdfFormat.TURTLE)
    client = create_app(Settings(store="memory:"), open_memory("memory:", data=data)).test_client()
    page = BeautifulSoup(client.get("/search", query_string={"q": words, "lang": language}).text, "html.parser")
    (shown,) = page.select("ol.hits p.small")
    assert shown.get_text() == snippet
    assert [mark.get_text() for mark in shown.select("mark")] == marks
