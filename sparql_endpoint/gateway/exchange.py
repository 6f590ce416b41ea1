"""One request and its response on the way through the gateway.

https://asgi.readthedocs.io/en/latest/specs/www.html
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from sparql_endpoint.errors import TooLargeError
from sparql_endpoint.gateway.connection import CYCLE, reset, send_until_close, write_response
from sparql_endpoint.http.cancellation import Cancellation
from sparql_endpoint.http.request import BODILESS, Request, read_headers
from sparql_endpoint.http.request_context import REFUSAL, RequestContext
from sparql_endpoint.http.response import Response
from sparql_endpoint.services.metrics import AccessLine
from sparql_endpoint.services.row_count import RowCount

Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]

_LOG = logging.getLogger(__name__)
_CLIENT_LEFT = 499
"""The status, in the access log only, of a request whose client did not wait for its response."""
_DISCARDED = 4
"""How many times the largest body is read, to be thrown away."""


class Exchange:
    """A request, the way on which its response goes, and its line of the access log."""

    def __init__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        self.scope = scope
        self.request = Request(
            scope["method"],
            scope["raw_path"].decode("latin-1"),
            scope["query_string"],
            read_headers(scope["headers"]),
            scope["scheme"],
            server=scope["server"],
            client=scope["client"][0] if scope["client"] else "",
        )
        self.context = RequestContext(scope.get(REFUSAL))
        self.cancellation = Cancellation()
        self.line = AccessLine(self.request.client, self.request.method, self.request.path)
        self._started_at = time.perf_counter()
        self._cycle: RequestResponseCycle = scope[CYCLE]
        self.connection: object = self._cycle.transport
        self._receive = receive
        self._send = send
        self._is_begun = False
        self._rows: RowCount
        """Of a body that is sent in chunks, once it is begun."""
        self._watch: asyncio.Task[None] | None = None
        self.key: tuple[Any, ...] | None = None
        """The key by which the response is kept; None where it is not."""

    async def read_body(self, limit: int) -> None:
        """Read the body, of so many bytes at most. Raises TooLargeError, ConnectionResetError.

        One that is a little too large is read to its end, and thrown away: many clients only then read the response.
        """
        if self.request.method in BODILESS:
            return
        error = TooLargeError(
            f"the body is larger than {limit} bytes", words=("body_too_large", {"number": str(limit)})
        )
        if int(self.request.headers.get("content-length") or 0) > _DISCARDED * limit:
            raise error
        body, length, more = bytearray(), 0, True
        while more and length <= _DISCARDED * limit:
            event = await self._receive()
            if event["type"] == "http.disconnect":
                raise ConnectionResetError("the client has gone")
            length += len(event["body"])
            if length <= limit:
                body += event["body"]
            more = event["more_body"]
        if length > limit:
            raise error
        self.request.body = bytes(body)

    def start_watching(self) -> None:
        """Cancel what works for the request as soon as its client goes; to be called once the body was read."""
        if self._watch is None:
            self._watch = asyncio.get_running_loop().create_task(self._wait_for_disconnect())

    def stop_watching(self) -> None:
        """Watch no longer whether the client goes."""
        if self._watch:
            self._watch.cancel()

    async def _wait_for_disconnect(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.cancellation.cancel()

    async def send(self, response: Response) -> None:
        """Send a response with a body that is there; wait where the client is slow to take what came before."""
        body = response.body or b""
        if self._cycle.flow.write_paused:
            await self._cycle.flow.drain()
        self.line.status, self.line.bytes, self._is_begun = response.status, len(body), True
        write_response(self._cycle, response.status, response.sized_headers(self.request.method), body)

    def log_response(self, response: Response) -> None:
        """Note in the access log what a response that was sent held."""
        rows = RowCount(response.headers)
        rows.add(response.body or b"")
        self.line.rows = rows.total() if response.status == 200 else None
        self.line.query = self.context.operation_hash

    async def begin(self, response: Response) -> None:
        """Send the head of a response whose body comes in chunks."""
        self.line.status, self.line.query, self._is_begun = response.status, self.context.operation_hash, True
        self._rows = RowCount(response.headers)
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers]
        if self.scope["http_version"] == "1.0" and not any(name == b"content-length" for name, _ in headers):
            send_until_close(self._cycle)
        await self._send({"type": "http.response.start", "status": response.status, "headers": headers})

    async def send_chunk(self, chunk: bytes) -> None:
        """Send a chunk of the body; wait where the client is slow to take it."""
        await self._send({"type": "http.response.body", "body": chunk, "more_body": True})
        self.line.bytes += len(chunk)
        self._rows.add(chunk)

    async def end(self) -> None:
        """End a body that was sent in chunks."""
        if self.scope["http_version"] == "1.0":
            self._cycle.expected_content_length = 0
        await self._send({"type": "http.response.body", "body": b""})
        self.line.rows = self._rows.total()

    def break_off(self, error: BaseException) -> None:
        """Reset the connection, so that the client takes the response for incomplete.

        RFC 9112 section 8, https://www.rfc-editor.org/rfc/rfc9112#section-8. A client that has gone is noted with the
        status 499 where it got no head.
        """
        if self._is_begun:
            self.line.is_broken = True
        else:
            self.line.status = _CLIENT_LEFT
        if not self.cancellation.is_cancelled:
            _LOG.warning("%s %s: broken off: %s", self.line.method, self.line.path, error)
        reset(self._cycle.transport)

    def finish(self) -> AccessLine:
        """Return the line of the access log."""
        self.line.seconds = time.perf_counter() - self._started_at
        return self.line
