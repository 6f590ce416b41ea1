"""The ASGI application: takes requests, keeps count of clients, has threads answer, and sends what they answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from nbkg.errors import NbkgError
from sparql_endpoint.gateway import sending, wsgi
from sparql_endpoint.gateway.clients import Clients
from sparql_endpoint.gateway.limits import Limits
from sparql_endpoint.gateway.quick import PATH, Quick, Started
from sparql_endpoint.gateway.request import ASKED, Headers, Receive, Request, Send
from sparql_endpoint.gateway.sending import Asked
from sparql_endpoint.gateway.wsgi import Answer
from sparql_endpoint.http import cancellation as abandonment
from sparql_endpoint.http.request_context import KEY, Exchange
from sparql_endpoint.services import metrics as observing
from sparql_endpoint.services.lru_cache import BoundedCache

_WATCHED_AFTER = 0.05
"""Seconds after which it is watched whether the client is still there."""
_GONE = 499
"""The status, in the log only, of a request whose client did not wait."""
_WAITS = 2.0
"""Seconds that a query waits for one of the same client to end."""
_TOGETHER = 0.005
"""Seconds within which another connection's request has a client not be alone."""
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

    headers: Headers
    body: bytes
    line: observing.Line
    """What the log told, or is about to tell, of the first one."""


class Gateway:
    """A WSGI application as an ASGI one; `version` tells the version of the data, empty where nothing can."""

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
        self._latest: tuple[object, float] = (None, 0.0)
        """The connection that asked last, and when."""
        self._kept: BoundedCache[Kept] = BoundedCache(limits.cache, lambda kept: len(kept.body))

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answers one request."""
        asked: Asked = scope.get(ASKED) or self._asked(Request.of(scope))
        asked.request.ways(receive, send)
        try:
            await self._answer(asked)
        except ConnectionResetError:  # while it was still asking
            asked.line.status = _GONE
        finally:
            self._end(asked)

    def at_once(self, request: Request) -> tuple[Asked, Answer | None]:
        """Answers a plain query of a client that is alone, where that takes a moment only.

        Where there is no answer, what came of it so far is to be given to `__call__`, by the scope; where there is one
        it is to be sent, and then `sent` to be called.
        """
        asked = self._asked(request)
        if self._quick is None or self._is_among_others(request):
            return asked, None
        self._count(asked)
        if (kept := self._known(asked)) is not None:
            return asked, Answer(200, kept.headers, kept.body)
        if asked.exchange.refusal or not self._clients.may_begin(asked.client):
            return asked, None
        planned = self._quick.planned(request, b"", asked.exchange)
        answer = self._quick.at_once(planned) if planned else None
        if isinstance(answer, Answer):
            return asked, answer
        asked.started = answer
        return asked, None

    def sent(self, asked: Asked, answer: Answer) -> None:
        """An answer that was made at once is on its way."""
        if not asked.line.cached:
            self._keep(asked, answer)
            sending.tell(asked, answer, answer.body or b"")
        self._end(asked)

    def _is_among_others(self, request: Request) -> bool:
        """Whether another connection has asked a moment ago: to wait for one answer would hold the others up."""
        before, since = self._latest
        self._latest = request.transport, (now := time.monotonic())
        return before is not request.transport and now - since < _TOGETHER

    def _asked(self, request: Request) -> Asked:
        line = observing.Line(self._name(request), request.method, request.path)
        observing.begun()
        return Asked(request, line.client, line, time.perf_counter(), Exchange())

    def _end(self, asked: Asked) -> None:
        asked.line.seconds = time.perf_counter() - asked.since
        observing.ended(asked.line, self._log)

    def close(self) -> None:
        """Writes what the log still holds."""
        if self._log:
            self._log.flush()

    def _name(self, request: Request) -> str:
        """The client's address, as the outermost trusted proxy tells it."""
        hops = self._limits.proxy_hops
        if hops:
            told = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
            if len(told) >= hops:
                return told[-hops]
        return request.client

    async def _answer(self, asked: Asked) -> None:
        if not asked.begun:
            self._count(asked)
            await self._read(asked)
            if (kept := self._known(asked)) is not None:
                await asked.request.answer(200, kept.headers, kept.body)
                return
        await self._counted(asked)

    def _count(self, asked: Asked) -> None:
        asked.begun = True
        try:
            self._clients.count(asked.client)
        except NbkgError as error:
            asked.exchange.refusal = error

    async def _read(self, asked: Asked) -> None:
        """Takes the body, unless it was refused already."""
        try:
            if asked.exchange.refusal is None:
                asked.body = await asked.request.body(self._limits.body)
        except NbkgError as error:
            asked.exchange.refusal = error

    def _known(self, asked: Asked) -> Kept | None:
        """The answer, where it is among those that are kept."""
        asked.key = None if asked.exchange.refusal else self._key(asked)
        kept = self._kept.get(asked.key) if asked.key else None
        if kept is not None:
            line = asked.line
            line.status, line.bytes, line.query, line.rows = 200, len(kept.body), kept.line.query, kept.line.rows
            line.cached = True
        return kept

    async def _quickly(self, asked: Asked) -> bool:
        """Answers a small query here and now; False where a thread is to have the application answer."""
        quick = self._quick
        if quick is None or asked.request.path != PATH or asked.request.method not in ("GET", "POST"):
            return False
        if asked.started:
            answer: Answer | Started | None = await quick.goes_on(asked.started)
        else:
            planned = quick.planned(asked.request, asked.body, asked.exchange)
            answer = await quick.answer(planned) if planned else None
        if isinstance(answer, Answer):
            await self._send(asked, answer)
            return True
        if answer is None:
            return False
        await self._watched(asked, partial(quick.rest, answer))
        return True

    def _key(self, asked: Asked) -> tuple[Any, ...] | None:
        """By what the answer is kept; None where it is always made anew."""
        get = asked.request.headers.get
        if not self._kept.largest or asked.request.method not in ("GET", "POST"):
            return None
        if any(get(name) is not None for name in _ALWAYS_ANEW):
            return None
        version = self._version()
        scope = asked.request
        told = (scope.method, scope.scheme, scope.path, scope.query_string, asked.body, *map(get, _KEYED))
        return (version, *told) if version else None

    async def _counted(self, asked: Asked) -> None:
        """Has a query wait while as many of its client run as may; then it is told that they are too many."""
        counts = asked.request.path in _QUERIES and asked.exchange.refusal is None
        if counts and not asked.started and not self._clients.may_begin(asked.client):
            await self._wait(asked)
        counts = counts and asked.exchange.refusal is None
        if counts:
            self._clients.begin(asked.client)
        try:
            if asked.exchange.refusal or not await self._quickly(asked):
                await self._watched(asked, partial(self._called, asked))
        finally:
            if counts:
                self._clients.end(asked.client)

    async def _wait(self, asked: Asked) -> None:
        until = time.monotonic() + _WAITS
        while not self._clients.may_begin(asked.client):
            if time.monotonic() > until:
                asked.exchange.refusal = self._clients.refusal()
                return
            await asyncio.sleep(0.02)

    async def _watched(self, asked: Asked, answers: Callable[[], Answer]) -> None:
        """Has a thread answer, and watches meanwhile whether the client goes."""
        loop = asyncio.get_running_loop()
        gone = abandonment.Abandonment()
        watching: list[asyncio.Task[None]] = []
        timer = loop.call_later(_WATCHED_AFTER, lambda: watching.append(loop.create_task(_watch(asked.request, gone))))
        try:
            answer = await loop.run_in_executor(self._threads, self._tried, asked, answers, gone)
            await self._send(asked, answer, gone)
        finally:
            timer.cancel()
            for task in watching:
                task.cancel()

    def _tried(self, asked: Asked, answers: Callable[[], Answer], gone: abandonment.Abandonment) -> Answer:
        """The answer; the application tells the client of an error."""
        abandonment.current.set(gone)
        try:
            return answers()
        except NbkgError as error:
            asked.exchange.refusal = error
            return self._called(asked)

    def _called(self, asked: Asked) -> Answer:
        given = wsgi.environ(asked.request, asked.body)
        given[KEY] = asked.exchange
        return wsgi.call(self._application, given)

    async def _send(self, asked: Asked, answer: Answer, gone: abandonment.Abandonment | None = None) -> None:
        if answer.body is None or sending.is_of_file(asked, answer):
            await sending.blocks(asked, answer, gone or abandonment.Abandonment(), self._threads)
            return
        self._keep(asked, answer)  # before it is sent: the client may ask the same again at once
        await sending.whole(asked, answer, answer.body)

    def _keep(self, asked: Asked, answer: Answer) -> None:
        if asked.key and asked.exchange.stable and answer.status == 200 and answer.body is not None:
            self._kept.put(asked.key, Kept(answer.headers, answer.body, asked.line))


async def _watch(request: Request, gone: abandonment.Abandonment) -> None:
    await request.gone()
    gone.tell()
