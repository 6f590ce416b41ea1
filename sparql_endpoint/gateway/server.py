"""The RSGI application: takes requests, keeps count of clients, has threads answer, and sends what they answer."""

from __future__ import annotations

import asyncio
import contextvars
import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from sparql_endpoint import abandonment, observing
from sparql_endpoint.caching import BoundedCache
from sparql_endpoint.errors import EndpointError, TooLargeError
from sparql_endpoint.exchange import KEY, Exchange
from sparql_endpoint.gateway import wsgi
from sparql_endpoint.gateway.clients import Clients
from sparql_endpoint.gateway.connection import break_off
from sparql_endpoint.gateway.limits import Limits
from sparql_endpoint.gateway.quick import PATH, Quick
from sparql_endpoint.gateway.rows import Rows
from sparql_endpoint.gateway.wsgi import Answer

_LOG = logging.getLogger(__name__)
_WATCHED_AFTER = 0.05
"""Seconds after which it is watched whether the client is still there."""
_WAITS = 2.0
"""Seconds that a query waits for one of the same client to end."""
_READ_AWAY = 4
"""How many times the largest body is read, to be thrown away."""
_QUERIES = frozenset({"/sparql", "/data"})
_KEYED = ("accept", "accept-encoding", "accept-language", "content-type", "host")
"""Headers that an answer depends on."""
_ALWAYS_ANEW = (
    "authorization",
    "if-none-match",
    "if-modified-since",
    "range",
    "cookie",
    "forwarded",
    "x-forwarded-for",
)
"""Headers with which an answer is not taken from those that are kept."""


@dataclass(frozen=True)
class Kept:
    """An answer that is kept, as it is sent."""

    headers: wsgi.Headers
    body: bytes
    query: str
    rows: int | None


@dataclass
class _Request:
    """One request while it is answered."""

    scope: Any
    proto: Any
    client: str
    line: observing.Line
    begun: float
    exchange: Exchange
    body: bytes = b""
    key: tuple[Any, ...] | None = None


class Gateway:
    """A WSGI application as an RSGI one; `version` tells the version of the data, empty where nothing can."""

    def __init__(
        self,
        application: wsgi.Application,
        version: Callable[[], str],
        limits: Limits,
        log: observing.AccessLog | None = None,
        quick: Quick | None = None,
    ) -> None:
        self._quick = quick
        self._log = log
        self._application = application
        self._version = version
        self._limits = limits
        self._clients = Clients(limits.client_requests, limits.client_queries)
        self._threads = ThreadPoolExecutor(limits.threads, "requests")
        self._kept: BoundedCache[Kept] = BoundedCache(limits.cache, lambda kept: len(kept.body))

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        """Answers one request."""
        if scope.proto != "http":
            proto.close(426)
            return
        line = observing.Line(self._name(scope), scope.method, scope.path)
        request = _Request(scope, proto, line.client, line, time.perf_counter(), Exchange())
        observing.begun()
        try:
            await self._answer(request)
        finally:
            line.seconds = time.perf_counter() - request.begun
            observing.ended(line, self._log)

    def _name(self, scope: Any) -> str:
        """The client's address, as the outermost trusted proxy tells it."""
        hops = self._limits.proxy_hops
        if hops:
            told = [part.strip() for part in (scope.headers.get("x-forwarded-for") or "").split(",") if part.strip()]
            if len(told) >= hops:
                return str(told[-hops])
        return str(scope.client.rpartition(":")[0])

    async def _answer(self, request: _Request) -> None:
        try:
            self._clients.count(request.client)
            request.body = await self._body(request)
        except EndpointError as error:
            request.exchange.refusal = error
        else:
            request.key = self._key(request)
            kept = self._kept.get(request.key) if request.key else None
            if kept is not None:
                self._send_kept(request, kept)
                return
        await self._counted(request)

    async def _quickly(self, request: _Request) -> bool:
        """Answers a small query here and now; False where a thread is to have the application answer."""
        quick = self._quick
        if quick is None or request.scope.path != PATH or request.scope.method not in ("GET", "POST"):
            return False
        planned = quick.planned(request.scope, request.body, request.exchange)
        answer = await quick.answer(planned) if planned else None
        if isinstance(answer, Answer):
            self._send(request, answer, answer.body or b"")
            return True
        if answer is None:
            return False
        await self._watched(request, partial(quick.rest, answer))
        return True

    async def _body(self, request: _Request) -> bytes:
        """The request's body. Raises TooLargeError.

        One that is a little too large is read to its end, and thrown away: many clients only then look at the answer.
        """
        if request.scope.method in ("GET", "HEAD", "OPTIONS", "DELETE"):
            return b""
        most = self._limits.body
        refused = TooLargeError(f"the body is larger than {most} bytes")
        if int(request.scope.headers.get("content-length") or 0) > _READ_AWAY * most:
            raise refused
        blocks, length = bytearray(), 0
        async for block in request.proto:
            length += len(block)
            if length > _READ_AWAY * most:
                break
            if length <= most:
                blocks += block
        if length > most:
            raise refused
        return bytes(blocks)

    def _key(self, request: _Request) -> tuple[Any, ...] | None:
        """By what the answer is kept; None where it is always made anew."""
        get = request.scope.headers.get
        if not self._kept.largest or request.scope.method not in ("GET", "POST"):
            return None
        if any(get(name) is not None for name in _ALWAYS_ANEW):
            return None
        version = self._version()
        scope = request.scope
        told = (scope.method, scope.scheme, scope.path, scope.query_string, request.body, *map(get, _KEYED))
        return (version, *told) if version else None

    def _send_kept(self, request: _Request, kept: Kept) -> None:
        line = request.line
        line.status, line.bytes, line.query, line.rows, line.cached = 200, len(kept.body), kept.query, kept.rows, True
        request.proto.response_bytes(200, kept.headers, kept.body)

    async def _counted(self, request: _Request) -> None:
        """Has a query wait while as many of its client run as may; then it is told that they are too many."""
        counts = request.scope.path in _QUERIES and request.exchange.refusal is None
        if counts and not self._clients.may_begin(request.client):
            await self._wait(request)
        counts = counts and request.exchange.refusal is None
        if counts:
            self._clients.begin(request.client)
        try:
            if request.exchange.refusal or not await self._quickly(request):
                await self._watched(request, partial(self._called, request))
        finally:
            if counts:
                self._clients.end(request.client)

    async def _wait(self, request: _Request) -> None:
        until = time.monotonic() + _WAITS
        while not self._clients.may_begin(request.client):
            if time.monotonic() > until:
                request.exchange.refusal = self._clients.refusal()
                return
            await asyncio.sleep(0.02)

    async def _watched(self, request: _Request, answers: Callable[[], Answer]) -> None:
        """Has a thread answer, and watches meanwhile whether the client goes."""
        loop = asyncio.get_running_loop()
        gone = abandonment.Abandonment()
        watching: list[asyncio.Task[None]] = []
        timer = loop.call_later(_WATCHED_AFTER, lambda: watching.append(loop.create_task(_watch(request.proto, gone))))
        try:
            answer = await loop.run_in_executor(self._threads, self._tried, request, answers, gone)
            if answer.body is not None:
                self._send(request, answer, answer.body)
            else:
                await self._stream(request, answer, gone)
        finally:
            timer.cancel()
            for task in watching:
                task.cancel()

    def _tried(self, request: _Request, answers: Callable[[], Answer], gone: abandonment.Abandonment) -> Answer:
        """The answer; the application tells the client of an error."""
        abandonment.current.set(gone)
        try:
            return answers()
        except EndpointError as error:
            request.exchange.refusal = error
            return self._called(request)

    def _called(self, request: _Request) -> Answer:
        given = wsgi.environ(request.scope, request.body)
        given[KEY] = request.exchange
        return wsgi.call(self._application, given)

    def _send(self, request: _Request, answer: Answer, body: bytes) -> None:
        line = request.line
        line.status, line.bytes, line.query = answer.status, len(body), request.exchange.query
        rows = Rows(dict(answer.headers))
        rows.see(body)
        line.rows = rows.count() if answer.status == 200 else None
        if request.key and request.exchange.stable and answer.status == 200:
            self._kept.put(request.key, Kept(answer.headers, body, line.query, line.rows))
        span = request.exchange.span
        if span is not None and answer.status in (200, 206):
            line.bytes = span.end - span.start
            request.proto.response_file_range(answer.status, answer.headers, span.file, span.start, span.end)
            return
        request.proto.response_bytes(answer.status, answer.headers, body)

    async def _stream(self, request: _Request, answer: Answer, gone: abandonment.Abandonment) -> None:
        loop = asyncio.get_running_loop()
        line = request.line
        line.status, line.query = answer.status, request.exchange.query
        transport = request.proto.response_stream(answer.status, answer.headers)
        rows = Rows(dict(answer.headers))

        def send() -> None:
            abandonment.current.set(gone)
            for block in _closing(answer):
                if gone.told:
                    raise ConnectionResetError("the client has gone")
                asyncio.run_coroutine_threadsafe(_sent(transport, block), loop).result()
                line.bytes += len(block)
                rows.see(block)

        try:
            await loop.run_in_executor(self._threads, contextvars.copy_context().run, send)
            line.rows = rows.count()
        except Exception as error:  # whatever it is, the client must not take the answer for whole
            line.broken = True
            if not gone.told:
                _LOG.warning("%s %s: broken off: %s", line.method, line.path, error)
            break_off(request.scope.client)


async def _watch(proto: Any, gone: abandonment.Abandonment) -> None:
    await proto.client_disconnect()
    gone.tell()


async def _sent(transport: Any, block: bytes) -> None:
    await transport.send_bytes(block)


def _closing(answer: Answer) -> Iterable[bytes]:
    """The blocks; the application is told when nobody wants the rest."""
    try:
        yield from answer.blocks
    finally:
        answer.close()
