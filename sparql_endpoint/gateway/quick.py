"""Small queries, answered without a thread: most of what a thread and the application would take is spared.

What is not a plain query, is not answered within a moment, or goes wrong is left to the application. Both plan an
answer by the same functions; a test holds their answers against each other.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from dataclasses import dataclass

from nbkg.errors import NbkgError
from sparql_endpoint.errors import QuerySyntaxError
from sparql_endpoint.gateway.request import Headers, Request
from sparql_endpoint.gateway.wsgi import Answer
from sparql_endpoint.http import content_coding as codings
from sparql_endpoint.http import etags as conditional
from sparql_endpoint.http import headers
from sparql_endpoint.http.formats import HTML
from sparql_endpoint.http.request_context import Exchange
from sparql_endpoint.protocol import memento, protocol
from sparql_endpoint.protocol.protocol import Message, Query
from sparql_endpoint.protocol.query_plan import Plan, plan
from sparql_endpoint.services.services import Serving
from sparql_endpoint.sparql import form as sparql
from sparql_endpoint.sparql import hints
from sparql_endpoint.workers.pool import PooledStore
from sparql_endpoint.workers.process import Worker

PATH = "/sparql"
_A_MOMENT = 0.03
"""Seconds that are waited for an answer before a thread waits for it."""
_STRAIGHT = 0.001
"""Seconds that a query which is alone is waited for without doing anything else."""
_LONGEST = 20_000
"""Bytes of a request that is read here: reading takes time from all others."""
_CONDITIONS = ("if-none-match", "if-modified-since")


@dataclass(frozen=True)
class Started:
    """A query that a worker is at, and how its answer will be sent."""

    planned: Planned
    worker: Worker


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
        except (NbkgError, UnicodeError):
            return None
        if made.form is HTML or not isinstance(store, PooledStore):
            return None
        exchange.text = operation.query
        exchange.stable = made.stable and not operation.as_of
        asked = request.query_string if request.method == "GET" else ""
        return Planned(made, store, codings.wanted(get("accept-encoding") or ""), asked)

    def at_once(self, planned: Planned) -> Answer | Started | None:
        """As `answer`, without a change of task: all else waits meanwhile, a millisecond at most.

        For a client that is alone: giving up the thread costs as much as a small query does.
        """
        if there := self._there(planned):
            return there
        worker = planned.store.ask_at_once(planned.plan.question, planned.plan.form)
        if worker is None:
            return None
        told = self._headers(planned, "")  # while the worker is at it
        return self._answered(planned, worker, told, worker.at_once() if worker.waits(_STRAIGHT) else None)

    async def answer(self, planned: Planned) -> Answer | Started | None:
        """The answer, or what a thread is to wait for; None where the application is to answer."""
        if there := self._there(planned):
            return there
        async with self._turns:
            worker = planned.store.ask_at_once(planned.plan.question, planned.plan.form)
            if worker is None:
                return None
            told = self._headers(planned, "")
            body = worker.at_once() if await _readable(worker) else None
        return self._answered(planned, worker, told, body)

    async def goes_on(self, started: Started) -> Answer | Started:
        """The answer to a query that was asked at once, where it comes within a moment more."""
        planned, worker = started.planned, started.worker
        if worker.has_begun:
            return started
        body = worker.at_once() if await _readable(worker) else None
        return self._answered(planned, worker, self._headers(planned, ""), body)

    def _there(self, planned: Planned) -> Answer | None:
        """The answer, where it is kept or takes no process."""
        made, answers = planned.plan, self._serving.answers
        body = answers.get(made.key) if made.stable and answers.largest else None
        if body is None:
            body = planned.store.described(made.question, made.form, made.version)
        return None if body is None else self._whole(planned, body)

    def _answered(self, planned: Planned, worker: Worker, told: Headers, body: bytes | None) -> Answer | Started:
        if body is None:
            return Started(planned, worker)
        planned.store.give_back(worker)
        if planned.plan.stable:
            self._serving.answers.put(planned.plan.key, body)
        return self._whole(planned, body) if planned.coding else Answer(200, told, body)

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
