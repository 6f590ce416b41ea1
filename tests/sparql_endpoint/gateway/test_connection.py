"""Connections as clients meet them: heads that do not end, requests in a row, answers in one piece or broken off."""

from __future__ import annotations

import asyncio
import http.client
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import pytest

from nbkg.errors import NbkgError
from sparql_endpoint.gateway import connection, supervisor
from sparql_endpoint.gateway.exchange import Event, Exchange, Receive, Send
from sparql_endpoint.gateway.pages import Pages
from sparql_endpoint.http.response import Response


async def _application(scope: Event, receive: Receive, send: Send) -> None:
    """Answers with the target; breaks off at /break."""
    exchange = Exchange(scope, receive, send)
    path = exchange.request.path
    if isinstance(refusal := exchange.context.refusal, NbkgError):
        await exchange.send(Response(refusal.status, [("x-target", path)], str(refusal).encode()))
        return
    if path == "/slow":
        await asyncio.sleep(0.3)
    if path == "/break":
        await exchange.begin(Response(200, [("content-type", "text/csv")]))
        await exchange.send_chunk(b"a,b\r\n")
        await asyncio.sleep(0.1)
        exchange.break_off(ValueError("in the middle"))
        return
    if path == "/stream":
        await exchange.begin(Response(200, [("content-type", "text/csv")]))
        for _ in range(3 if exchange.request.method == "GET" else 0):
            await exchange.send_chunk(b"a,b\r\n")
        await exchange.end()
        return
    if path == "/split":
        await exchange.send(Response(200, [("x-header", "a\r\nx-other: b")]))
        return
    await exchange.read_body(1000)
    await exchange.send(Response(204 if path == "/none" else 200, [("x-target", path)], exchange.request.body))


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    """A server with limits short enough for a test."""
    patched = pytest.MonkeyPatch()
    patched.setattr(connection, "HEAD_WITHIN", 0.5)
    listening = supervisor.listen("127.0.0.1", 0)
    server = supervisor.make_server(_application)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    yield listening.getsockname()
    server.should_exit = True
    thread.join(10)
    patched.undo()


@pytest.fixture
def client(address: tuple[str, int]) -> Iterator[socket.socket]:
    with closing(socket.create_connection(address, timeout=10)) as connected:
        yield connected


def _read(client: socket.socket) -> tuple[int, dict[str, str], bytes]:
    answer = http.client.HTTPResponse(client)
    answer.begin()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def _is_closed(client: socket.socket, within: float) -> bool:
    client.settimeout(within)
    try:
        return client.recv(1) == b""
    except TimeoutError:
        return False


@pytest.mark.parametrize(
    "sent", [b"", b"GET /x HTTP/1.1\r\nHost:", b"\r\n"], ids=["nothing", "half a head", "line ends"]
)
def test_a_head_that_does_not_come_is_not_waited_for(client: socket.socket, sent: bytes) -> None:
    client.sendall(sent)
    assert _is_closed(client, 3)


def test_line_ends_after_a_request_do_not_keep_a_connection(client: socket.socket) -> None:
    client.sendall(b"GET /x HTTP/1.1\r\nHost: x\r\n\r\n")
    assert _read(client)[0] == 200
    client.sendall(b"\r\n")
    assert _is_closed(client, 3)


def test_a_head_without_end_is_refused(client: socket.socket) -> None:
    client.sendall(b"GET /x HTTP/1.1\r\nHost: x\r\n")
    line = b"X-Filler: " + b"a" * 1000 + b"\r\n"
    try:
        for _ in range(1000):
            client.sendall(line)
    except ConnectionError:
        pass
    assert client.recv(100).startswith(b"HTTP/1.1 431 ")


def test_an_answer_goes_out_in_one_piece(client: socket.socket) -> None:
    for _ in range(20):
        client.sendall(b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello")
        assert client.recv(65536).endswith(b"content-length: 5\r\n\r\nhello")


def test_requests_in_a_row_are_answered_in_their_order(client: socket.socket) -> None:
    targets = ["/a", "/slow", "/b", "/none", "/c"]
    client.sendall("".join(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n" for target in targets).encode())
    client.sendall(b"GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    received = client.makefile("rb").read()
    starts = [received.index(f"x-target: {path}\r\n".encode()) for path in [*targets, "/last"]]
    assert starts == sorted(starts)
    assert received.count(b"HTTP/1.1 20") == 6
    assert received.endswith(b"connection: close\r\n\r\n")


@pytest.mark.parametrize("first", ["/a", "/slow"])
def test_a_thousand_requests_in_a_row_are_answered(client: socket.socket, first: str) -> None:
    targets = [first, *(f"/{number}" for number in range(1000))]
    client.sendall("".join(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n" for target in targets).encode())
    client.sendall(b"GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    received = client.makefile("rb").read()
    assert re.findall(rb"x-target: (\S+)", received) == [target.encode() for target in [*targets, "/last"]]


def test_head_has_no_body(client: socket.socket) -> None:
    client.sendall(b"HEAD /x HTTP/1.1\r\nHost: x\r\n\r\n")
    assert client.recv(65536).endswith(b"\r\n\r\n")


def test_an_offer_of_another_protocol_is_passed_over(client: socket.socket) -> None:
    """As Java's client makes it with each first request."""
    offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"
    client.sendall(b"GET /x HTTP/1.1\r\nHost: x\r\n" + offer + b"\r\n")
    assert _read(client)[0] == 200
    client.sendall(b"GET /x HTTP/1.1\r\nHost: x\r\n\r\n")
    assert _read(client)[0] == 200


def test_a_header_cannot_begin_another_line(client: socket.socket) -> None:
    client.sendall(b"GET /split HTTP/1.1\r\nHost: x\r\n\r\n")
    assert _read(client)[0] == 500


def test_a_connection_that_is_broken_off_leaves_the_answer_incomplete(client: socket.socket) -> None:
    client.sendall(b"GET /break HTTP/1.1\r\nHost: x\r\n\r\n")
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        _read(client)


def test_also_for_who_knows_no_chunks(client: socket.socket) -> None:
    client.sendall(b"GET /break HTTP/1.0\r\nHost: x\r\n\r\n")
    with pytest.raises(ConnectionResetError):
        client.makefile("rb").read()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /x?\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
        (b"hello\r\n\r\n", 400),
        (b"GET /x HTTP/9.9\r\n\r\n", 400),
        (b"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET /x HTTP/1.1\r\nBad Header\r\n\r\n", 400),
        (b"GET /x HTTP/1.1\r\nA: \x00\r\n\r\n", 400),
        (b"POST /x HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 400),
        (b"FETCH /x HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        (b"GET /" + b"a" * 66_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET /?" + b"a" * 300_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET /" + b"\xc3\xa5" * 40_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nCookie: " + b"a" * 300_000 + b"\r\n\r\n", 431),
    ],
)
def test_what_cannot_be_read_is_refused(client: socket.socket, sent: bytes, status: int) -> None:
    client.sendall(sent)
    assert client.makefile("rb").read().startswith(b"HTTP/1.1 %d " % status)


def test_a_refused_request_ends_those_before_it_in_their_order(client: socket.socket) -> None:
    client.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
    client.sendall(b"GET /\xe5 HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n")
    received = client.makefile("rb").read()
    assert [line[9:12] for line in received.split(b"\r\n") if line.startswith(b"HTTP/1.1")] == [b"200", b"400"]


def test_a_broken_body_is_refused(client: socket.socket) -> None:
    client.sendall(b"POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
    received = client.makefile("rb").read()
    assert received.startswith(b"HTTP/1.1 400 ")
    assert b"application/problem+json" in received
    assert b"access-control-allow-origin: *" in received


def test_a_body_of_unknown_length_is_sent_plainly_to_http_1_0(client: socket.socket) -> None:
    client.sendall(b"GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    head, _, body = client.makefile("rb").read().partition(b"\r\n\r\n")
    assert body == b"a,b\r\n" * 3
    assert b"transfer-encoding" not in head.lower()
    assert b"connection: close" in head.lower()


def test_a_head_of_http_1_0_comes_without_a_body(client: socket.socket) -> None:
    client.sendall(b"HEAD /stream HTTP/1.0\r\n\r\n")
    assert client.makefile("rb").read().endswith(b"\r\n\r\n")


def test_http_1_1_still_gets_chunks(client: socket.socket) -> None:
    client.sendall(b"GET /stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert b"transfer-encoding: chunked" in client.makefile("rb").read()


def test_a_header_cannot_be_passed_off_as_another() -> None:
    """WSGI cannot tell a low line in a name from a hyphen."""
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        seen.update(environ)
        start_response("200 OK", [("Content-Length", "0")])
        return []

    async def finish(exchange: Exchange, response: Response) -> None:
        assert response.status == 200

    async def call() -> None:
        pages = Pages(application, 1, finish)
        await pages.respond(Exchange(scope, None, None))  # type: ignore[arg-type]  # nothing is sent or received

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/a b",
        "raw_path": b"/a%20b",
        "query_string": b"q=%20",
        "headers": [(b"x_forwarded_for", b"1.1.1.1"), (b"accept", b"text/csv"), (b"accept", b"*/*")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
        "scheme": "http",
        "http_version": "1.1",
        connection.CYCLE: SimpleNamespace(transport=None),
    }
    asyncio.run(call())
    assert "HTTP_X_FORWARDED_FOR" not in seen
    assert seen["HTTP_ACCEPT"].replace(" ", "") == "text/csv,*/*"
    assert (seen["PATH_INFO"], seen["QUERY_STRING"], seen["SERVER_PORT"]) == ("/a b", "q=%20", "2")
