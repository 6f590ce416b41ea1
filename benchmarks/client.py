"""A light HTTP client: one kept-alive connection over a bare socket, so that what is measured is the server."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from typing import BinaryIO, cast
from urllib.parse import quote

from benchmarks.mix import Question


@dataclass(frozen=True)
class Address:
    """The address that an endpoint listens at."""

    port: int
    path: str
    host: str = "127.0.0.1"

    def target(self, text: str) -> str:
        """The request target that asks a query."""
        return f"{self.path}?query={quote(text, safe='')}"

    def request(self, question: Question) -> bytes:
        """The whole request that asks a question."""
        head = f"GET {self.target(question.text)} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n"
        return f"{head}Accept: {question.media_type}\r\nUser-Agent: nbkg-benchmarks\r\n\r\n".encode()


@dataclass(frozen=True)
class Answer:
    """What came back, and the seconds from the request's first byte to the answer's last."""

    status: int
    media_type: str
    body: bytes
    seconds: float


class Client:
    """A connection to an endpoint, made anew when the server has closed it."""

    def __init__(self, address: Address, seconds: float = 300.0) -> None:
        self._address, self._seconds = address, seconds
        self._socket: socket.socket | None = None
        self._stream: BinaryIO

    def ask(self, request: bytes) -> Answer:
        """The answer to a request. Raises OSError (TimeoutError) where none comes."""
        was_open = self._socket is not None
        try:
            return self._exchange(request)
        except ConnectionError:
            self.close()
            if not was_open:
                raise
            return self._exchange(request)
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        """Ends the connection."""
        if self._socket:
            self._stream.close()
            self._socket.close()
            self._socket = None

    def _exchange(self, request: bytes) -> Answer:
        connection = self._socket or self._connect()
        start = time.perf_counter()
        connection.sendall(request)
        status, headers = _head(self._stream)
        body = _body(self._stream, headers)
        seconds = time.perf_counter() - start
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, headers.get("content-type", "").partition(";")[0].strip(), body, seconds)

    def _connect(self) -> socket.socket:
        connection = socket.create_connection((self._address.host, self._address.port), timeout=self._seconds)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket, self._stream = connection, cast("BinaryIO", connection.makefile("rb", buffering=1 << 18))
        return connection


def _head(stream: BinaryIO) -> tuple[int, dict[str, str]]:
    """The status and the headers, their names in small letters."""
    first = stream.readline()
    if not first:
        raise ConnectionResetError("closed before an answer")
    headers = {}
    while (line := stream.readline()) not in (b"\r\n", b"\n", b""):
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.lower()] = value.strip()
    return int(first.split(b" ", 2)[1]), headers


def _body(stream: BinaryIO, headers: dict[str, str]) -> bytes:
    if "chunked" in headers.get("transfer-encoding", "").lower():
        return _chunks(stream)
    if "content-length" in headers:
        return _exactly(stream, int(headers["content-length"]))
    headers["connection"] = "close"
    return stream.read()


def _chunks(stream: BinaryIO) -> bytes:
    """A chunked body (RFC 9112, section 7.1); trailers are passed over."""
    parts = []
    while size := int(stream.readline().partition(b";")[0] or b"-", 16):
        parts.append(_exactly(stream, size))
        stream.readline()
    while stream.readline() not in (b"\r\n", b"\n", b""):
        pass
    return b"".join(parts)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    body = stream.read(size)
    if len(body) < size:
        raise BrokenPipeError("closed within an answer")
    return body
