"""A store whose queries run in worker processes, as many at once as there may be, all started beforehand."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from nbkg.errors import NbkgError, StoreUnavailableError
from sparql_endpoint.errors import BusyError
from sparql_endpoint.http.formats import Format
from sparql_endpoint.stores.base import Question, Row, Store, Term
from sparql_endpoint.stores.oxigraph import OxigraphStore
from sparql_endpoint.workers.messages import BLOCK, Ask
from sparql_endpoint.workers.process import Worker

_WAITS = 2.0
"""Seconds that a query waits for a process."""


@dataclass
class Pool:
    """The processes: idle ones wait for a query; one that had to be ended is replaced in the background."""

    start: Callable[[], Worker]
    most: int
    _idle: list[Worker] = field(default_factory=list)
    _running: int = 0
    _closed: bool = False
    _free: threading.Condition = field(default_factory=threading.Condition)
    _starter: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "workers"))

    @property
    def running(self) -> int:
        """How many are at work."""
        return self._running

    def prepare(self) -> None:
        """Starts, in the background, as many processes as may run."""
        with self._free:
            if not self._closed:
                self._starter.submit(self._fill)

    def _fill(self) -> None:
        while True:
            with self._free:
                if self._closed or len(self._idle) + self._running >= self.most:
                    return
            worker = self.start()
            worker.wait_until_ready()
            with self._free:
                self._idle.append(worker)

    def take_at_once(self) -> Worker | None:
        """An idle worker that waits for a job; None where there is none just now."""
        with self._free:
            if self._running >= self.most or not self._idle or not self._idle[-1].is_ready:
                return None
            self._running += 1
            return self._idle.pop()

    def take(self) -> Worker:
        """An idle worker, or a new one. Raises BusyError where for a while as many as may run are running."""
        until = time.monotonic() + _WAITS
        with self._free:
            while self._running >= self.most:
                if not self._free.wait(until - time.monotonic()) and time.monotonic() > until:
                    told = f"{self.most} queries are running, which is as many as may; try again in a moment"
                    raise BusyError(told)
            self._running += 1
            worker = self._idle.pop() if self._idle else None
        if worker is not None and worker.alive:
            return worker
        return self._started(worker)

    def _started(self, dead: Worker | None) -> Worker:
        if dead is not None:
            dead.kill()
        try:
            return self.start()
        except BaseException:
            with self._free:
                self._running -= 1
                self._free.notify()
            raise

    def give_back(self, worker: Worker, *, usable: bool) -> None:
        """Takes a worker back; one that is dead, slow by now or in the middle of an answer is ended."""
        if usable and not worker.fresh and worker.alive:
            worker.restore()
        keep = usable and worker.fresh  # one that died by itself shows that when it is given something
        if not keep and worker.alive:
            worker.kill()
        with self._free:
            self._running -= 1
            if keep:
                self._idle.append(worker)
            self._free.notify()
        if not keep:
            self.prepare()

    def close(self) -> None:
        """Ends all that wait."""
        with self._free:
            self._closed = True
        self._starter.shutdown()
        with self._free:
            for worker in self._idle:
                worker.kill()
            self._idle.clear()


class PooledStore:
    """Another store, whose answers come from the processes of a pool; our own small queries it answers itself."""

    def __init__(self, inner: Store, pool: Pool, seconds: float, release: str = "") -> None:
        self._inner = inner
        self._pool = pool
        self._seconds = seconds
        self.release = release
        """Which release it is; empty for the data as it is now."""

    def of_release(self, inner: Store, release: str) -> PooledStore:
        """A release of the same store, whose answers come from the same processes."""
        return PooledStore(inner, self._pool, self._seconds, release)

    def version(self) -> str:
        """The version that is served now."""
        return self._inner.version()

    def modified(self) -> float | None:
        """When it came to be served."""
        return self._inner.modified()

    def has_graph(self, graph: str | None) -> bool:
        """Whether the graph is there."""
        return self._inner.has_graph(graph)

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Sequence[Row]:
        """The rows of one of our own queries."""
        return self._inner.select(query, bindings)

    def answer(self, question: Question, form: Format, prefixes: Mapping[str, str] | None = None) -> Iterable[bytes]:
        """The answer: a list where it is of one block, else an iterator to be closed.

        Raises QueryTooSlowError, QueryTooLargeError, BusyError and the store's own errors, here or from the iterator.
        """
        worker = self._pool.take()
        try:
            worker.begin(Ask(question, form, prefixes, self.version(), self.release), self._seconds)
        except BaseException:
            self._pool.give_back(worker, usable=False)
            raise
        return begun(Answer(self._pool, worker))

    def described(self, question: Question, form: Format, version: str) -> bytes | None:
        """The answer of a version to a DESCRIBE of one thing of which little is told; None for all else."""
        inner = self._inner
        return (
            inner.described(question, form, version) if isinstance(inner, OxigraphStore) and not self.release else None
        )

    def ask_at_once(self, question: Question, form: Format) -> Worker | None:
        """A worker that was given the question, for those who cannot wait; None where none waits for one.

        It is to be given back by `give_back`, or its answer to be had from `Answer`.
        """
        worker = self._pool.take_at_once()
        if worker is not None:
            try:
                worker.begin(Ask(question, form, None, self.version(), self.release), self._seconds)
            except StoreUnavailableError:
                self._pool.give_back(worker, usable=False)
                return None
        return worker

    def give_back(self, worker: Worker) -> None:
        """A worker that has given all of its answer."""
        self._pool.give_back(worker, usable=True)

    def rest(self, worker: Worker) -> Iterable[bytes]:
        """The answer of a worker that was given a question."""
        return begun(Answer(self._pool, worker))


class Answer:
    """The blocks that a worker gives; the worker goes back to the pool with the last of them, or is ended."""

    def __init__(self, pool: Pool, worker: Worker) -> None:
        self._pool = pool
        self._worker: Worker | None = worker
        self._blocks = worker.rest()
        self._first = b""

    def __iter__(self) -> Answer:
        return self

    def put_back(self, block: bytes) -> None:
        """Has the block come once more."""
        self._first = block

    def __next__(self) -> bytes:
        if self._first:
            first, self._first = self._first, b""
            return first
        try:
            return next(self._blocks)
        except (StopIteration, NbkgError):
            self._give_back(usable=True)
            raise
        except BaseException:
            self._give_back(usable=False)
            raise

    def close(self) -> None:
        """Ends a worker that is in the middle of an answer, keeps one that has given all of it."""
        if self._worker is None:
            return
        whole = next(self._blocks, None) is None if self._worker.done else False
        self._give_back(usable=whole)

    def _give_back(self, *, usable: bool) -> None:
        if self._worker is not None:
            worker, self._worker = self._worker, None
            self._blocks.close()
            self._pool.give_back(worker, usable=usable)


def begun(answer: Answer) -> Iterable[bytes]:
    """An answer whose first block is there: a list where that is all of it."""
    first = next(answer, b"")
    if len(first) >= BLOCK:
        answer.put_back(first)
        return answer
    answer.close()
    return [first]
