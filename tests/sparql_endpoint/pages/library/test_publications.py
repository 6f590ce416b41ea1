"""How an edition is published, and what its codes mean: as a cataloguer of the page's language writes it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from loader.marc.profiles.profile_file import read_profile
from loader.marc.record_mapping import make_mapping
from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory
from tests.loader.marc.mapped import record

FILM = record(
    "001 f1",
    "008 101130s2008    cau112            vleng  ",
    "044 __ $a cau $c us",
    "245 00 $a Ananas",
    "264 _1 $a Culver City, California $b Sony $c [2008]",
    "338 __ $a videodisc $b vd $2 rdacarrier",
    "710 2_ $a Columbia, $e production company.",
    leader="00000ngm a2200000 i 4500",
)
UNPLACED = record("001 f2", "008 101130s2008    no            000 0 nob  ", "245 00 $a Bok")


@pytest.fixture(scope="module")
def films() -> FlaskClient:
    """A client of a film, and of a book that names no place."""
    map_record, store = make_mapping("film", read_profile("loc")), ox.Store()
    lines = [line for each in (FILM, UNPLACED) for line in map_record(each).lines]
    store.load("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    settings = Settings()
    return create_app(settings, open_memory("memory:", settings.default_graph, store)).test_client()


def _page(client: FlaskClient, key: str, language: str) -> BeautifulSoup:
    answer = client.get(f"/doc/instance/film/{key}?lang={language}", headers={"Accept": "text/html"})
    return BeautifulSoup(answer.data, "html.parser")


def _published(client: FlaskClient, key: str) -> str:
    page = _page(client, key, "nb")
    [fact] = [term.find_next("dd") for term in page.find_all("dt") if term.get_text() == "Utgitt"]
    assert fact is not None
    return " ".join(fact.get_text().split())


def test_a_publication_has_its_place_and_date_once_as_they_are_printed(films: FlaskClient) -> None:
    assert _published(films, "f1") == "Culver City, California : Sony, [2008]"


def test_a_country_stands_where_no_place_is_named(films: FlaskClient) -> None:
    assert _published(films, "f2") == "Norge, 2008"


@pytest.mark.parametrize(
    ("language", "carrier", "role"),
    [
        ("nb", "videoplate", "produksjonsselskap"),
        ("nn", "videoplate", "produksjonsselskap"),
        ("en", "videodisc", "production company"),
    ],
)
def test_codes_have_the_words_of_the_page(films: FlaskClient, language: str, carrier: str, role: str) -> None:
    page = _page(films, "f1", language).get_text(" ")
    assert carrier in page
    assert role in page
    assert f"{role}." not in page
