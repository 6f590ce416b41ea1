"""A server of the sample's records, and what a search finds in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from lxml import etree  # type: ignore[import-untyped]

from nbkg.records.codecs import write_record
from nbkg.records.form import Form
from nbkg.records.store.deliveries import deliver
from nbkg.records.store.entries import RecordNames
from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory
from tests.source_tree import ROOT
from tests.sparql_endpoint.api.oai_pmh.conftest import make_record
from tests.sparql_endpoint.pages.library.conftest import records  # noqa: F401  # a fixture

SRW = "{http://www.loc.gov/zing/srw/}"
SRU = "{http://docs.oasis-open.org/ns/search-ws/sruResponse}"
MARC = "{http://www.loc.gov/MARC21/slim}"
SAMPLE = ROOT / "data" / "marc-sample" / "records.xml"
Search = Callable[..., etree._Element]


@pytest.fixture(scope="session")
def sru(records: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:  # noqa: F811
    folder = tmp_path_factory.mktemp("sru") / "records"
    shutil.copytree(records, folder)
    with deliver(folder, "other", "2025-10-14") as writer:
        odd = make_record("odd", "Tegn \x0b i tittelen")
        writer.append(Form.ISO2709, write_record(Form.ISO2709, odd), RecordNames("odd"))
        writer.append(Form.ISO2709, write_record(Form.ISO2709, make_record("gone", "Slettet")), RecordNames("gone"))
        writer.delete(RecordNames("gone"))
    settings = Settings(records=str(folder))
    return create_app(settings, open_memory("memory:", settings.default_graph, ox.Store())).test_client()


@pytest.fixture(scope="session")
def search(sru: FlaskClient) -> Search:
    """Searches by version 1.2, and returns the root of the answer."""

    def search_for(query: str, **parameters: object) -> etree._Element:
        fixed: Mapping[str, object] = {"version": "1.2", "operation": "searchRetrieve", "query": query}
        response = sru.get("/sru", query_string={**fixed, **parameters})
        assert (response.status_code, response.mimetype) == (200, "text/xml")
        return etree.fromstring(response.data)

    return search_for


def size(root: etree._Element) -> int:
    """Return how many records a search found. Fails where there is a diagnostic."""
    assert diagnostics(root) == []
    return int(root.findtext("{*}numberOfRecords"))


def names(root: etree._Element) -> list[str]:
    """Return the identifiers of the records of an answer."""
    return [each.text for each in root.iter("{*}recordIdentifier")]


def diagnostics(root: etree._Element) -> list[int]:
    """Return the numbers of the diagnostics of an answer."""
    return [int(each.text.rpartition("/")[2]) for each in root.iter("{*}uri")]


def sample_with(tag: str, code: str, *words: str) -> set[str]:
    """Return the control numbers of the sample's records with all these words in a subfield, read without our code."""
    chosen = set()
    for record in etree.parse(SAMPLE).getroot().iter("{*}record"):
        number = record.findtext("{*}controlfield[@tag='001']")
        for subfield in record.iterfind(f"{{*}}datafield[@tag='{tag}']/{{*}}subfield[@code='{code}']"):
            if all(word.lower() in subfield.text.lower() for word in words):
                chosen.add(number)
    return chosen
