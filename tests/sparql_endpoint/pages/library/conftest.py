"""Clients of the sample of MARC records, with its store of records and without."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from loader.marc.profiles.profile_file import read_profile
from loader.marc.reading.marc_file import read_marc_file
from loader.marc.record_mapping import make_mapping
from loader.marc.records.record_import import RecordImport, import_records
from nbkg.records.record import DeliveredRecord
from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory
from tests.source_tree import ROOT

SAMPLE = ROOT / "data" / "marc-sample" / "records.xml"
SOURCE = "marc-sample"


@pytest.fixture(scope="session")
def sample_store() -> ox.Store:
    """What the sample became."""
    map_record = make_mapping(SOURCE, read_profile(SOURCE))
    mapped = (map_record(each.record) for each in read_marc_file(SAMPLE) if isinstance(each, DeliveredRecord))
    store = ox.Store()
    store.load("".join(line for record in mapped for line in record.lines).encode(), format=ox.RdfFormat.N_QUADS)
    return store


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of records of the sample."""
    folder = tmp_path_factory.mktemp("records")
    import_records(RecordImport(folder, SOURCE, (SAMPLE,), "2025-10-14"))
    return folder


@pytest.fixture(scope="session")
def catalogue(sample_store: ox.Store, records: Path) -> FlaskClient:
    """A client of the sample with its records."""
    settings = Settings(records=str(records))
    return create_app(settings, open_memory("memory:", settings.default_graph, sample_store)).test_client()


@pytest.fixture(scope="session")
def without_records(sample_store: ox.Store) -> FlaskClient:
    """A client of the sample without its records."""
    settings = Settings()
    return create_app(settings, open_memory("memory:", settings.default_graph, sample_store)).test_client()


@pytest.fixture(scope="session")
def authorities(sample_store: ox.Store) -> FlaskClient:
    """A client of the sample with its authority file, the crosswalk, and the names of registers."""
    store, settings = ox.Store(), Settings()
    store.extend(sample_store)
    for graph, name in AUTHORITY_GRAPHS.items():
        file = ROOT / "data" / "graphs" / f"{name}.ttl"
        store.load(path=file, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(f"{settings.base}graph/{graph}"))
    return create_app(settings, open_memory("memory:", settings.default_graph, store)).test_client()


AUTHORITY_GRAPHS = {
    "authority/authority-sample": "authority-authority-sample",
    "crosswalk/authority-sample": "crosswalk-authority-sample",
    "curated": "curated",
}
