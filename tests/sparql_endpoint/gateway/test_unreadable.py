"""Requests that cannot be read, as a client of the whole server meets their answers; and HTTP/1.0."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPResponse

import pytest

from tests.sparql_endpoint.serving import Server, served

LONG = b"GET /search?lang=nn&q=" + b"a" * 66_000 + b" HTTP/1.1\r\nHost: x\r\n"
RAW = "GET /search?q=sk\u00e5l&lang={} HTTP/1.1\r\nHost: x\r\n"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(store_of_all: str) -> Iterator[Server]:
    with served(store_of_all, "--workers", "2", "--time-limit", "3") as running:
        yield running


def _send(server: Server, data: bytes, method: str = "GET") -> tuple[HTTPResponse, str]:
    host, _, port = server.netloc.partition(":")
    with closing(socket.create_connection((host, int(port)), timeout=60)) as client:
        client.sendall(data)
        answer = HTTPResponse(client, method=method)
        answer.begin()
        return answer, answer.read().decode()


@pytest.mark.parametrize(
    ("head", "status", "words"),
    [
        (LONG, 414, "POST"),
        (RAW.format("nb").encode(), 400, "/search?q=sk%C3%A5l&lang=nb"),
        (RAW.format("nb").encode("latin-1"), 400, "/search?q=sk%C3%A5l&lang=nb"),
        (b"GET /a b HTTP/1.1\r\nHost: x\r\n", 400, "/a%20b"),
        (b"GET /x HTTP/1.1\r\nCookie: " + b"a" * 300_000 + b"\r\n", 431, "POST"),
        (b"MADEUP /x HTTP/1.1\r\nHost: x\r\n", 501, "MADEUP"),
    ],
)
@pytest.mark.parametrize("accept", ["", "application/json", "text/html", "text/plain"])
def test_every_client_learns_what_to_do(server: Server, head: bytes, status: int, words: str, accept: str) -> None:
    line = f"Accept: {accept}\r\n" if accept else ""
    first, _, rest = head.partition(b"\r\n")
    answer, body = _send(server, first + b"\r\n" + line.encode() + rest + b"\r\n")
    assert answer.status == status
    assert answer.getheader("Access-Control-Allow-Origin") == "*"
    assert answer.getheader("Connection") == "close"
    assert answer.getheader("Content-Type", "").partition(";")[0] == {
        "": "application/problem+json",
        "application/json": "application/problem+json",
    }.get(accept, accept)
    if accept in ("", "application/json"):
        assert json.loads(body)["status"] == status
    assert words in body.replace("&amp;", "&")


@pytest.mark.parametrize(
    ("head", "status", "words"),
    [
        (b"GET /search?lang=en&q=l%E5n+b%F8ker HTTP/1.1\r\nHost: x\r\n", 400, "/search?lang=en&q=l%C3%A5n+b%C3%B8ker"),
        (b"GET /measures?q=spr%E5k&sort=title HTTP/1.1\r\nHost: x\r\n", 400, "/measures?q=spr%C3%A5k&sort=title"),
        (b"GET /changes/search?q=%E5vl HTTP/1.1\r\nHost: x\r\n", 400, "%C3%A5vl"),
        (b"GET /resource HTTP/1.1\r\nHost: x\r\n", 400, "iri="),
        (b"GET /resource?iri= HTTP/1.1\r\nHost: x\r\n", 400, "iri="),
        (b"PATCH /sparql HTTP/1.1\r\nHost: x\r\n", 405, "GET, HEAD, OPTIONS, POST"),
        (b"DELETE /search HTTP/1.1\r\nHost: x\r\n", 405, "GET, HEAD, OPTIONS"),
        (b"PATCH /data?graph=urn:g HTTP/1.1\r\nHost: x\r\n", 405, "DELETE, GET, HEAD, OPTIONS, POST, PUT"),
        (b"GET /healthz HTTP/1.1\r\n", 400, "Host"),
        (
            b"PUT /data?graph=urn:g HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Range: bytes 0-3/9\r\n",
            400,
            "whole",
        ),
        (b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Range: bytes 0-3/9\r\n", 400, "whole"),
        (b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n", 501, "Content-Encoding"),
        (b"PUT /data?default HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: deflate, Chunked\r\n", 501, "Content-Encoding"),
    ],
)
@pytest.mark.parametrize("accept", ["application/json", "text/html", "text/plain"])
def test_what_would_be_done_in_another_way_is_refused(
    server: Server, head: bytes, status: int, words: str, accept: str
) -> None:
    body = b"0\r\n\r\n" if b"Transfer-Encoding" in head else b""
    answer, text = _send(server, head + f"Accept: {accept}\r\n\r\n".encode() + body)
    assert (answer.status, words in text.replace("&amp;", "&")) == (status, True), text
    if status == 405:
        assert answer.getheader("Allow") == words


@pytest.mark.parametrize("coding", ["chunked", "Chunked"])
def test_a_body_may_come_in_chunks(server: Server, coding: str) -> None:
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: {coding}"
    answer, body = _send(server, f"{head}\r\nAccept: text/csv\r\n\r\n6\r\nASK {{}}\r\n0\r\n\r\n".encode())
    assert (answer.status, "true" in body) == (200, True)


def test_words_in_utf_8_are_not_touched(server: Server) -> None:
    for words in ("l%C3%A5n", "l%c3%a5n", "100%25", "%zz", "l%25E5n"):
        assert _send(server, f"GET /search?q={words} HTTP/1.1\r\nHost: x\r\n\r\n".encode())[0].status == 200


@pytest.mark.parametrize(
    ("language", "words"), [("nb", "som m\u00e5 skrives"), ("nn", "som m\u00e5 skrivast"), ("en", "must be written")]
)
def test_it_is_said_in_the_language_of_the_page(server: Server, language: str, words: str) -> None:
    html = b"Accept: text/html\r\n"
    by_address = _send(server, RAW.format(language).encode() + html + b"\r\n")
    by_header = _send(server, RAW.format("").encode() + html + f"Accept-Language: {language}\r\n\r\n".encode())
    in_json = _send(server, RAW.format("").encode() + f"Accept-Language: {language}\r\n\r\n".encode())
    for answer, body in (by_address, by_header, in_json):
        assert words in body
        assert answer.getheader("Content-Language") == language


def test_a_program_that_names_no_language_gets_english(server: Server) -> None:
    assert "must be" in json.loads(_send(server, RAW.format("").encode() + b"\r\n")[1])["detail"]


def test_a_refused_address_is_logged_and_the_server_goes_on(server: Server) -> None:
    _send(server, LONG + b"\r\n")
    assert server.query("ASK {}", "application/sparql-results+json").endswith("true}")
    assert any(line["status"] == 414 for line in server.lines())


@pytest.mark.parametrize(
    "path",
    [
        "/graph/current.nt",
        "/graph/current.ttl",
        "/",
        "/sparql?query=SELECT%20*%20%7B%20GRAPH%20?g%20%7B%20?s%20?p%20?o%20%7D%7D",
        "/sparql?query=ASK%7B%7D",
        "/measures.csv",
        "/data?graph=https://w3id.org/nbkg/graph/current",
        "/search?q=bibliotek",
        "/changes.atom",
        "/nowhere",
        "/static/style.css",
    ],
)
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_http_1_0_gets_the_same_bytes(server: Server, path: str, coding: str) -> None:
    sent = f"{{}} {path} HTTP/1.0\r\nHost: {server.netloc}\r\nAccept-Encoding: {coding}\r\n\r\n"
    host, _, port = server.netloc.partition(":")
    with closing(socket.create_connection((host, int(port)), timeout=60)) as client:
        client.sendall(sent.format("GET").encode())
        head, _, body = client.makefile("rb").read().partition(b"\r\n\r\n")
    assert b"transfer-encoding" not in head.lower()
    assert b"connection: close" in head.lower()
    assert body == server.ask("GET", path, headers={"Accept-Encoding": coding})[1]
    with closing(socket.create_connection((host, int(port)), timeout=60)) as client:
        client.sendall(sent.format("HEAD").encode())
        assert client.makefile("rb").read().endswith(b"\r\n\r\n")


def test_http_1_0_needs_no_host(server: Server) -> None:
    answer, _ = _send(server, b"GET /healthz HTTP/1.0\r\n\r\n")
    assert answer.status == 200


def test_http_1_0_is_not_told_to_continue(server: Server) -> None:
    """RFC 9110 section 10.1.1: the expectation of such a client is ignored."""
    head = "POST /sparql HTTP/1.{}\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 6\r\n"
    for version, first in ((0, b"HTTP/1.1 200 "), (1, b"HTTP/1.1 100 ")):
        host, _, port = server.netloc.partition(":")
        with closing(socket.create_connection((host, int(port)), timeout=60)) as client:
            client.sendall(f"{head.format(version)}Expect: 100-continue\r\nConnection: close\r\n\r\nASK {{}}".encode())
            assert client.makefile("rb").read().startswith(first)


def test_a_broken_answer_is_broken_for_http_1_0_too(server: Server) -> None:
    text = "SELECT%20?a%20?d%20%7B%20?a%20?b%20?c%20.%20?d%20?e%20?f%20.%20?g%20?h%20?i%20%7D"
    host, _, port = server.netloc.partition(":")
    with closing(socket.create_connection((host, int(port)), timeout=60)) as client:
        client.sendall(f"GET /sparql?query={text} HTTP/1.0\r\nAccept: text/csv\r\n\r\n".encode())
        with pytest.raises(ConnectionResetError):
            client.makefile("rb").read()
