"""From a measure to the data set that serves it, to its records, and back."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory
from tests.source_tree import ROOT
from tests.sparql_endpoint.pages.reading import get_page, one

DATA_SET = "/dataset/catalogues/marc-sample"
FIRST = "/id/record/marc-sample/nbkg0001"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """A client of the committed graphs, which hold the strategy and the sample of a catalogue."""
    data = ox.Store()
    data.bulk_load(path=str(ROOT / "data" / "graphs" / "nbkg.nq"), format=ox.RdfFormat.N_QUADS)
    settings = Settings()
    return create_app(settings, open_memory("memory:", settings.default_graph, data)).test_client()


def _links(client: FlaskClient, address: str) -> set[str]:
    return {
        str(link["href"]).partition("?")[0] for link in get_page(client, f"{address}?lang=en").select("main a[href]")
    }


@pytest.mark.parametrize("address", ["/doc/measure/2020-2025/14", "/doc/service/metadatabronnen"])
def test_a_measure_and_a_service_lead_to_the_data_set_and_it_leads_back(client: FlaskClient, address: str) -> None:
    assert DATA_SET in _links(client, address)
    assert address.replace("/doc/", "/id/") in _links(client, DATA_SET)


def test_a_measure_that_no_data_set_serves_tells_of_none(client: FlaskClient) -> None:
    assert DATA_SET not in _links(client, "/doc/measure/2020-2025/15")


def test_the_data_set_counts_its_records_and_leads_to_them(client: FlaskClient) -> None:
    """Of the 80 records that were not withdrawn, 21 have $0 or $1 in a field of an agent (1XX, 7XX)."""
    section = one(get_page(client, f"{DATA_SET}?lang=en"), "section[aria-labelledby=records]")
    assert "80 records. In 21 of them" in section.get_text()
    assert FIRST in _links(client, DATA_SET)


def test_a_record_leads_back_to_its_data_set(client: FlaskClient) -> None:
    graph = "/graph/catalogue/marc-sample"
    assert graph in _links(client, "/doc/record/marc-sample/nbkg0001")
    assert DATA_SET in _links(client, graph)


@pytest.mark.parametrize(
    ("language", "words"), [("nb", "ikke hentet fra"), ("nn", "ikkje henta frå"), ("en", "not from")]
)
def test_the_data_set_says_that_it_is_an_example_only(client: FlaskClient, language: str, words: str) -> None:
    assert words in one(get_page(client, f"{DATA_SET}?lang={language}"), "main").get_text()
