"""Connections as clients meet them: heads that do not end, requests in a row, answers in one piece or broken off."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from sparql_endpoint.gateway import connection, running, wsgi
from sparql_endpoint.gateway.request import TRANSPORT, Receive, Request, Send


class _Gateway:
    """Answers with the target; breaks off at /break."""

    def __init__(self) -> None:
        self.asked: list[Request] = []

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        request = Request.of(scope)
        request.ways(receive, send)
        self.asked.append(request)
        if request.path == "/slow":
            await asyncio.sleep(0.3)
        if request.path == "/break":
            await request.begin(200, [("content-type", "text/csv")])
            await request.send(b"a,b\r\n")
            await asyncio.sleep(0.1)
            request.break_off()
            return
        body = b"".join([block async for block in request.blocks()])
        await request.answer(204 if request.path == "/none" else 200, [("x-target", request.path)], body)

    def at_once(self, request: Request) -> tuple[object, wsgi.Answer | None]:
        fast = "fast" in request.query_string
        return self, wsgi.Answer(200, [("x-way", "short")], b"at once") if fast else None

    def sent(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    """A server with limits short enough for a test."""
    patched = pytest.MonkeyPatch()
    patched.setattr(connection, "HEAD_WITHIN", 0.5)
    listening = running.listening("127.0.0.1", 0)
    server = running.server(_Gateway())  # which has all that a connection uses
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    yield listening.getsockname()
    server.should_exit = True
    thread.join(10)
    patched.undo()


@pytest.fixture
def client(address: tuple[str, int]) -> Iterator[socket.socket]:
    with closing(socket.create_connection(address, timeout=10)) as made:
        yield made


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


def test_the_short_way_answers_too(client: socket.socket) -> None:
    for way in ("fast", "slow", "fast"):
        client.sendall(f"GET /sparql?{way} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        status, headers, body = _read(client)
        assert (status, body) == (200, b"at once" if way == "fast" else b"")
        assert "date" in headers
        assert ("x-way" in headers) is (way == "fast")


def test_requests_in_a_row_are_answered_in_their_order(client: socket.socket) -> None:
    targets = ["/sparql?fast", "/slow", "/sparql?fast", "/b", "/sparql?fast", "/none", "/c"]
    client.sendall("".join(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n" for target in targets).encode())
    client.sendall(b"GET /sparql?fast HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    said = bytearray()
    while block := client.recv(65536):
        said += block
    starts = [said.index(f"x-target: {path}\r\n".encode()) for path in ("/slow", "/b", "/none", "/c")]
    assert starts == sorted(starts)
    assert said.count(b"HTTP/1.1 20") == 8
    assert said.index(b"at once") < starts[0]


def test_one_that_has_a_body_goes_the_long_way(client: socket.socket) -> None:
    client.sendall(b"GET /sparql?fast HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi")
    assert _read(client)[1]["x-target"] == "/sparql"
    client.sendall(b"HEAD /sparql?fast HTTP/1.1\r\nHost: x\r\n\r\n")
    assert client.recv(65536).endswith(b"\r\n\r\n")


def test_an_offer_of_another_protocol_is_passed_over(client: socket.socket) -> None:
    """As Java's client makes it with each first request."""
    offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"
    client.sendall(b"GET /sparql?fast HTTP/1.1\r\nHost: x\r\n" + offer + b"\r\n")
    assert _read(client)[0] == 200
    client.sendall(b"GET /sparql?fast HTTP/1.1\r\nHost: x\r\n\r\n")
    assert _read(client)[0] == 200


def test_a_connection_that_is_broken_off_leaves_the_answer_incomplete(client: socket.socket) -> None:
    client.sendall(b"GET /break HTTP/1.1\r\nHost: x\r\n\r\n")
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        _read(client)


def test_also_for_who_knows_no_chunks(client: socket.socket) -> None:
    client.sendall(b"GET /break HTTP/1.0\r\nHost: x\r\n\r\n")
    with pytest.raises(ConnectionResetError):
        client.makefile("rb").read()


def test_what_is_no_http_is_refused(client: socket.socket) -> None:
    client.sendall(b"GET /sparql?\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n")
    assert client.recv(100).startswith(b"HTTP/1.1 400 ")


def test_a_header_cannot_be_passed_off_as_another() -> None:
    scope = {
        "method": "GET",
        "headers": [(b"x_forwarded_for", b"1.1.1.1"), (b"accept", b"text/csv"), (b"accept", b"*/*")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
        "scheme": "http",
        "http_version": "1.1",
        TRANSPORT: None,
    }
    environ = wsgi.environ(Request(scope, b"/a%20b", b"q=%20"), b"")
    assert "HTTP_X_FORWARDED_FOR" not in environ
    assert environ["HTTP_ACCEPT"] == "text/csv, */*"
    assert (environ["PATH_INFO"], environ["QUERY_STRING"], environ["SERVER_PORT"]) == ("/a b", "q=%20", "2")
