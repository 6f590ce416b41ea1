from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import click
import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from SPARQLWrapper import JSON, POST, SPARQLWrapper
from werkzeug.serving import make_server

from sparql_endpoint import create_app
from sparql_endpoint.commands import serve_command
from sparql_endpoint.commands.query_command import query
from sparql_endpoint.commands.serve_command import serve
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory

QUERY = "SELECT ?o { <https://w3id.org/nbkg/id/unit/tk> <http://www.w3.org/2004/02/skos/core#notation> ?o }"


@pytest.fixture
def directory(tmp_path: Path, library: Path) -> Path:
    store = ox.Store(str(tmp_path / "store"))
    store.bulk_load(path=str(library), format=ox.RdfFormat.TRIG)
    store.flush()
    del store
    return tmp_path / "store"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([QUERY], "TK"),
        (["--format", "csv", QUERY], "o\nTK\n"),
        (["--format", "json", QUERY], '"value":"TK"'),
        (["ASK { ?s ?p 14 }"], "yes\n"),
        (["ASK { ?s ?p 15 }"], "no\n"),
        (["DESCRIBE <https://w3id.org/nbkg/id/service/v1.0>"], '"Versjon 1.0"@nb'),
        (["--format", "ntriples", "DESCRIBE <https://w3id.org/nbkg/id/service/v1.0>"], '"Versjon 1.0"@nb .\n'),
    ],
)
def test_query_a_store(directory: Path, arguments: list[str], expected: str) -> None:
    result = CliRunner().invoke(query, ["--store", str(directory), *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    assert expected in result.stdout.replace("\r\n", "\n")


def test_query_from_file_and_standard_input(directory: Path, tmp_path: Path) -> None:
    file = tmp_path / "asked.rq"
    file.write_text(QUERY)
    arguments = ["--store", str(directory), "--format", "tsv"]
    from_file = CliRunner().invoke(query, [*arguments, "--file", str(file)], catch_exceptions=False)
    from_input = CliRunner().invoke(query, [*arguments, "-"], input=QUERY, catch_exceptions=False)
    assert from_file.stdout == from_input.stdout == '?o\n"TK"\n'


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "the query is empty"),
        (["ASK {}", "--file", "pyproject.toml"], 2, "not both"),
        (["pyproject.toml"], 2, "--file pyproject.toml"),
        (["./README.md"], 2, "--file ./README.md"),
        (["no-such-file.rq"], 2, "expected SELECT"),
        (["ASK {"], 2, "line 1"),
        (["ASK {}", "--format", "turtle"], 2, "is none of"),
        (["ASK {}", "--store", "nowhere"], 3, "there is no such store"),
        (["ASK {}", "--endpoint", "http://127.0.0.1:1/"], 3, "refused"),
        (["ASK {}", "--endpoint", "http://127.0.0.1:1/", "--store", "x"], 2, "not both"),
    ],
)
def test_query_gone_wrong(
    arguments: list[str], code: int, message: str, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NBKG_STORE", str(directory))
    result = CliRunner().invoke(query, arguments)
    assert (result.exit_code, message in result.stderr) == (code, True), result.stderr


@pytest.fixture
def address(data: ox.Store) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(Settings(), open_memory("memory:", data=data)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/sparql"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # SPARQLWrapper closes no response
def test_query_an_endpoint(address: str) -> None:
    result = CliRunner().invoke(query, ["--endpoint", address, "--format", "csv", QUERY], catch_exceptions=False)
    assert result.stdout.replace("\r\n", "\n") == "o\nTK\n"
    message = CliRunner().invoke(query, ["--endpoint", address, "SELECT * {"])
    assert message.exit_code == 3


@pytest.fixture
def group_and_calls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, library: Path) -> tuple[click.Group, list[str]]:
    """A group whose `load` makes the default store, and the names of its commands as they are called."""
    called: list[str] = []

    def load() -> None:
        called.append("load")
        store = ox.Store(str(tmp_path / "default"))
        store.bulk_load(path=str(library), format=ox.RdfFormat.TRIG)
        store.flush()

    group = click.Group("nbkg", commands=[serve, query])
    group.add_command(click.Command("build", callback=lambda: called.append("build")))
    group.add_command(click.Command("load", callback=load))
    imports = click.Command("import-sources", params=[click.Option(["--records", "to"])])
    imports.callback = lambda to: called.append(f"import {to}")
    group.add_command(click.Group("marc", commands=[imports]))
    monkeypatch.setenv("NBKG_STORE", str(tmp_path / "default"))
    return group, called


def test_serve_without_a_store_builds_loads_and_imports_records_first(
    monkeypatch: pytest.MonkeyPatch, group_and_calls: tuple[click.Group, list[str]], tmp_path: Path
) -> None:
    group, called = group_and_calls
    monkeypatch.setattr(serve_command, "_serve", lambda settings: called.append(settings.store))
    result = CliRunner().invoke(group, ["serve", "--port", "0"], catch_exceptions=False)
    assert result.exit_code == 0
    assert called == ["build", "load", f"import {tmp_path / 'records'}", str(tmp_path / "default")]


def test_serve_leaves_a_store_of_records_alone_that_it_was_given(
    monkeypatch: pytest.MonkeyPatch, group_and_calls: tuple[click.Group, list[str]], tmp_path: Path
) -> None:
    group, called = group_and_calls
    monkeypatch.setattr(serve_command, "_serve", lambda settings: called.append(settings.store))
    CliRunner().invoke(group, ["serve", "--port", "0", "--records", str(tmp_path / "own")], catch_exceptions=False)
    assert called == ["build", "load", str(tmp_path / "default")]


def test_query_makes_the_default_store_once(group_and_calls: tuple[click.Group, list[str]]) -> None:
    group, called = group_and_calls
    for _ in range(2):
        result = CliRunner().invoke(group, ["query", "--format", "csv", QUERY], catch_exceptions=False)
        assert result.stdout.replace("\r\n", "\n") == "o\nTK\n"
    assert called == ["build", "load"]


def test_a_wrong_query_makes_no_store(group_and_calls: tuple[click.Group, list[str]]) -> None:
    group, called = group_and_calls
    assert CliRunner().invoke(group, ["query", "nonsense"]).exit_code == 2
    assert called == []


def test_a_default_store_that_cannot_be_made_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NBKG_STORE", str(tmp_path / "default"))
    alone = CliRunner().invoke(query, ["ASK {}"])
    incomplete = CliRunner().invoke(click.Group("nbkg", commands=[query]), ["query", "ASK {}"])
    assert (alone.exit_code, incomplete.exit_code) == (2, 2)
    assert "no command `build`" in incomplete.stderr


def test_a_taken_port_and_a_missing_store_are_told(directory: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        result = CliRunner().invoke(serve, [str(directory), "--port", str(port)])
    assert result.exit_code == 3
    assert f"cannot listen at 127.0.0.1:{port}" in result.stderr
    missing = CliRunner().invoke(serve, ["nowhere"])
    assert missing.exit_code == 3
    assert "there is no such store" in missing.stderr


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # SPARQLWrapper closes no response
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_serve(directory: Path, stop: signal.Signals) -> None:
    command = [sys.executable, "-m", "loader.cli", "serve", str(directory), "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        try:
            assert server.stdout is not None
            ready = re.fullmatch(r"Serving .* at (http://127\.0\.0\.1:\d+)\n", server.stdout.readline())
            assert ready
            _ask(ready.group(1))
        finally:
            server.send_signal(stop)
        assert server.wait(timeout=15) == 0


def _ask(address: str) -> None:
    with urllib.request.urlopen(f"{address}/id/measure/2020-2025/14", timeout=10) as answer:
        assert answer.url == f"{address}/doc/measure/2020-2025/14"
        assert b"Share data" in answer.read()
    client = SPARQLWrapper(f"{address}/sparql", returnFormat=JSON)
    client.setQuery(QUERY)
    assert b'"value":"TK"' in client.query().response.read()
    # As deep and as long as is let through: the process must live on.
    binds = "".join(f"BIND(1 AS ?x{number})" for number in range(130))
    deep = f"{'OPTIONAL{?a ?b ?c ' * 60}{binds}FILTER({'||'.join(['?a'] * 400)}){'}' * 60}"
    client.setMethod(POST)
    client.setQuery("ASK { FILTER(false) " + deep + "}")
    assert b"false" in client.query().response.read()
    client.setQuery("ASK {}")
    assert b"true" in client.query().response.read()
