"""Reconciliation over a server: by whole names without an index, and with the index that `nbkg index` reads from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from loader.store.remote_index import write_index
from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.remote.store import RemoteStore
from sparql_endpoint.words import words

UNIT = "https://w3id.org/nbkg/id/unit/tk"


def _ask(client: FlaskClient, **queries: str) -> dict[str, Any]:
    batch = json.dumps({key: {"query": name} for key, name in queries.items()})
    answers: dict[str, Any] = json.loads(client.post("/reconcile", data={"queries": batch}).data)
    return answers


def test_without_an_index_whole_names_are_looked_up_and_answers_say_so(filled: RemoteStore) -> None:
    client = create_app(Settings(store="http://127.0.0.1:1"), filled).test_client()
    assert json.loads(client.get("/reconcile").data)["name"] == words()["site_name"]["nb"]
    answers = _ask(client, whole="Tilvekst og kunnskapsorganisering", part="Tilvekst", code="TK", none="zzqx")
    assert [(one["id"], one["match"]) for one in answers["whole"]["result"]] == [(UNIT, True)]
    assert [one["id"] for one in answers["code"]["result"]] == [UNIT]
    assert (answers["part"]["result"], answers["none"]["result"]) == ([], [])
    assert all(one["only_names"] for one in answers.values())
    assert (
        words()["reconcile_only_names"]["nn"] in client.get("/reconcile?lang=nn", headers={"Accept": "text/html"}).text
    )
    suggested = json.loads(client.get("/reconcile/suggest/entity?prefix=TK").data)["result"]
    assert [one["id"] for one in suggested] == [UNIT]
    query = {"ids": [UNIT], "properties": [{"id": "http://www.w3.org/2004/02/skos/core#notation"}]}
    rows = json.loads(client.post("/reconcile", data={"extend": json.dumps(query)}).data)["rows"]
    assert rows[UNIT] == {"http://www.w3.org/2004/02/skos/core#notation": [{"str": "TK"}]}


def test_with_its_index_parts_and_spellings_are_found_too(oxigraph: str, filled: RemoteStore, tmp_path: Path) -> None:
    assert write_index(f"{oxigraph}/query", tmp_path, lambda *_: None)
    client = create_app(Settings(store="http://127.0.0.1:1", text_index=str(tmp_path)), filled).test_client()
    answers = _ask(client, spelled="Blabaer", whole="tilvekst og kunnskapsorganisering")
    assert [one["id"] for one in answers["whole"]["result"]] == [UNIT]
    assert [one["name"] for one in answers["spelled"]["result"]] == ["Blåbær"]
    assert not any("only_names" in one for one in answers.values())
