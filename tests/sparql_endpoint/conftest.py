from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from nbkg.storage.default_graph import DefaultGraph
from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory
from tests.shared_folders import made_once

LIBRARY = Path(__file__).parent / "library.trig"


@pytest.fixture(scope="session", autouse=True)
def _templates_compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have all applications of a run share their compiled templates: to compile those of a page takes 0.1 s."""
    folder = made_once(tmp_path_factory, "templates", lambda _: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": FileSystemBytecodeCache(str(folder))})
        yield


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
