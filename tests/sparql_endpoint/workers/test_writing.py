"""Changes to a writable store: over HTTP, atomic, durable, by one server."""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.sparql_endpoint.serving import TOKEN, Server, served, token_file

pytestmark = pytest.mark.slow
BEARER = {"Authorization": f"Bearer {TOKEN}"}
_FIELD = '--cut\r\nContent-Disposition: form-data; name="f"\r\n\r\n<urn:a> <urn:p> 1 .\r\n--cut--\r\n'
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("writing")
    options = ("--write-token-file", token_file(folder), "--default-graph", "plain", "--workers", "2")
    with served(str(folder / "store"), *options) as writable:
        yield writable


@pytest.fixture(autouse=True)
def _empty(server: Server) -> None:
    assert server.update("DROP ALL") == 204


def _put(server: Server, path: str, body: str, media_type: str = "text/turtle", method: str = "PUT") -> int:
    return server.ask(method, path, body, {**BEARER, "Content-Type": media_type})[0].status


def test_an_update_is_seen_by_every_later_query(server: Server) -> None:
    for number in range(30):
        assert server.update(f"INSERT DATA {{ <urn:s> <urn:p> {number} }}") == 204
        assert server.query(COUNT).split() == ["n", str(number + 1)]


def test_an_update_does_all_or_nothing(server: Server) -> None:
    assert server.update("INSERT DATA { <urn:a> <urn:p> 1 }") == 204
    answer, body = server.ask(
        "POST",
        "/sparql",
        "DELETE WHERE { ?s ?p ?o } ; CREATE GRAPH <urn:g> ; CREATE GRAPH <urn:g>",
        {**BEARER, "Content-Type": "application/sparql-update"},
    )
    assert answer.status == 409
    assert "already exists" in json.loads(body)["detail"]
    assert server.query(COUNT).split() == ["n", "1"]


def test_only_those_with_the_token(server: Server) -> None:
    for headers, status in (
        ({}, 401),
        ({"Authorization": "Bearer other"}, 401),
        ({"Authorization": "Basic YTpi"}, 401),
        ({"Authorization": "Bearer blåbær".encode().decode("latin-1")}, 401),
        ({**BEARER, "Sec-Fetch-Site": "cross-site"}, 403),
        ({**BEARER, "Sec-Fetch-Site": "same-site"}, 403),
        ({**BEARER, "Origin": "https://example.org"}, 403),
        ({**BEARER, "Origin": "null"}, 403),
        ({**BEARER, "Origin": server.address, "Sec-Fetch-Site": "same-origin"}, 204),
        (BEARER, 204),
    ):
        for method, path, content in (
            ("POST", "/sparql", "application/sparql-update"),
            ("DELETE", "/data?default", ""),
        ):
            answer, _ = server.ask(method, path, "CLEAR ALL", {**headers, "Content-Type": content})
            assert answer.status == status, (headers, path)
            assert (answer.getheader("WWW-Authenticate") is not None) == (status == 401)
    assert TOKEN not in "".join(server.said)


def test_graphs_of_the_request(server: Server) -> None:
    server.update("INSERT DATA { GRAPH <urn:a> { <urn:s> <urn:p> 1 } GRAPH <urn:b> { <urn:s> <urn:p> 2 } }")
    path = "/sparql?using-graph-uri=urn:a"
    text = "INSERT { GRAPH <urn:c> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    assert _put(server, path, text, "application/sparql-update", "POST") == 204
    assert server.query("SELECT ?o { GRAPH <urn:c> { ?s ?p ?o } }").split() == ["o", "1"]
    conflict = "INSERT { ?s ?p ?o } USING <urn:b> WHERE { ?s ?p ?o }"
    assert _put(server, path, conflict, "application/sparql-update", "POST") == 400
    assert (
        _put(server, "/sparql?using-graph-uri=urn:b", "DELETE WHERE { ?s ?p 9 }", "application/sparql-update", "POST")
        == 204
    )


def test_graph_store(server: Server) -> None:
    graph = "/data?graph=http://example.org/g"
    assert server.ask("GET", graph)[0].status == 404
    assert _put(server, graph, "<urn:a> <urn:p> _:b . _:b <urn:p> 1 .") == 201
    assert _put(server, graph, "<urn:a> <urn:p> 2 .") == 204
    assert _put(server, graph, "<urn:a> <urn:p> 3 .", method="POST") == 204
    answer, body = server.ask("GET", graph, headers={"Accept": "application/n-triples"})
    assert answer.getheader("Content-Type") == "application/n-triples"
    assert {str(quad.object) for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)} == {
        str(ox.Literal(2)),
        str(ox.Literal(3)),
    }
    head, none = server.ask("HEAD", graph)
    assert (head.status, none, head.getheader("Content-Type")) == (200, b"", "text/turtle; charset=utf-8")
    assert server.ask("DELETE", graph, headers=BEARER)[0].status == 204
    assert server.ask("DELETE", graph, headers=BEARER)[0].status == 404
    assert _put(server, graph, "") == 201
    assert server.ask("GET", graph)[0].status == 200


def test_graph_store_default_and_direct(server: Server) -> None:
    assert _put(server, "/data?default", '{"@id": "urn:a", "urn:p": "b"}', "application/ld+json") == 204
    assert server.query(COUNT).split() == ["n", "1"]
    assert _put(server, "/data/some/graph.ttl", "<> <urn:p> <other> .") == 201
    row = server.query("SELECT ?g ?o { GRAPH ?g { ?g ?p ?o } }").split()[1]
    assert row == f"{server.address}/data/some/graph.ttl,{server.address}/data/some/other"
    assert server.ask("GET", "/data/some/graph.ttl")[0].status == 200


def test_graph_store_names_a_new_graph(server: Server) -> None:
    answer, _ = server.ask("POST", "/data", "<urn:a> <urn:p> 1 .", {**BEARER, "Content-Type": "text/turtle"})
    assert answer.status == 201
    location = answer.getheader("Location") or ""
    assert server.ask("GET", location.removeprefix(server.address))[0].status == 200


def test_graph_store_takes_several_documents(server: Server) -> None:
    parts = [("a.ttl", "text/turtle", "<urn:a> <urn:p> _:x ."), ("b.nt", "application/n-triples", "_:x <urn:p> _:y .")]
    head = '--cut\r\nContent-Disposition: form-data; name="f"; filename="{}"\r\nContent-Type: {}\r\n\r\n{}\r\n'
    body = "".join(head.format(*part) for part in parts)
    headers = {**BEARER, "Content-Type": "multipart/form-data; boundary=cut"}
    answer, _ = server.ask("POST", "/data?graph=urn:g", f"{body}--cut--\r\n", headers)
    assert answer.status == 201
    assert server.query("SELECT (COUNT(*) AS ?n) { GRAPH <urn:g> { ?s ?p ?o } }").split() == ["n", "2"]


@pytest.mark.parametrize(
    ("path", "media_type", "body", "problem"),
    [
        ("/data", "text/turtle", "", (400, "no graph is named")),
        ("/data?graph=relative", "text/turtle", "", (400, "absolute")),
        ("/data?default&graph=urn:g", "text/turtle", "", (400, "one graph")),
        ("/data?default", "text/turtle", "<urn:a>\n<urn:p> .", (400, "line 2")),
        ("/data?default", "application/trig", "<urn:g> { <urn:a> <urn:p> 1 }", (400, "one graph")),
        ("/data?default", "text/plain", "<urn:a> <urn:p> 1 .", (415, "application/n-triples")),
        ("/data/x?default", "text/turtle", "", (400, "by itself")),
        ("/data?graph=", "text/turtle", "", (400, "no graph is named")),
        ("/data?default", "multipart/form-data; boundary=cut", "", (400, "cannot be read")),
        ("/data?default", "multipart/form-data; boundary=cut", _FIELD, (400, "no file")),
    ],
)
def test_what_cannot_be_written(
    server: Server, path: str, media_type: str, body: str, problem: tuple[int, str]
) -> None:
    answer, content = server.ask("PUT", path, body, {**BEARER, "Content-Type": media_type})
    assert answer.status == problem[0]
    assert problem[1] in json.loads(content)["detail"]
    assert server.query(COUNT).split() == ["n", "0"]


def test_readers_see_whole_versions(server: Server) -> None:
    stop = threading.Event()
    seen: set[str] = set()

    def read() -> None:
        while not stop.is_set():
            seen.add(server.query("SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }").split()[1])

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    data = " ".join(f"<urn:s{number}> <urn:p> {number} ." for number in range(200))
    for _ in range(10):
        assert server.update(f"INSERT DATA {{ {data} }}") == 204
        assert server.update("DELETE WHERE { ?s ?p ?o }") == 204
    stop.set()
    for reader in readers:
        reader.join()
    assert seen <= {"0", "200"}


def test_a_small_update_is_quick(server: Server) -> None:
    """Not a measurement of speed: that it is not the making of a whole new version."""
    seconds = []
    for number in range(20):
        start = time.perf_counter()
        assert server.update(f"INSERT DATA {{ <urn:s> <urn:q> {number} }}") == 204
        seconds.append(time.perf_counter() - start)
    assert statistics.median(seconds) < 0.5


def test_a_validator_goes_with_the_version(server: Server) -> None:
    path = "/sparql?query=SELECT*%7B?s%20?p%20?o%7D"
    first, _ = server.ask("GET", path)
    etag = first.getheader("ETag") or ""
    assert server.ask("GET", path, headers={"If-None-Match": etag})[0].status == 304
    server.update("INSERT DATA { <urn:a> <urn:p> 1 }")
    again, _ = server.ask("GET", path, headers={"If-None-Match": etag})
    assert again.status == 200
    assert again.getheader("Data-Version") != first.getheader("Data-Version")


def test_two_servers_on_one_store_are_refused(tmp_path: Path) -> None:
    with served(str(tmp_path / "store"), token=TOKEN):
        for environment in ({"NBKG_WRITE_TOKEN": TOKEN}, {}):
            second = subprocess.run(
                [sys.executable, "-m", "loader.cli", "serve", str(tmp_path / "store"), "--port", "0"],
                env={**os.environ, **environment},
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            assert second.returncode == 3
            assert "another server" in second.stderr


def test_a_built_store_is_not_written_to(tmp_path: Path) -> None:
    data = tmp_path / "data.nt"
    data.write_text("<urn:a> <urn:p> <urn:b> .\n")
    load = [sys.executable, "-m", "loader.cli", "load", str(tmp_path / "store"), str(data)]
    subprocess.run(load, check=True, capture_output=True, timeout=60)
    with pytest.raises(AssertionError, match="is a built store"), served(str(tmp_path / "store"), token=TOKEN):
        pass


def test_memory_goes_with_the_server() -> None:
    with served("memory:", token=TOKEN) as server:
        assert server.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> 1 } }") == 204
        assert server.query(COUNT).split() == ["n", "1"]  # the union, as shipped
        assert server.ask("GET", "/data?default")[1] == b""
    assert server.process.returncode == 0


@pytest.mark.parametrize("wait", [0.0, 0.004, 0.02, 0.1])
def test_kill_9_leaves_the_last_committed_state(tmp_path: Path, wait: float) -> None:
    """The numbers that are there are 0 … n, each whole, and all that were told done are among them."""
    done = _killed(str(tmp_path / "store"), 0.5 + wait)
    left = ox.Store(str(tmp_path / "store" / "data"))
    rows = left.query("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s")
    assert isinstance(rows, ox.QuerySolutions)
    counts = {str(row["s"]): int(str(row["n"].value)) for row in rows}
    assert set(counts.values()) <= {50}
    assert set(counts) >= {f"<urn:n{number}>" for number in range(done + 1)}
    assert len(counts) <= done + 2


def _killed(store: str, seconds: float) -> int:
    """Updates a store until its server is killed; the number of the last update that was told done."""
    done = -1
    with suppress(AssertionError, OSError, HTTPException), served(store, token=TOKEN) as server:
        killer = threading.Timer(seconds, _kill, [[*_children(server.process.pid), server.process.pid]])
        killer.start()
        while True:
            data = " ".join(f"<urn:n{done + 1}> <urn:p{index}> {index} ." for index in range(50))
            assert server.update(f"INSERT DATA {{ {data} }}") == 204
            done += 1
    killer.join()
    assert done > 0
    return done


def _kill(processes: list[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def _children(pid: int) -> list[int]:
    """All processes below one."""
    words = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout.split()
    parent = dict(zip(map(int, words[::2]), map(int, words[1::2]), strict=True))
    children = [child for child, above in parent.items() if above == pid]
    return children + [below for child in children for below in _children(child)]
