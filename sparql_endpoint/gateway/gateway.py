"""The ASGI application: takes requests, holds clients to their limits, answers the protocols, and keeps responses."""

from __future__ import annotations

import asyncio
import contextvars
import time
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from nbkg.errors import NbkgError
from sparql_endpoint.gateway.configuration import Limits, Protocols
from sparql_endpoint.gateway.exchange import Exchange, Receive, Send
from sparql_endpoint.gateway.pages import Pages
from sparql_endpoint.gateway.query_executor import QueryExecutor
from sparql_endpoint.http import cancellation, preconditions
from sparql_endpoint.http.headers import add_common
from sparql_endpoint.http.request_checks import check_head
from sparql_endpoint.http.response import Response
from sparql_endpoint.protocol.prepared_query import PreparedQuery
from sparql_endpoint.services import metrics
from sparql_endpoint.services.client_limits import ClientLimits
from sparql_endpoint.services.lru_cache import BoundedCache

Result = TypeVar("Result")
_CLIENT_WAITS = 2.0
"""Seconds that a query waits for another one of the same client to end."""
_MOMENT = 0.005
"""Seconds within which another connection's query makes a client not alone."""
_LONGEST_READ = 20_000
"""Bytes of a query that is read in the loop: reading takes time from all other requests."""
_KEY_HEADERS = ("accept", "accept-encoding", "accept-language", "content-type", "host")
"""The headers that a response depends on."""
_NEVER_KEPT = (
    "authorization",
    *preconditions.HEADERS,
    "if-modified-since",
    "range",
    "cookie",
    "forwarded",
    "x-forwarded-for",
)
"""The headers with which a response is always made anew."""


@dataclass(frozen=True)
class KeptResponse:
    """A response that is kept as it is sent, with the access log's line of the first one."""

    response: Response
    line: metrics.AccessLine


class Gateway:
    """The protocols and a WSGI application as one ASGI application; `state` names the data and what else is served."""

    def __init__(
        self,
        protocols: Protocols,
        application: cancellation.WSGIApplication,
        state: Callable[[], str],
        limits: Limits,
        log: metrics.AccessLog | None = None,
    ) -> None:
        self._protocols = protocols
        self._state = state
        self._limits = limits
        self._log = log
        self._clients = ClientLimits(limits.client_requests, limits.client_queries)
        self._pages = Pages(application, limits.threads, self._send)
        self._queries = QueryExecutor()
        self._latest: tuple[object, float] = (None, 0.0)
        """The connection that sent the latest query, and when."""
        self._responses: BoundedCache[KeptResponse] = BoundedCache(
            limits.cache, lambda entry: len(entry.response.body or b"")
        )

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        metrics.begin()
        exchange = Exchange(scope, receive, send)
        cancellation.current.set(exchange.cancellation)
        try:
            await self._answer(exchange)
        except BaseException as error:  # whatever it is, the client must not take the response for complete
            exchange.break_off(error)
            if not isinstance(error, Exception):  # the server is being stopped
                raise
            await asyncio.sleep(0)  # uvicorn takes note of it
        finally:
            exchange.stop_watching()
            metrics.end(exchange.finish(), self._log)

    def close(self) -> None:
        """Write what the access log still holds."""
        if self._log:
            self._log.flush()

    async def _answer(self, exchange: Exchange) -> None:
        """Answer from the kept responses, or as soon as the client's limits allow."""
        sent = exchange.request.headers
        try:
            self._limits.address.apply(exchange.request)
            exchange.line.client = exchange.request.client
            self._clients.count_request(exchange.request.client)
            if exchange.context.refusal is None:
                check_head(exchange.request.method, sent, exchange.scope["http_version"])
                await exchange.read_body(self._limits.body)
            if exchange.request.headers.get("content-encoding"):
                await self._in_thread(exchange, partial(exchange.request.decode_body, self._limits.body))
        except NbkgError as error:
            exchange.context.refusal = error
        exchange.key = self._key(exchange)
        entry = self._responses.get(exchange.key) if exchange.key else None
        if entry is not None:
            await exchange.send(entry.response)
            exchange.line.query, exchange.line.rows, exchange.line.is_cached = entry.line.query, entry.line.rows, True
        elif exchange.context.refusal or exchange.request.path not in self._protocols.limited:
            await self._respond(exchange)
        else:
            await self._respond_within_limit(exchange)

    def _key(self, exchange: Exchange) -> tuple[Any, ...] | None:
        """Return the key of the kept response; None where the response is always made anew."""
        request, get = exchange.request, exchange.request.headers.get
        if not self._responses.largest or request.method not in ("GET", "POST") or exchange.context.refusal:
            return None
        if any(get(name) is not None for name in _NEVER_KEPT) or not (state := self._state()):
            return None
        address = (request.scheme, request.root_path, request.path, request.query_string)
        parts = (request.method, *address, request.body)
        return (state, *parts, *map(get, _KEY_HEADERS))

    async def _respond_within_limit(self, exchange: Exchange) -> None:
        """Answer a query, which waits while as many of its client run as may, and is then refused."""
        client, until = exchange.request.client, time.monotonic() + _CLIENT_WAITS
        while not self._clients.may_begin(client):
            if time.monotonic() > until:
                exchange.context.refusal = self._clients.refusal()
                await self._respond(exchange)
                return
            await asyncio.sleep(0.02)
        self._clients.begin(client)
        try:
            await self._respond(exchange)
        finally:
            self._clients.end(client)

    async def _respond(self, exchange: Exchange) -> None:
        """Answer by a protocol; else, and where that fails, have the application answer."""
        response = None
        if exchange.context.refusal is None:
            try:
                response = await self._find_response(exchange)
            except Exception as error:  # the application answers with a problem, and logs what is unknown
                exchange.context.refusal = error
        if response is None:
            exchange.start_watching()
            await self._pages.respond(exchange)
            return
        add_common(response.headers, exchange.request.method, exchange.request.path, exchange.request.root_path)
        if response.body is None:
            await self._stream(exchange, response)
        else:
            await self._send(exchange, response)

    async def _find_response(self, exchange: Exchange) -> Response | None:
        """Return the response of a protocol; None where there is none, or it is a page. Raises NbkgError."""
        request, context = exchange.request, exchange.context
        route = next((route for route in self._protocols.routes if route.matches(request)), None)
        if route is None:
            return None
        if route.path == self._protocols.query_path and (prepared := self._prepare(exchange)):
            is_alone = self._is_alone(exchange)
            return await self._queries.execute(prepared, partial(self._in_thread, exchange), is_alone=is_alone)
        return await self._in_thread(exchange, partial(route.respond, request, context))

    def _is_alone(self, exchange: Exchange) -> bool:
        """Return whether no other connection has asked a moment ago: to wait for one would hold the others up."""
        latest, at = self._latest
        self._latest = exchange.connection, (now := time.monotonic())
        return latest is exchange.connection or now - at > _MOMENT

    def _prepare(self, exchange: Exchange) -> PreparedQuery | None:
        """Return a query that can be answered without a thread; None for all else, and where it is wrong."""
        request = exchange.request
        if len(request.query_string) + len(request.body) > _LONGEST_READ:
            return None
        with suppress(NbkgError):  # the thread meets the same error, and looks for what may help
            prepared = self._protocols.prepare(request, exchange.context)
            if prepared and not prepared.is_page:
                return prepared
        return None

    async def _in_thread(self, exchange: Exchange, call: Callable[[], Result]) -> Result:
        """Return what a call returns in a thread, while it is watched whether the client goes."""
        exchange.start_watching()
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._pages.threads, context.run, call)

    async def _send(self, exchange: Exchange, response: Response) -> None:
        """Send a response whose body is there, and keep it where the same request gets the same one."""
        if exchange.key and exchange.context.is_stable and response.status == 200:
            self._responses.put(exchange.key, KeptResponse(response, exchange.line))
        await exchange.send(response)
        exchange.log_response(response)

    async def _stream(self, exchange: Exchange, response: Response) -> None:
        """Send a response in chunks that a thread makes."""
        chunks = iter(response.chunks)
        try:
            await exchange.begin(response)
            while exchange.request.method != "HEAD":
                chunk = await self._in_thread(exchange, partial(next, chunks, None))
                if chunk is None:
                    break
                await exchange.send_chunk(chunk)
                if exchange.cancellation.is_cancelled:
                    raise ConnectionResetError("the client has gone")
            await exchange.end()
        finally:
            self._pages.threads.submit(response.close)
