from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores import open_store
from tests.sparql_endpoint.serving import Server, served


@pytest.fixture(scope="session")
def strategy(store: Path) -> FlaskClient:
    """A client of the committed reports."""
    return create_app(Settings(), open_store(str(store))).test_client()


@pytest.fixture(scope="session")
def site(store: Path) -> Iterator[Server]:
    """The committed reports, served."""
    with served(str(store), "--workers", "2") as server:
        yield server
