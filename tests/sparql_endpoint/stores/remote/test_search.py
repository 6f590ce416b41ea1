"""Pages over a server: the index that `nbkg index` reads from it finds what that of a store in memory finds."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from loader.store import remote_texts
from loader.store.remote_index import write_index
from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores import open_store
from sparql_endpoint.stores.oxigraph import open_memory

FOUND = {
    "tiltaket": "ns#Measure",
    "rapport": "id/report/2025-10-14",
    "fri": "id/measure/2020-2025/14",
    "blå": "id/service/blåbær",
}


def test_virtuoso_is_indexed_and_searched(
    virtuoso: str, data: ox.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has texts of its own too, gives 300 rows at most, and knows no datatype of a text with a language."""
    monkeypatch.setattr(remote_texts, "PAGE_SIZE", 100)
    done = list[tuple[int, int]]()
    assert write_index(virtuoso, tmp_path, lambda *progress: done.append(progress))
    assert len(done) > 3
    assert done[-1][0] == done[-1][1]
    remote, local = Settings(store=virtuoso, text_index=str(tmp_path)), Settings()
    clients = [
        create_app(settings, store).test_client()
        for settings, store in ((remote, open_store(virtuoso)), (local, open_memory("memory:", data=data)))
    ]
    for word, iri in FOUND.items():
        answers = [client.get(f"/search?q={word}&format=json").get_json() for client in clients]
        assert answers[0] == answers[1], word
        assert f"https://w3id.org/nbkg/{iri}" in [hit["iri"] for hit in answers[0]["results"]]


def test_the_graphs_of_virtuoso_are_described(virtuoso: str, data: ox.Store) -> None:
    """It lists no graphs for `GRAPH ?graph {}`, but answers one row without a value."""
    client = create_app(Settings(store=virtuoso), open_store(virtuoso)).test_client()
    described = client.get("/sparql", headers={"Accept": "application/n-triples"}).get_data(as_text=True)
    names = set(re.findall(r"service-description#name> <([^>]*)>", described))
    assert {graph.value for graph in data.named_graphs() if isinstance(graph, ox.NamedNode)} <= names
    assert not any("/id/" in name for name in names)
