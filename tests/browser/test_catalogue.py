"""The pages of the catalogue in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from loader.marc.records.record_import import RecordImport, import_records
from tests.browser import chromium
from tests.source_tree import ROOT
from tests.sparql_endpoint.serving import Server, served

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def catalogue(store_of_all: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The committed graphs with the records of the sample."""
    folder: Path = tmp_path_factory.mktemp("catalogue")
    sample = ROOT / "data" / "marc-sample" / "records.xml"
    import_records(RecordImport(folder / "records", "marc-sample", (sample,), "2025-10-14"))
    options = ("--records", str(folder / "records"), "--workers", "2", "--client-requests", "0")
    with served(store_of_all, *options) as server:
        yield server


def test_catalogue(catalogue: Server) -> None:
    chromium.run("catalogue.mjs", catalogue.address)
