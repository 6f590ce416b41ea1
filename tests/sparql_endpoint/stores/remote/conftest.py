"""Servers of others, and one that misbehaves."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from nbkg.storage.default_graph import DefaultGraph
from sparql_endpoint.http import formats
from sparql_endpoint.http.formats import Format
from sparql_endpoint.stores.base import Question, Update
from sparql_endpoint.stores.remote.store import RemoteStore, open_remote
from tests.nbkg.http_client.misbehaving import Asking, Behaviour, Misbehaving
from tests.sparql_endpoint import servers

EVERYTHING = "SELECT * { ?s ?p ?o }"


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as url:
        yield url


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One that gives 300 rows at most."""
    folder = tmp_path_factory.mktemp("virtuoso")
    data = Path(__file__).parents[2] / "library.trig"
    with servers.virtuoso(folder, data, {"ResultSetMaxRows": 300, "MaxQueryExecutionTime": 3}) as url:
        yield url


@pytest.fixture
def writable(oxigraph: str) -> Iterator[RemoteStore]:
    """An empty `oxigraph serve`, whose default graph is the plain one."""
    with closing(open_remote(f"{oxigraph}/query", update=f"{oxigraph}/update", graphs=f"{oxigraph}/store")) as store:
        store.update(Update("DROP ALL"))
        yield store


@pytest.fixture
def filled(writable: RemoteStore, library: Path) -> RemoteStore:
    """With the graphs of library.trig."""
    quads = ox.parse(path=str(library), format=ox.RdfFormat.TRIG)
    text = " ".join(f"GRAPH {quad.graph_name} {{ {quad.triple} }}" for quad in quads)
    writable.update(Update(f"INSERT DATA {{ {text} }}"))
    return writable


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    with Misbehaving() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.stopping.set()
        made.shutdown()
        thread.join()


@pytest.fixture
def ask(server: Misbehaving) -> Iterator[Asking]:
    """Asks the server in a format, after it has learned its behaviour."""
    stores: list[RemoteStore] = []

    def asked(behaviour: Behaviour, form: Format = formats.CSV, **options: Any) -> Iterable[bytes]:
        server.behaviour = behaviour
        store = open_remote(server.url, DefaultGraph.PLAIN, **options)
        stores.append(store)
        return store.answer(Question(EVERYTHING), form)

    yield asked
    for store in stores:
        store.close()
