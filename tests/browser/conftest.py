from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sparql_endpoint.serving import Server, served


@pytest.fixture(scope="session")
def site(store: Path) -> Iterator[Server]:
    """The strategy graph, served for browsers; no count of requests stops a test."""
    with served(str(store), "--workers", "2", "--client-requests", "0") as server:
        yield server
