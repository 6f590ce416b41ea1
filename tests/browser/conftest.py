from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from loader.dumps.dump import DumpRequest, make_release
from tests.shared_folders import made_once
from tests.sparql_endpoint.serving import Server, served

_SETTINGS = ("--client-requests", "0", "--report-errors-to", "library@example.org")


@pytest.fixture(scope="session")
def site(two_reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Two reports and a release of them, served for browsers; no count of requests stops a test."""
    releases = made_once(
        tmp_path_factory, "releases-of-two", lambda folder: make_release(DumpRequest(two_reports, folder))
    )
    with served(str(two_reports), "--dumps", str(releases), "--workers", "2", *_SETTINGS) as server:
        yield server
