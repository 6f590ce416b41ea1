"""A request as ASGI tells of it, and how it is answered.

https://asgi.readthedocs.io/en/latest/specs/www.html
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, MutableMapping
from typing import Any

from sparql_endpoint.gateway.connection import Gathering

Headers = list[tuple[str, str]]
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]

_BODILESS = frozenset({204, 304})


class Request:
    """What a client asks, and the way back to it. `path` and `query_string` are as they were sent."""

    def __init__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["raw_path"].decode("latin-1")
        self.query_string: str = scope["query_string"].decode("latin-1")
        self.headers = _headers(scope["headers"])
        """By their names in small letters; what is sent several times stands with commas between (RFC 9110, 5.3)."""
        self.client: str = scope["client"][0] if scope["client"] else ""
        self.server: tuple[str, int] = scope["server"] or ("", 0)
        self.scheme: str = scope["scheme"]
        self.version: str = scope["http_version"]
        self._transport: Gathering = scope["transport"]
        self._receive, self._send = receive, send

    async def blocks(self) -> AsyncIterator[bytes]:
        """The body. Raises ConnectionResetError where the client goes before its end."""
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
        if status not in _BODILESS and not any(name == "content-length" for name, _ in headers):
            headers = [*headers, ("content-length", str(len(body)))]
        self._transport.gather()
        try:
            await self.begin(status, headers)
            await self.end(body)
        finally:
            self._transport.release()

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
        self._transport.abort()


def _headers(given: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in given:
        key, told = name.decode("latin-1"), value.decode("latin-1")
        found[key] = f"{found[key]}, {told}" if key in found else told
    return found
