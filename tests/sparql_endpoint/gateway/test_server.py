"""The server as it runs: streams that break visibly, limits per client, kept answers, hostile queries."""

from __future__ import annotations

import gzip
import http.client
import json
import signal
import socket
import threading
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard

from tests.sparql_endpoint.serving import Server, served

pytestmark = pytest.mark.slow
SMALL = "SELECT * { <urn:n1> ?p ?o } ORDER BY ?o"
EVERY = "SELECT * { ?s ?p ?o }"
GROWING = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("gateway")
    prepared = ox.Store(str(folder))
    nodes = [ox.NamedNode(f"urn:n{number}") for number in range(3000)]
    prepared.bulk_extend(ox.Quad(node, ox.NamedNode("urn:p"), other) for node in nodes for other in nodes[:10])
    prepared.flush()
    del prepared
    return str(folder)


@pytest.fixture(scope="module")
def server(store: str) -> Iterator[Server]:
    with served(store, "--default-graph", "plain", "--time-limit", "3", "--memory-limit", "400") as running_server:
        yield running_server


def _get(text: str, **parameters: str) -> str:
    return "/sparql?" + urllib.parse.urlencode({"query": text, **parameters})


@pytest.mark.parametrize("text", [SMALL, "ASK {}", "DESCRIBE <urn:n1>", "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 30"])
def test_an_answer_has_a_validator_for_each_coding(server: Server, text: str) -> None:
    tags = set()
    for coding in ("identity", "gzip", "zstd;q=0.5, gzip;q=0.4"):
        answer, body = server.ask("GET", _get(text), headers={"Accept-Encoding": coding})
        tags.add((answer.getheader("ETag"), answer.getheader("Content-Encoding")))
        assert answer.getheader("Cache-Control") == "public, no-cache"
        headers = {"Accept-Encoding": coding, "If-None-Match": answer.getheader("ETag", "")}
        again, empty = server.ask("GET", _get(text), headers=headers)
        assert (again.status, empty, again.getheader("ETag")) == (304, b"", answer.getheader("ETag"))
        assert len(body) > 0
    assert len({tag for tag, _ in tags}) == len({coding for _, coding in tags})


def test_what_changes_with_the_time_is_not_kept(server: Server) -> None:
    first, second = (server.ask("GET", _get("SELECT (NOW() AS ?n) {}")) for _ in range(2))
    assert first[0].getheader("Cache-Control") == "no-store"
    assert first[0].getheader("ETag") is None
    assert first[1] != second[1]


def _of_zstd(sent: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompressobj().decompress(sent)


def test_a_large_answer_streams(server: Server) -> None:
    answer, body = server.ask("GET", _get(EVERY), headers={"Accept": "text/csv"})
    assert answer.getheader("Transfer-Encoding") == "chunked"
    assert len(body.split()) == 30_001
    for coding, undo in (("gzip", gzip.decompress), ("zstd", _of_zstd)):
        answer, sent = server.ask(
            "GET", _get(EVERY, x=coding), headers={"Accept": "text/csv", "Accept-Encoding": coding}
        )
        assert answer.getheader("Content-Encoding") == coding
        assert undo(sent) == body
        assert len(sent) < len(body) / 4


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_limit_in_the_middle_breaks_the_answer_off(server: Server, coding: str) -> None:
    connection = http.client.HTTPConnection(server.netloc, timeout=30)
    connection.request("GET", _get(GROWING), headers={"Accept": "text/csv", "Accept-Encoding": coding})
    answer = connection.getresponse()
    assert answer.status == 200
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        answer.read()
    connection.close()
    _until(lambda: any(line.get("broken") for line in server.lines()))


def test_a_server_that_is_stopped_breaks_off_what_does_not_come_to_its_end(store: str) -> None:
    with served(store, "--default-graph", "plain", "--time-limit", "60") as server:
        connection = http.client.HTTPConnection(server.netloc, timeout=30)
        connection.request("GET", _get(GROWING), headers={"Accept": "text/csv"})
        answer = connection.getresponse()
        assert answer.read(1000)
        server.process.send_signal(signal.SIGTERM)
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            answer.read()
        connection.close()
        assert server.process.wait(20) == 0


def test_a_limit_before_the_first_row_has_its_status(server: Server) -> None:
    answer, body = server.ask("GET", _get(ENDLESS))
    assert answer.status == 503
    assert answer.getheader("Retry-After") == "3"
    assert json.loads(body)["title"] == "The query took too long"


def test_an_abandoned_query_stops(store: str) -> None:
    with served(store, "--default-graph", "plain", "--workers", "1", "--time-limit", "50") as server:
        server.query("ASK {}")
        host, _, port = server.netloc.partition(":")
        with socket.create_connection((host, int(port))) as client:
            client.sendall(f"GET {_get(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(1)
        started_at = time.monotonic()
        assert server.query("ASK {}") == "true"
        assert time.monotonic() - started_at < 10
        _until(lambda: any(line["status"] == 499 for line in server.lines()))


def test_kept_answers_are_told_in_the_log(server: Server) -> None:
    path = _get("SELECT (COUNT(*) AS ?kept) { ?s ?p ?o }")
    bodies = {server.ask("GET", path)[1] for _ in range(3)}
    assert len(bodies) == 1
    _until(lambda: any(line.get("cached") for line in server.lines()))
    line = next(line for line in server.lines() if line.get("cached"))
    assert (line["rows"], line["status"], len(str(line["query"]))) == (1, 200, 16)


def test_who_asks_again_at_once_gets_what_is_kept(store: str) -> None:
    request = f"GET {_get('SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?b ?p ?c }')} HTTP/1.1\r\nHost: x\r\n"
    with served(store, "--default-graph", "plain") as server:
        host, _, port = server.netloc.partition(":")
        with socket.create_connection((host, int(port)), timeout=30) as client:
            client.sendall(f"{request}\r\n{request}Connection: close\r\n\r\n".encode())
            assert client.makefile("rb").read().count(b"HTTP/1.1 200") == 2
        _until(lambda: len(_lines(server, "/sparql")) == 2)
        assert {line.get("cached", False) for line in _lines(server, "/sparql")} == {False, True}


def _lines(server: Server, path: str) -> list[dict[str, object]]:
    return [line for line in server.lines() if line["path"] == path]


def test_what_differs_each_time_is_not_kept(server: Server) -> None:
    for text in ("SELECT (RAND() AS ?x) {}", "SELECT (UUID() AS ?x) {}", "SELECT (STRUUID() AS ?x) {}"):
        answers = [server.ask("GET", _get(text)) for _ in range(3)]
        assert len({body for _, body in answers}) == 3
        assert {answer.getheader("Cache-Control") for answer, _ in answers} == {"no-store"}
        assert {answer.getheader("ETag") for answer, _ in answers} == {None}


def test_one_client_cannot_have_it_all(store: str) -> None:
    options = ("--default-graph", "plain", "--client-queries", "2", "--time-limit", "8", "--client-requests", "30")
    with served(store, *options) as server:
        statuses: list[int] = []

        def ask() -> None:
            answer, _ = server.ask("GET", _get(ENDLESS))
            statuses.append(answer.status)
            if answer.status == 429:
                assert int(answer.getheader("Retry-After") or 0) >= 1

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(statuses) == [429, 429, 503, 503]
        answers = [server.ask("GET", "/healthz") for _ in range(40)]
        refused = [(answer, body) for answer, body in answers if answer.status == 429]
        assert refused
        assert refused[0][0].getheader("Access-Control-Allow-Origin") == "*"
        assert "30 requests in a minute" in json.loads(refused[0][1])["detail"]


def test_too_long_addresses_and_bodies(server: Server) -> None:
    assert server.ask("GET", "/sparql?query=" + "a" * 60_001)[0].status == 414
    answer, body = server.ask("POST", "/sparql", b"x" * (5 << 20), {"Content-Type": "application/sparql-query"})
    assert answer.status == 413
    assert "bytes" in json.loads(body)["detail"]


HOSTILE = [
    ENDLESS,
    GROWING.replace("SELECT ?a ?d", "SELECT (SUM(STRLEN(STR(?a))) AS ?n)"),
    "SELECT (COUNT(*) AS ?n) { ?a (<urn:p>|!<urn:q>)*/(^<urn:p>|<urn:p>)* ?b . ?c (<urn:p>/<urn:p>)* ?d }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY DESC(?c) ?f ?i",
    "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?a ?b ?c . ?d ?e ?f BIND(CONCAT(STR(?a), STR(?c), STR(?d)) AS ?x) }",
    "SELECT ?z { BIND('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' AS ?a)"
    + "".join(
        f" BIND(CONCAT(?{a},?{a},?{a},?{a}) AS ?{b})"
        for a, b in zip("abcdefghijklmnop", "bcdefghijklmnopq", strict=True)
    )
    + " BIND(STRLEN(?q) AS ?z) }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?a), STR(?f)), '^(([a-z])+.)+[A-Z]+$')) }",
    "SELECT ?a (GROUP_CONCAT(?x) AS ?y) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND(STR(?i) AS ?x) } GROUP BY ?a",
]


def test_hostile_queries_leave_the_server_well(server: Server) -> None:
    statuses: list[int] = []

    def attack(text: str) -> None:
        statuses.append(server.ask("GET", _get(text))[0].status)

    attacking = [threading.Thread(target=attack, args=(text,)) for text in HOSTILE]
    for thread in attacking:
        thread.start()
    time.sleep(0.5)
    slowest = 0.0
    while any(thread.is_alive() for thread in attacking):
        started_at = time.monotonic()
        assert server.query("ASK { <urn:n1> <urn:p> ?o }", "application/sparql-results+json").endswith("true}")
        slowest = max(slowest, time.monotonic() - started_at)
        time.sleep(0.05)
    assert set(statuses) <= {200, 503}
    assert statuses.count(503) >= 4
    assert slowest < 5  # under one second on a machine of its own; see benchmarks
    assert server.query("ASK {}") == "true"


@pytest.mark.parametrize(
    "text",
    [
        "ASK" + "{" * 3000 + "}" * 3000,
        "SELECT ((" + "(" * 3000 + "1" + ")" * 3000 + ") AS ?x) {}",
        "ASK { ?s " + "(" * 3000 + "<urn:p>" + ")" * 3000 + " ?o }",
        "ASK { ?s ?p " + "[ ?p " * 3000 + "1" + "]" * 3000 + " }",
        "ASK { ?s ?p " + "<<( ?s ?p " * 3000 + "1" + ")>>" * 3000 + " }",
        "ASK { FILTER(" + "!" * 3000 + "true) }",
    ],
)
def test_deep_nesting_is_refused(server: Server, text: str) -> None:
    answer, body = server.ask("POST", "/sparql", text, {"Content-Type": "application/sparql-query"})
    assert answer.status == 400, body


def test_metrics_and_readiness(server: Server) -> None:
    assert server.ask("GET", "/readyz")[1] == b"ready\n"
    server.ask("GET", _get(SMALL))
    server.ask("MADEUP", "/sparql")
    content = server.ask("GET", "/metrics")[1].decode()
    assert "MADEUP" not in content
    assert 'nbkg_requests_total{method="GET",place="sparql",status="200"}' in content


def test_a_syntax_error_tells_where_and_what_may_help(server: Server) -> None:
    answer, body = server.ask("GET", _get("SELECT * {\n  ?s nb:x ?o }"))
    problem = json.loads(body)
    assert (answer.status, problem["line"]) == (400, 2)
    assert "PREFIX nb:" in problem["hint"]


def _until(holds: object) -> None:
    until = time.monotonic() + 10
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.05)


def test_the_file_system_is_left_as_it_was(store: str) -> None:
    before = sorted(Path(store).iterdir())
    with served(store, "--default-graph", "plain"):
        pass
    assert sorted(Path(store).iterdir()) == before
