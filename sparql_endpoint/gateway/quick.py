"""Small queries, answered without a thread: most of what a thread and the application would take is spared.

What is not a plain query, is not answered within a moment, or goes wrong is left to the application. Both plan an
answer by the same functions; a test holds their answers against each other.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from dataclasses import dataclass

from sparql_endpoint import codings, conditional, headers, hints, memento, protocol, sparql
from sparql_endpoint.asking import Plan, digest, plan
from sparql_endpoint.errors import EndpointError, QuerySyntaxError
from sparql_endpoint.exchange import Exchange
from sparql_endpoint.formats import HTML
from sparql_endpoint.gateway.request import Headers, Request
from sparql_endpoint.gateway.wsgi import Answer
from sparql_endpoint.protocol import Message, Query
from sparql_endpoint.serving import Serving
from sparql_endpoint.workers.pool import PooledStore
from sparql_endpoint.workers.process import Worker

PATH = "/sparql"
_A_MOMENT = 0.03
"""Seconds that are waited for an answer before a thread waits for it."""
_STRAIGHT = 0.001
"""Seconds of it that a query which is alone is waited for without doing anything else."""
_LONGEST = 20_000
"""Bytes of a request that is read here: reading takes time from all others."""
_CONDITIONS = ("if-none-match", "if-modified-since")


class Started:
    """A query that a worker is at, and how its answer will be sent."""

    def __init__(self, planned: Planned, worker: Worker) -> None:
        self.planned = planned
        self.worker = worker


@dataclass(frozen=True)
class Planned:
    """How a query will be answered, by which store, in which coding."""

    plan: Plan
    store: PooledStore
    coding: str
    query_string: str = ""
    """That of a GET, as it can be asked for again."""


class Quick:
    """Answers from a store's idle workers."""

    def __init__(self, serving: Serving, store: PooledStore) -> None:
        self._serving = serving
        self._store = store
        self._turns = asyncio.Semaphore(os.cpu_count() or 1)
        """As many processes are asked at a time as can run at a time: more would only be slower by turns."""
        self._asked = 0

    def planned(self, request: Request, body: bytes, exchange: Exchange) -> Planned | None:
        """The plan of a plain query and the coding of its answer; None for anything else, and where it is wrong."""
        get = request.headers.get
        if len(request.query_string) + len(body) > _LONGEST or any(get(name) is not None for name in _CONDITIONS):
            return None
        try:
            message = Message(request.method, request.query_string.encode(), get("content-type") or "", body)
            operation = protocol.operation(message)
            if not isinstance(operation, Query) or sparql.has_relative_iris(operation.query):
                return None
            store = self._serving.at(operation.as_of) if operation.as_of else self._store
            made = plan(operation, get("accept"), None, "", store.version())
        except (EndpointError, UnicodeError):
            return None
        if made.form is HTML or not isinstance(store, PooledStore):
            return None
        exchange.query = digest(operation.query)
        exchange.stable = made.stable and not operation.as_of
        asked = request.query_string if request.method == "GET" else ""
        return Planned(made, store, codings.wanted(get("accept-encoding") or ""), asked)

    async def answer(self, planned: Planned) -> Answer | Started | None:
        """The answer, or what a thread is to wait for; None where the application is to answer."""
        made = planned.plan
        kept = self._serving.answers.get(made.key) if made.stable and self._serving.answers.largest else None
        if kept is not None:
            return self._whole(planned, kept)
        async with self._turns:
            worker = planned.store.ask_at_once(made.question, made.form)
            if worker is None:
                return None
            told = self._headers(planned, "")  # while the worker is at it
            body = await self._soon(worker)
        if body is None:
            return Started(planned, worker)
        planned.store.give_back(worker)
        if made.stable:
            self._serving.answers.put(made.key, body)
        return self._whole(planned, body) if planned.coding else Answer(200, told, body)

    async def _soon(self, worker: Worker) -> bytes | None:
        """All of the answer, where it comes within a moment.

        While nothing else is asked it is waited for right here: giving up the thread costs as much as a small query
        does. That keeps the next request waiting for no more than a millisecond.
        """
        self._asked += 1
        try:
            if (self._asked == 1 and worker.waits(_STRAIGHT)) or await _readable(worker):
                return worker.at_once()
            return None
        finally:
            self._asked -= 1

    def rest(self, started: Started) -> Answer:
        """What a worker that takes longer answers. Raises its error."""
        try:
            blocks = started.planned.store.rest(started.worker)
        except QuerySyntaxError as error:
            hints.give(error, started.planned.plan.question.text, self._serving.prefixes())
            raise
        if isinstance(blocks, list):
            return self._whole(started.planned, b"".join(blocks))
        return self._streamed(started.planned, blocks)

    def _whole(self, planned: Planned, body: bytes) -> Answer:
        if planned.coding and len(body) >= codings.SMALLEST:
            return Answer(200, self._headers(planned, planned.coding), codings.compressed(body, planned.coding))
        return Answer(200, self._headers(planned, ""), body)

    def _streamed(self, planned: Planned, blocks: Iterable[bytes]) -> Answer:
        sent = codings.CompressedBlocks(blocks, planned.coding) if planned.coding else blocks
        return Answer(200, self._headers(planned, planned.coding), None, sent)

    def _headers(self, planned: Planned, coding: str) -> Headers:
        made = planned.plan
        told = [
            ("content-type", made.form.content_type),
            ("vary", "Accept, Accept-Encoding"),
            ("data-version", made.version),
            *headers.LOWERED,
        ]
        if made.stable:
            told += ("cache-control", conditional.NO_CACHE), ("etag", conditional.etag(made.tag(), coding))
            if date := conditional.last_modified(planned.store.modified()):
                told.append(("last-modified", date))
        else:
            told.append(("cache-control", conditional.NO_STORE))
        if coding:
            told.append(("content-encoding", coding))
        if planned.store.release:
            told += memento.headers(planned.store.release, planned.query_string)
        return told


async def _readable(worker: Worker) -> bool:
    """Whether something comes from a worker within a moment."""
    loop = asyncio.get_running_loop()
    came = loop.create_future()
    descriptor = worker.fileno()
    timer = loop.call_later(_A_MOMENT, _tell, came, False)
    loop.add_reader(descriptor, _tell, came, True)
    try:
        return bool(await came)
    finally:
        timer.cancel()
        loop.remove_reader(descriptor)


def _tell(future: asyncio.Future[bool], told: bool) -> None:
    if not future.done():
        future.set_result(told)
