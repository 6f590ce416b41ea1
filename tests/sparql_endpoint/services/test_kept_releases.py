"""A release that is kept or dropped changes what is answered without a new version of the data: validators tell it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sparql_endpoint import create_app
from sparql_endpoint.services.services import Serving
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores import open_store
from tests.sparql_endpoint.kept_versions import keeping

_A = "https://w3id.org/nbkg/id/a"
_DATA = f'<{_A}> <https://w3id.org/nbkg/ns#p> "{{}}"@nb <urn:g> .\n'
_LONG_AGO = time.time() // 1 - 1000
_HTML = "text/html"
_LISTS_RELEASES = [
    ("/sparql", "text/turtle"),
    ("/query", _HTML),
    ("/sparql?query=SELECT%20*%20%7B%20?s%20?p%20?o%20%7D", _HTML),
    (f"/difference?iri={_A}&from=2026-01-01", _HTML),
    ("/doc/a", _HTML),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    versions = {"2026-01-01": _DATA.format("first"), "2026-02-01": _DATA.format("second")}
    folder = keeping(tmp_path / "store", versions)
    for path in (*(folder / "versions").glob("*.json"), folder / "releases"):
        os.utime(path, (_LONG_AGO, _LONG_AGO))
    return folder


@pytest.fixture
def serving(folder: Path) -> Serving:
    app = create_app(Settings(store=str(folder), workers=0), open_store(str(folder)))
    shared: Serving = app.extensions["sparql_endpoint"]
    shared.started = _LONG_AGO
    return shared


@pytest.fixture
def client(folder: Path, serving: Serving) -> FlaskClient:
    app = create_app(Settings(store=str(folder), workers=0), serving.store)
    app.extensions["sparql_endpoint"].started = _LONG_AGO
    return app.test_client()


def _keep(folder: Path, name: str, seconds: float = 500) -> None:
    (folder / "releases" / name).symlink_to("../versions/1")
    os.utime(folder / "releases", (_LONG_AGO + seconds, _LONG_AGO + seconds))


@pytest.mark.parametrize(("address", "accept"), _LISTS_RELEASES)
@pytest.mark.parametrize("validator", ["ETag", "Last-Modified"])
def test_what_lists_releases_is_sent_anew_when_one_is_kept(
    folder: Path, client: FlaskClient, address: str, accept: str, validator: str
) -> None:
    condition = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[validator]
    first = client.get(address, headers={"Accept": accept})
    assert first.status_code == 200
    headers = {"Accept": accept, condition: first.headers[validator]}
    assert client.get(address, headers=headers).status_code == 304
    _keep(folder, "2026-03-01")
    assert client.get(address, headers=headers).status_code == 200


def test_an_answer_as_of_a_date_is_sent_anew_when_a_release_before_it_is_dropped(
    folder: Path, client: FlaskClient
) -> None:
    _keep(folder, "2026-03-01", seconds=0)
    address = "/sparql?query=SELECT%20*%20%7B%20?s%20?p%20?o%20%7D&as-of=2026-12-31&format=csv"
    first = client.get(address)
    assert "first" in first.text
    headers = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get(address, headers=headers).status_code == 304
    (folder / "releases" / "2026-03-01").unlink()
    os.utime(folder / "releases", (_LONG_AGO + 500, _LONG_AGO + 500))
    again = client.get(address, headers=headers)
    assert (again.status_code, "second" in again.text) == (200, True)


def test_a_page_is_sent_anew_after_a_restart_but_a_result_is_not(folder: Path, client: FlaskClient) -> None:
    page, result = "/query", "/sparql?query=SELECT%20*%20%7B%20?s%20?p%20?o%20%7D&format=csv"
    since = {path: {"If-Modified-Since": client.get(path).headers["Last-Modified"]} for path in (page, result)}
    client.application.extensions["sparql_endpoint"].started += 100
    assert client.get(page, headers=since[page]).status_code == 200
    assert client.get(result, headers=since[result]).status_code == 304


def test_the_name_of_the_state_holds_the_releases(folder: Path, serving: Serving) -> None:
    before = serving.state()
    _keep(folder, "2026-03-01")
    assert serving.state() == f"{before} 2026-03-01"
