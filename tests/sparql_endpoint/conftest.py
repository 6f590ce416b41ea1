from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from nbkg.storage.default_graph import DefaultGraph
from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory

LIBRARY = Path(__file__).parent / "library.trig"


@pytest.fixture
def library() -> Path:
    return LIBRARY


@pytest.fixture
def data() -> ox.Store:
    store = ox.Store()
    store.load(path=str(LIBRARY), format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture
def application(data: ox.Store) -> Callable[..., Flask]:
    def made(**settings: str) -> Flask:
        read = Settings(**settings)  # type: ignore[arg-type]
        return create_app(read, open_memory("memory:", DefaultGraph(read.default_graph), data))

    return made


@pytest.fixture
def client(application: Callable[..., Flask]) -> FlaskClient:
    return application().test_client()
