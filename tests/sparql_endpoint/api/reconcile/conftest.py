"""A client of the fifteen entities of the cases, and how it asks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from nbkg.storage.default_graph import DefaultGraph
from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory
from tests.sparql_endpoint.api.reconcile.questions import Ask


@pytest.fixture(scope="package")
def entities() -> FlaskClient:
    store = ox.Store()
    store.load(path=str(Path(__file__).with_name("entities.trig")), format=ox.RdfFormat.TRIG)
    return create_app(Settings(), open_memory("memory:", DefaultGraph.PRESENT, store)).test_client()


@pytest.fixture(scope="package")
def ask(entities: FlaskClient) -> Ask:
    """Return the answers of a batch by its keys."""

    def answers(**queries: object) -> dict[str, Any]:
        answer = entities.post("/reconcile", data={"queries": json.dumps(queries)})
        assert answer.status_code == 200, answer.text
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        batch: dict[str, Any] = json.loads(answer.data)
        assert list(batch) == list(queries)
        return batch

    return answers
