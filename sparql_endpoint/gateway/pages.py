"""Pages and all other routes: the Flask application behind a2wsgi."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

from a2wsgi import WSGIMiddleware

from sparql_endpoint.gateway.exchange import Event, Exchange
from sparql_endpoint.http import cancellation
from sparql_endpoint.http.request_context import KEY
from sparql_endpoint.http.response import Response

Finish = Callable[[Exchange, Response], Awaitable[None]]
_LARGEST_WHOLE = 1 << 20
"""Bytes of the largest body that is collected, to be sent in one write and kept; a larger one is streamed."""


class Pages:
    """A WSGI application as the gateway has it answer; `finish` sends a response whose body is there."""

    def __init__(self, application: cancellation.WSGIApplication, threads: int, finish: Finish) -> None:
        self._middleware = WSGIMiddleware(cast(Any, cancellation.until_cancelled(application)), workers=threads)
        self.threads = self._middleware.executor
        """The threads that the application runs in; the gateway uses them too."""
        self._finish = finish

    async def respond(self, exchange: Exchange) -> None:
        """Have the application answer, or say what the gateway found wrong."""

        async def receive() -> Event:
            return {"type": "http.request", "body": exchange.request.body, "more_body": False}

        await self._middleware(
            cast(Any, _scope(exchange)), cast(Any, receive), cast(Any, _Sender(exchange, self._finish))
        )


class _Sender:
    """Takes the events of one response: collects a small body, and streams one that is large or has no length."""

    def __init__(self, exchange: Exchange, finish: Finish) -> None:
        self._exchange = exchange
        self._finish = finish
        self._response = Response(500)
        self._body = bytearray()
        self._is_streaming = False

    async def __call__(self, event: Event) -> None:
        if event["type"] == "http.response.start":
            headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in event["headers"]]
            self._response = Response(event["status"], headers)
            return
        chunk = event["body"]
        if self._is_streaming:
            await (self._exchange.send_chunk(chunk) if event.get("more_body") else self._exchange.end())
            return
        self._body += chunk
        if not event.get("more_body"):
            self._response.body = bytes(self._body)
            await self._finish(self._exchange, self._response)
        elif self._must_stream():
            self._is_streaming = True
            await self._exchange.begin(self._response)
            await self._exchange.send_chunk(bytes(self._body))

    def _must_stream(self) -> bool:
        has_length = any(name == "content-length" for name, _ in self._response.headers)
        return not has_length or len(self._body) > _LARGEST_WHOLE


def _scope(exchange: Exchange) -> dict[str, Any]:
    """Return the scope for the application: with the body's length and no coding, and as trusted proxies tell it.

    A header with a low line in its name is left out: WSGI could not tell it from one with a hyphen.
    """
    request = exchange.request
    dropped = (b"content-length", b"content-encoding", b"transfer-encoding", b"host")
    headers = [pair for pair in exchange.scope["headers"] if pair[0] not in dropped and b"_" not in pair[0]]
    headers.append((b"content-length", b"%d" % len(request.body)))
    if host := request.headers.get("host"):
        headers.append((b"host", host.encode("latin-1")))
    return {
        **exchange.scope,
        KEY: exchange.context,
        "headers": headers,
        "scheme": request.scheme,
        "root_path": request.root_path,
        "path": request.root_path + exchange.scope["path"],
        "client": (request.client, 0),
    }
