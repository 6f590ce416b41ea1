"""`nbkg index`: the index of a store on another server, resumed, replaced in one step, and known to be out of date."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest
import urllib3
from click.testing import CliRunner
from flask.testing import FlaskClient

from loader.cli import nbkg
from loader.store import remote_texts
from loader.store.load import load
from loader.store.remote_index import check_index, write_index
from nbkg.errors import DataError, ServiceError, UsageError
from nbkg.text_index import Index
from nbkg.text_index.folder import index_file, reading_folder
from sparql_endpoint import create_app
from sparql_endpoint.services.index_freshness import THREAD, Freshness
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores import open_store
from sparql_endpoint.stores.remote.store import RemoteStore, open_remote
from tests.sparql_endpoint import servers

DATA = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:a> skos:prefLabel "E-lydbøker"@nb ; skos:note "en\\ttekst med \\"tegn\\" og\\nlinjer" .
<urn:graph> { <urn:b> skos:prefLabel "Lisensavtaler"@nb . <urn:c> skos:prefLabel "Språk"@nb, "7" ; skos:notation 7 . }
_:b skos:prefLabel "uten adresse" .
"""


def _ignore(done: int, total: int) -> None:
    assert done <= total


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as url:
        yield url


@pytest.fixture
def address(server: str) -> str:
    _put(server, DATA)
    return f"{server}/query"


def _put(server: str, data: str) -> None:
    headers = {"Content-Type": "application/sparql-update"}
    update = urllib3.request("POST", f"{server}/update", body=b"DROP ALL", headers=headers)
    assert update.status == 204
    quads = ox.serialize(ox.parse(data, ox.RdfFormat.TRIG), format=ox.RdfFormat.N_QUADS)
    response = urllib3.request("POST", f"{server}/store", body=quads, headers={"Content-Type": "application/n-quads"})
    assert response.status == 204


def _find(folder: Path, text: str) -> list[str]:
    index = Index.open(index_file(folder))
    assert index is not None
    return list(index.find(text, 9))


@pytest.mark.parametrize("page_size", [1, 2, 1000])
def test_texts_of_all_graphs_are_found(
    address: str, tmp_path: Path, page_size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_texts, "PAGE_SIZE", page_size)
    assert write_index(address, tmp_path / "index", _ignore)
    assert _find(tmp_path / "index", "lydbok") == ["urn:a"]
    assert _find(tmp_path / "index", "tegn linjer") == ["urn:a"]
    assert _find(tmp_path / "index", "avtale") == ["urn:b"]
    assert _find(tmp_path / "index", "adresse") == []
    assert not reading_folder(tmp_path / "index").exists()


def test_the_same_store_gives_the_same_bytes_and_is_up_to_date(address: str, tmp_path: Path) -> None:
    assert write_index(address, tmp_path / "one", _ignore)
    assert not write_index(address, tmp_path / "one", _ignore)
    check_index(address, tmp_path / "one")
    assert write_index(address, tmp_path / "other", _ignore)
    assert index_file(tmp_path / "one").read_bytes() == index_file(tmp_path / "other").read_bytes()


def test_the_index_holds_what_the_index_of_a_loaded_store_holds_in_the_same_order(address: str, tmp_path: Path) -> None:
    """So that search finds the same, in the same order; `nbkg load` describes the graphs, and indexes that too."""
    file = tmp_path / "data.trig"
    file.write_text(DATA + "<urn:c> skos:note 'Mål'@nb , 'Mål'@nn , '' .\n<urn:e> skos:note '' .\n")
    load(tmp_path / "store", [file])
    _put(address.removesuffix("/query"), file.read_text())
    write_index(address, tmp_path / "index", _ignore)
    loaded = [row for row in _documents(tmp_path / "store" / "versions" / "1.words") if row[0].startswith("urn:")]
    assert _documents(index_file(tmp_path / "index")) == [row for row in loaded if row[0] != "urn:graph"]


def _documents(file: Path) -> list[tuple[str, bytes]]:
    """Return the resources of an index in its order, each with how many words its columns have."""
    query = "SELECT iri, sz FROM resource JOIN words_docsize USING (id) ORDER BY id"
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


def test_after_an_interruption_only_the_rest_is_read(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_texts, "PAGE_SIZE", 1)
    done = list[int]()

    def interrupt(read: int, _: int) -> None:
        if read == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_index(address, tmp_path, interrupt)
    assert Index.open(index_file(tmp_path)) is None
    with (reading_folder(tmp_path) / "lines").open("ab") as lines:
        lines.write(b"half a line that was not noted")
    assert write_index(address, tmp_path, lambda read, _: done.append(read))
    assert done[0] == 2
    assert _find(tmp_path, "lydbok") == ["urn:a"]


@pytest.mark.parametrize("sign", ["reading/progress.json", ".words.new"], ids=["reading", "writing"])
def test_a_kill_leaves_the_old_index_and_a_rerun_completes(server: str, tmp_path: Path, sign: str) -> None:
    """Killed as soon as that file is there: a moment of the work, however fast the machine is."""
    address, folder = f"{server}/query", tmp_path / "index"
    _put(server, DATA)
    write_index(address, folder, _ignore)
    _put(server, "".join(f"<urn:{n}> <urn:p{n % 4}> 'Avtale nummer {n}x', 'ord{n}' .\n" for n in range(20_000)))
    command = [sys.executable, "-m", "loader.cli", "index", address, str(folder)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not (folder / sign).exists() and running.poll() is None:
        time.sleep(0.001)
    assert running.poll() is None, "it was done before it was killed"
    running.kill()
    running.wait()
    assert (folder / sign).exists()
    assert _find(folder, "lydbok") == ["urn:a"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert _find(folder, "lydbok") == []
    assert _find(folder, "ord19999") == ["urn:19999"]
    assert {file.name for file in folder.iterdir()} == {"words", "lock"}
    write_index(address, tmp_path / "other", _ignore)
    assert index_file(folder).read_bytes() == index_file(tmp_path / "other").read_bytes()


def test_what_was_read_of_another_state_is_read_anew(
    address: str, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading_folder(tmp_path).mkdir()
    (reading_folder(tmp_path) / "lines").write_bytes(b"what is this\n")
    note = {"address": address, "state": "another", "at": [0, 1, 1, 13]}
    (reading_folder(tmp_path) / "progress.json").write_text(json.dumps(note))
    assert write_index(address, tmp_path, _ignore)
    assert _find(tmp_path, "språk") == ["urn:c"]


@pytest.mark.parametrize(
    "data",
    [
        DATA.replace("Språk", "Lån"),
        DATA.replace("Språk", "Sprog"),
        DATA.replace("<urn:c>", "<urn:d>"),
        DATA.replace('"7" ;', '"7", "8" ;'),
        "<urn:a> <urn:b> 'c' .",
    ],
)
def test_an_index_that_is_out_of_date_says_so(address: str, server: str, tmp_path: Path, data: str) -> None:
    write_index(address, tmp_path, _ignore)
    _put(server, data)
    with pytest.raises(DataError, match="out of date"):
        check_index(address, tmp_path)
    assert write_index(address, tmp_path, _ignore)
    check_index(address, tmp_path)


def test_the_old_index_stays_where_the_new_one_fails(
    address: str, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_index(address, tmp_path, _ignore)
    _put(server, DATA.replace("Språk", "Mål og mening"))

    def change(_: int, total: int) -> None:
        _put(server, "<urn:a> <urn:b> 'c' .")

    with pytest.raises(ServiceError, match="the same command begins anew"):
        write_index(address, tmp_path, change)
    assert _find(tmp_path, "språk") == ["urn:c"]


def test_errors_say_what_to_do(server: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="answered 404"):
        write_index(f"{server}/none", tmp_path, _ignore)
    with pytest.raises(ServiceError, match="the same command continues"):
        write_index("http://127.0.0.1:9/sparql", tmp_path, _ignore)
    assert CliRunner().invoke(nbkg, ["index", "var/store", str(tmp_path)]).exit_code != 0


@pytest.mark.parametrize("options", ["", "?union-default-graph"])
def test_the_server_knows_the_index_for_that_of_the_store_until_its_texts_change(
    address: str, server: str, tmp_path: Path, options: str
) -> None:
    write_index(f"{address}{options}", tmp_path, _ignore)
    with closing(open_remote(f"{address}{options}")) as store:
        assert not _is_stale(tmp_path, store)
        _put(server, DATA.replace("Språk", "Lån"))
        assert _is_stale(tmp_path, store)


def _is_stale(folder: Path, store: RemoteStore) -> bool:
    index, freshness = Index.open(index_file(folder)), Freshness()
    assert index is not None
    freshness.is_stale(index.about(), store)
    for asking in [thread for thread in threading.enumerate() if thread.name == THREAD]:
        asking.join()
    return freshness.is_stale(index.about(), store)


def _client(address: str, folder: Path) -> FlaskClient:
    settings = Settings(store=address, text_index=str(folder))
    return create_app(settings, open_store(address)).test_client()


def test_the_server_searches_by_the_index_in_the_folder(address: str, server: str, tmp_path: Path) -> None:
    assert CliRunner().invoke(nbkg, ["index", address, str(tmp_path)], catch_exceptions=False).exit_code == 0
    with closing(open_store(address)):  # type: ignore[type-var]  # as a remote store
        client = _client(address, tmp_path)
        found = client.get("/search?q=lydbok&format=json").get_json()
        assert [hit["iri"] for hit in found["results"]] == ["urn:a"]
        assert found["onlyNames"] is False
        assert CliRunner().invoke(nbkg, ["index", address, str(tmp_path), "--check"]).exit_code == 0
        _put(server, DATA.replace("E-lydbøker", "Noe helt annet"))
        assert write_index(address, tmp_path, _ignore)
        assert client.get("/search?q=lydbok&format=json").get_json()["results"] == []
