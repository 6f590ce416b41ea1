"""The description of a store on another server: what that server is asked for it, and how often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from rdflib.namespace import VOID

from loader.store.load import load
from sparql_endpoint import create_app
from sparql_endpoint.http.formats import Format
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.base import Question, Row, Term
from sparql_endpoint.stores.oxigraph import open_memory
from tests.sparql_endpoint.api.test_void import BASE, DATASET, SD, number, void

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # in its own parsers


class _Server:
    """A store that does not tell its version, as another server, and remembers what it was asked."""

    def __init__(self, data: ox.Store) -> None:
        self._store = open_memory("memory:", data=data)
        self.questions: list[str] = []

    def version(self) -> str:
        return ""

    def answer(self, question: Question, form: Format, prefixes: Mapping[str, str] | None = None) -> Iterable[bytes]:
        self.questions.append(question.text)
        return self._store.answer(question, form, prefixes)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class _AskedByPages(_Server):
    """One that remembers the queries of pages too."""

    def select(self, text: str, bindings: Mapping[str, Term] | None = None) -> Sequence[Row]:
        self.questions.append(f"{text}{bindings}")
        return self._store.select(text, bindings)


def test_a_server_that_holds_a_description_is_asked_for_it_once(library: Path, tmp_path: Path) -> None:
    load(tmp_path / "store", [library])
    stored = ox.Store.read_only(str((tmp_path / "store" / "current").resolve()))
    data = ox.Store()
    data.bulk_extend(stored)
    server = _Server(data)
    client = create_app(Settings(store="http://server.example/"), server).test_client()
    first, second = void(client), void(client)
    assert len(server.questions) == 1
    service = _describe(client)
    assert len(server.questions) == 1
    assert set(service.objects(None, VOID.triples)) <= set(first.objects(None, VOID.triples)) != set()
    built = create_app(Settings(store=str(tmp_path / "store"), workers=0)).test_client()
    assert set(first) == set(second) == set(void(built))
    assert number(first, DATASET, VOID.triples) > 0


def test_a_server_without_a_description_is_asked_for_its_graphs_only(data: ox.Store) -> None:
    server = _Server(data)
    client = create_app(Settings(store="http://server.example/"), server).test_client()
    void(client)
    graph = void(client)
    assert len(server.questions) == 1
    assert "COUNT" not in "".join(server.questions)
    assert URIRef(f"{BASE}graph/current") in set(graph.objects(DATASET, VOID.subset))
    assert URIRef(f"{BASE}graph/current") in set(_describe(client).objects(None, SD.name))
    assert "COUNT" not in "".join(server.questions)


def _describe(client: FlaskClient) -> Graph:
    return Graph().parse(data=client.get("/sparql", headers={"Accept": "text/turtle"}).get_data(), format="turtle")


def test_a_page_asks_a_server_each_question_once(data: ox.Store) -> None:
    """Though nothing it asks is kept for the next page."""
    server = _AskedByPages(data)
    client = create_app(Settings(store="http://server.example/"), server).test_client()
    for _ in range(2):
        server.questions.clear()
        assert client.get("/").status_code == 200
        assert server.questions
        assert len(server.questions) == len(set(server.questions))
