"""Preconditions of requests, over HTTP: of changes in each way to make them, and of reading (RFC 9110 section 13)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from sparql_endpoint.errors import PreconditionFailedError
from sparql_endpoint.http.preconditions import Current, check
from tests.sparql_endpoint.serving import TOKEN, Server, served

BEARER = {"Authorization": f"Bearer {TOKEN}"}
GRAPH = "/data?graph=urn:g"
LONG_AGO = "Sat, 01 Jan 2000 00:00:00 GMT"
LATER = "Fri, 01 Jan 2100 00:00:00 GMT"
MULTIPART = (
    b'--cut\r\nContent-Disposition: form-data; name="f"; filename="a.ttl"\r\nContent-Type: text/turtle\r\n\r\n'
    b"<urn:new> <urn:p> 1 .\r\n--cut--\r\n"
)
CHANGES = {
    "PUT": ("PUT", GRAPH, "text/turtle", b"<urn:new> <urn:p> 1 ."),
    "PUT default": ("PUT", "/data?default", "text/turtle", b"<urn:new> <urn:p> 1 ."),
    "PUT direct": ("PUT", "/data/direct", "text/turtle", b"<urn:new> <urn:p> 1 ."),
    "POST": ("POST", GRAPH, "text/turtle", b"<urn:new> <urn:p> 1 ."),
    "POST multipart": ("POST", GRAPH, "multipart/form-data; boundary=cut", MULTIPART),
    "DELETE": ("DELETE", GRAPH, "", b""),
    "DELETE direct": ("DELETE", "/data/direct", "", b""),
    "update": ("POST", "/sparql", "application/sparql-update", b"INSERT DATA { <urn:new> <urn:p> 1 }"),
    "update in a form": (
        "POST",
        "/sparql",
        "application/x-www-form-urlencoded",
        b"update=" + quote("INSERT DATA { <urn:new> <urn:p> 1 }").encode(),
    ),
}
FAILING = (
    {"If-Match": '"stale"'},
    {"If-Match": "stale"},
    {"If-Match": '"a", W/"b", "c"'},
    {"If-Unmodified-Since": LONG_AGO},
    {"If-Unmodified-Since": "Saturday, 01-Jan-00 00:00:00 GMT"},
    {"If-None-Match": "*"},
    {"If-Match": "*", "If-None-Match": "*"},
)
HOLDING = (
    {"If-Match": "*"},
    {"If-None-Match": '"stale"'},
    {"If-Unmodified-Since": LATER},
    {"If-Unmodified-Since": "not a date"},
    {"If-Modified-Since": LATER},
    {"If-Match": ""},
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with served("memory:", "--default-graph", "plain", "--workers", "2", token=TOKEN) as running:
        yield running


@pytest.fixture
def filled(server: Server) -> Server:
    assert server.update("DROP ALL ; INSERT DATA { <urn:old> <urn:p> 1 GRAPH <urn:g> { <urn:old> <urn:p> 1 } }") == 204
    direct = f"INSERT DATA {{ GRAPH <{server.address}/data/direct> {{ <urn:old> <urn:p> 1 }} }}"
    assert server.update(direct) == 204
    return server


def _change(server: Server, change: str, headers: dict[str, str]) -> tuple[int, bytes]:
    method, path, media_type, body = CHANGES[change]
    answer, content = server.ask(method, path, body, {**BEARER, "Content-Type": media_type, **headers})
    return answer.status, content


def _content(server: Server) -> list[str]:
    return sorted(server.query("SELECT ?g ?s { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }").split())


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_made_only_where_its_preconditions_hold(filled: Server, change: str) -> None:
    before = _content(filled)
    for headers in FAILING:
        status, body = _change(filled, change, headers)
        assert (status, json.loads(body)["status"]) == (412, 412), headers
        assert _content(filled) == before, headers
    for headers in HOLDING:
        assert _change(filled, change, headers)[0] in (204, 404), headers
    assert _content(filled) != before


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    "reading", [{}, {"Accept": "application/n-triples"}, {"Accept-Encoding": "gzip"}, {"Accept-Encoding": "zstd"}]
)
def test_the_entity_tag_that_was_read_allows_one_change(filled: Server, change: str, reading: dict[str, str]) -> None:
    target = "/sparql?query=ASK%7B%7D" if "update" in change else CHANGES[change][1]
    many = " . ".join(f"<urn:s{number}> <urn:p> {number}" for number in range(200))
    graphs = f"{many} GRAPH <urn:g> {{ {many} }} GRAPH <{filled.address}/data/direct> {{ {many} }}"
    assert filled.update(f"INSERT DATA {{ {graphs} }}") == 204
    accept = {} if "update" in change else reading
    etag = filled.ask("GET", target, headers=accept)[0].getheader("ETag") or ""
    assert _change(filled, change, {"If-None-Match": etag})[0] == 412
    assert _change(filled, change, {"If-Match": f"W/{etag}"})[0] == 412
    assert _change(filled, change, {"If-Match": f'"other", {etag}'})[0] == 204
    if "DELETE" not in change:
        assert _change(filled, change, {"If-Match": etag})[0] == 412
    assert _change(filled, change, {"If-None-Match": etag})[0] in (204, 404)


@pytest.mark.slow
def test_a_graph_that_is_not_there(filled: Server) -> None:
    def ask(method: str, headers: dict[str, str]) -> int:
        sent = {**BEARER, "Content-Type": "text/turtle", **headers}
        return filled.ask(method, "/data?graph=urn:none", "<urn:a> <urn:p> 1 .", sent)[0].status

    for failing in ({"If-Match": "*"}, {"If-Match": '"x"'}):
        assert ask("PUT", failing) == ask("POST", failing) == 412
        assert ask("DELETE", failing) == 404
    assert ask("PUT", {"If-None-Match": "*"}) == 201
    assert ask("PUT", {"If-None-Match": "*"}) == 412


@pytest.mark.slow
def test_other_faults_come_before_preconditions(filled: Server) -> None:
    for change in ("PUT", "DELETE", "update"):
        assert _change(filled, change, {"If-Match": '"x"', "Authorization": "Bearer other"})[0] == 401
    assert filled.ask("PATCH", GRAPH, b"", {**BEARER, "If-Match": '"x"'})[0].status == 405
    sent = {**BEARER, "Content-Type": "text/plain", "If-Match": '"x"'}
    assert filled.ask("PUT", GRAPH, "x", sent)[0].status == 415


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK%7B%7D", GRAPH, "/", "/prefixes", "/sparql?query=ASK%7B%7D&format=html", "/sparql"]
)
def test_reading_has_preconditions_too(filled: Server, path: str) -> None:
    accept = {"Accept": "text/turtle, text/html;q=0.9, */*;q=0.8"}
    etag = filled.ask("GET", path, headers=accept)[0].getheader("ETag") or ""
    for method in ("GET", "HEAD"):
        for headers, status in (
            ({"If-Match": '"x"'}, 412),
            ({"If-Unmodified-Since": LONG_AGO}, 412),
            ({"If-Match": etag}, 200),
            ({"If-Match": "*"}, 200),
            ({"If-Match": etag, "If-None-Match": etag}, 304),
            ({"If-None-Match": "*"}, 304),
        ):
            assert filled.ask(method, path, headers={**accept, **headers})[0].status == status, (method, headers)


@pytest.mark.slow
def test_a_release_is_not_made_twice(tmp_path: object) -> None:
    with served(f"{tmp_path}/store", token=TOKEN) as running:

        def make(headers: dict[str, str]) -> int:
            return running.ask("PUT", "/releases/2026-05-01", b"", {**BEARER, **headers})[0].status

        assert make({"If-Match": "*"}) == 412
        assert make({"If-None-Match": "*"}) == 201
        assert make({"If-None-Match": "*"}) == 412
        assert make({}) == 409


@pytest.mark.parametrize(
    ("method", "headers", "fails"),
    [
        ("PUT", {"if-match": '"a"'}, False),
        ("PUT", {"if-match": 'W/"a"'}, True),
        ("PUT", {"if-none-match": 'W/"a"'}, True),
        ("PUT", {"if-none-match": '"b"'}, False),
        ("GET", {"if-none-match": '"a"'}, False),
        ("PUT", {"if-match": '"a"', "if-unmodified-since": LONG_AGO}, False),
        ("PUT", {"if-unmodified-since": "Thu, 01 Jan 1970 00:16:40 GMT"}, True),
        ("PUT", {"if-unmodified-since": "Thu, 01 Jan 1970 00:16:41 GMT"}, False),
    ],
)
def test_the_order_of_preconditions(method: str, headers: dict[str, str], fails: bool) -> None:
    current = Current(lambda tag: tag == "a", modified=1000.5)
    if fails:
        with pytest.raises(PreconditionFailedError):
            check(method, headers, current)
    else:
        check(method, headers, current)


@pytest.mark.slow
def test_of_changes_at_once_one_is_made(filled: Server) -> None:
    etag = filled.ask("GET", GRAPH)[0].getheader("ETag") or ""
    with ThreadPoolExecutor(8) as threads:
        changes = [threads.submit(_change, filled, change, {"If-Match": etag}) for change in ["PUT", "POST"] * 4]
    assert sorted(change.result()[0] for change in changes) == [204] + [412] * 7
