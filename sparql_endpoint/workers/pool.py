"""A store whose queries run in worker processes, as many at once as there may be, all started beforehand."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import IO

from sparql_endpoint.errors import BusyError, EndpointError
from sparql_endpoint.formats import Format
from sparql_endpoint.stores.base import Question, Row, Store, Term
from sparql_endpoint.stores.spool import spooled
from sparql_endpoint.workers.messages import Job
from sparql_endpoint.workers.process import Worker


@dataclass
class Pool:
    """The processes: idle ones wait for a query; one that had to be ended is replaced in the background."""

    start: Callable[[], Worker]
    most: int
    _idle: list[Worker] = field(default_factory=list)
    _running: int = 0
    _closed: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _starter: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "workers"))

    def prepare(self) -> None:
        """Starts, in the background, as many processes as may run."""
        self._starter.submit(self._fill)

    def _fill(self) -> None:
        while True:
            with self._lock:
                if self._closed or len(self._idle) + self._running >= self.most:
                    return
            worker = self.start()
            worker.wait_until_ready()
            with self._lock:
                self._idle.append(worker)

    def take(self) -> Worker:
        """An idle worker, or a new one. Raises BusyError where as many as may run are running."""
        with self._lock:
            if self._running >= self.most:
                raise BusyError(f"{self.most} queries are running, which is as many as may; try again in a moment")
            self._running += 1
            worker = self._idle.pop() if self._idle else None
        return worker if worker is not None and worker.alive else self._started()

    def _started(self) -> Worker:
        try:
            return self.start()
        except BaseException:
            with self._lock:
                self._running -= 1
            raise

    def give_back(self, worker: Worker, *, usable: bool) -> None:
        """Takes a worker back; one that is dead, slow by now or in the middle of an answer is ended."""
        keep = usable and worker.fresh and worker.alive
        if not keep and worker.alive:
            worker.kill()
        with self._lock:
            self._running -= 1
            if keep:
                self._idle.append(worker)
        if not keep:
            self.prepare()

    def close(self) -> None:
        """Ends all that wait."""
        with self._lock:
            self._closed = True
        self._starter.shutdown()
        with self._lock:
            for worker in self._idle:
                worker.kill()
            self._idle.clear()


class PooledStore:
    """Another store, whose answers come from the processes of a pool; our own small queries it answers itself."""

    def __init__(self, inner: Store, pool: Pool, seconds: float) -> None:
        self._inner = inner
        self._pool = pool
        self._seconds = seconds

    def version(self) -> str:
        """The version that is served now."""
        return self._inner.version()

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Sequence[Row]:
        """The rows of one of our own queries."""
        return self._inner.select(query, bindings)

    def answer(self, question: Question, form: Format, prefixes: Mapping[str, str] | None = None) -> Iterable[bytes]:
        """The answer, once it is whole.

        Raises QueryTooSlowError, QueryTooLargeError, BusyError and the store's own errors, all before the first block.
        """
        job = Job(question, form, prefixes)
        return spooled(lambda output: self._copy(job, output))

    def _copy(self, job: Job, output: IO[bytes]) -> None:
        worker = self._pool.take()
        usable = False
        try:
            output.writelines(worker.ask(job, self._seconds))
            usable = True
        except EndpointError:
            usable = True
            raise
        finally:
            self._pool.give_back(worker, usable=usable)
