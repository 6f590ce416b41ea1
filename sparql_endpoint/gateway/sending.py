"""How an answer goes out: whole, from a file, or in blocks while it is being made."""

from __future__ import annotations

import asyncio
import contextvars
import logging
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any

from sparql_endpoint.gateway.quick import Started
from sparql_endpoint.gateway.request import Request
from sparql_endpoint.gateway.rows import Rows
from sparql_endpoint.gateway.wsgi import Answer
from sparql_endpoint.http import cancellation as abandonment
from sparql_endpoint.http.request_context import Exchange, Span
from sparql_endpoint.services import metrics as observing

_LOG = logging.getLogger(__name__)
_BLOCK = 1 << 18
"""Bytes of a file that are read at a time."""


@dataclass
class Asked:
    """A request while it is answered."""

    request: Request
    client: str
    line: observing.Line
    since: float
    """When it came, by the clock of `time.perf_counter`."""
    exchange: Exchange
    body: bytes = b""
    key: tuple[Any, ...] | None = None
    begun: bool = False
    """Whether it was counted, and looked for among the answers that are kept."""
    started: Started | None = None
    """The query that a process is at already."""


def is_of_file(asked: Asked, answer: Answer) -> bool:
    """Whether the body is a part of a file."""
    return asked.exchange.span is not None and answer.status in (200, 206)


async def whole(asked: Asked, answer: Answer, body: bytes) -> None:
    """Sends an answer that is there."""
    await asked.request.answer(answer.status, answer.headers, body)
    await asyncio.sleep(0)  # now it is written; the rest need not be waited for
    tell(asked, answer, body)


def tell(asked: Asked, answer: Answer, body: bytes) -> None:
    """Has the log tell of an answer that was sent."""
    line = asked.line
    line.status, line.bytes, line.query = answer.status, len(body), asked.exchange.query
    rows = Rows(dict(answer.headers))
    rows.see(body)
    line.rows = rows.count() if answer.status == 200 else None


async def blocks(asked: Asked, answer: Answer, gone: abandonment.Abandonment, threads: Executor) -> None:
    """Sends an answer as it is made, by a thread; one that fails is broken off."""
    line = asked.line
    line.status, line.query = answer.status, asked.exchange.query
    span = asked.exchange.span
    given = _of_file(span) if span and is_of_file(asked, answer) else _closing(answer)
    rows = Rows(dict(answer.headers))
    loop = asyncio.get_running_loop()

    def send() -> None:
        abandonment.current.set(gone)
        before: Future[None] | None = None
        for block in given:
            if before:
                before.result()  # one block may be on its way while the next is made
            if gone.told:
                raise ConnectionResetError("the client has gone")
            before = asyncio.run_coroutine_threadsafe(asked.request.send(block), loop)
            line.bytes += len(block)
            rows.see(block)
        if before:
            before.result()

    try:
        await asked.request.begin(answer.status, answer.headers)
        await loop.run_in_executor(threads, contextvars.copy_context().run, send)
        await asked.request.end()
        line.rows = rows.count()
    except BaseException as error:  # whatever it is, the client must not take the answer for whole
        line.broken = True
        asked.request.break_off()
        if not isinstance(error, Exception):  # the server is being stopped
            raise
        if not gone.told:
            _LOG.warning("%s %s: broken off: %s", line.method, line.path, error)
        await asyncio.sleep(0)  # the server takes note of it


def _of_file(span: Span) -> Iterator[bytes]:
    with open(span.file, "rb", buffering=0) as file:  # noqa: PTH123  # unbuffered, as it is read in large blocks
        at = span.start
        while at < span.end:
            block = os.pread(file.fileno(), min(_BLOCK, span.end - at), at)
            if not block:
                raise EOFError(f"{span.file}: ends before byte {span.end}")
            at += len(block)
            yield block


def _closing(answer: Answer) -> Iterable[bytes]:
    """The blocks; the application is told when nobody wants the rest."""
    try:
        yield from answer.blocks
    finally:
        answer.close()
