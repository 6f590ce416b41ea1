"""A request, and how it is answered by ASGI.

https://asgi.readthedocs.io/en/latest/specs/www.html
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, MutableMapping
from typing import Any, Protocol

from sparql_endpoint.errors import TooLargeError

Headers = list[tuple[str, str]]
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]

ASKED = "nbkg.asked"
"""Where the scope holds what came of a request before the application was called."""
TRANSPORT = "nbkg.transport"
"""Where the scope holds the way to the client."""
_BODILESS = frozenset({204, 304})
"""The statuses of answers without a body."""
_WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS", "DELETE"})
_READ_AWAY = 4
"""How many times the largest body is read, to be thrown away."""


class Transport(Protocol):
    """The way to a client; what is written between `gather` and `release` goes out in one piece."""

    def gather(self) -> None: ...  # noqa: D102

    def release(self) -> None: ...  # noqa: D102

    def abort(self) -> None: ...  # noqa: D102


class Request:
    """What a client asks, and the way back to it. `path` and `query_string` are as they were sent.

    `headers` are by their names in small letters; what is sent several times stands with commas between (RFC 9110
    section 5.3).
    """

    def __init__(self, scope: Mapping[str, Any], path: bytes, query_string: bytes) -> None:
        self.method: str = scope["method"]
        self.path = path.decode("latin-1")
        self.query_string = query_string.decode("latin-1")
        self.headers = _headers(scope["headers"])
        self.client: str = scope["client"][0] if scope["client"] else ""
        self.server: tuple[str, int] = scope["server"] or ("", 0)
        self.scheme: str = scope["scheme"]
        self.version: str = scope["http_version"]
        self.transport: Transport = scope[TRANSPORT]
        self._receive: Receive
        self._send: Send

    @classmethod
    def of(cls, scope: Mapping[str, Any]) -> Request:
        """The request that a scope tells of."""
        return cls(scope, scope["raw_path"], scope["query_string"])

    def ways(self, receive: Receive, send: Send) -> None:
        """Takes the ways on which its body comes and its answer goes."""
        self._receive, self._send = receive, send

    async def body(self, most: int) -> bytes:
        """The body, of so many bytes at most. Raises TooLargeError, ConnectionResetError.

        One that is a little too large is read to its end, and thrown away: many clients only then look at the answer.
        """
        if self.method in _WITHOUT_BODY:
            return b""
        refused = TooLargeError(f"the body is larger than {most} bytes")
        if int(self.headers.get("content-length") or 0) > _READ_AWAY * most:
            raise refused
        blocks, length = bytearray(), 0
        async for block in self.blocks():
            length += len(block)
            if length > _READ_AWAY * most:
                break
            if length <= most:
                blocks += block
        if length > most:
            raise refused
        return bytes(blocks)

    async def blocks(self) -> AsyncIterator[bytes]:
        """The body as it comes. Raises ConnectionResetError where the client goes before its end."""
        more = True
        while more:
            event = await self._receive()
            if event["type"] == "http.disconnect":
                raise ConnectionResetError("the client has gone")
            yield event["body"]
            more = event["more_body"]

    async def gone(self) -> None:
        """Returns once the client has gone; to be awaited when the body was read, or is not wanted."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def answer(self, status: int, headers: Headers, body: bytes) -> None:
        """Answers with a body that is there."""
        if status not in _BODILESS:
            headers = with_length(headers, body)
        self.transport.gather()
        try:
            await self.begin(status, headers)
            await self.end(body)
        finally:
            self.transport.release()

    async def begin(self, status: int, headers: Headers) -> None:
        """Begins an answer whose body is sent bit by bit."""
        told = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        await self._send({"type": "http.response.start", "status": status, "headers": told})

    async def send(self, block: bytes) -> None:
        """Sends a bit; waits where the client is slow to take it."""
        await self._send({"type": "http.response.body", "body": block, "more_body": True})

    async def end(self, block: bytes = b"") -> None:
        """All was sent but for this bit."""
        await self._send({"type": "http.response.body", "body": block})

    def break_off(self) -> None:
        """Closes the connection at once, in the middle of an answer.

        The last chunk never comes, so that the client takes the answer for incomplete (RFC 9112 section 8,
        https://www.rfc-editor.org/rfc/rfc9112#section-8).
        """
        self.transport.abort()


def with_length(headers: Headers, body: bytes) -> Headers:
    """The headers, the body's length among them."""
    if any(name == "content-length" for name, _ in headers):
        return headers
    return [*headers, ("content-length", str(len(body)))]


def _headers(given: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in given:
        key, told = name.decode("latin-1"), value.decode("latin-1")
        found[key] = f"{found[key]}, {told}" if key in found else told
    return found
