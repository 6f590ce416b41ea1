"""A store whose queries run in the readers of a pool."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from nbkg.errors import NbkgError, StoreUnavailableError
from sparql_endpoint.http.formats import Format
from sparql_endpoint.stores.base import Question, Row, Store, Term
from sparql_endpoint.stores.oxigraph import OxigraphStore
from sparql_endpoint.workers.jobs import BLOCK, QueryJob
from sparql_endpoint.workers.pool import Pool
from sparql_endpoint.workers.worker import Worker


class PooledStore:
    """Another store, whose results come from the readers of a pool; our own small queries it answers itself."""

    def __init__(self, inner: Store, pool: Pool, seconds: float, release: str = "") -> None:
        self._inner = inner
        self._pool = pool
        self._seconds = seconds
        self.release = release
        """The name of the release that it is; empty for the data as it is now."""

    def of_release(self, inner: Store, release: str) -> PooledStore:
        """Return a release of the same store, whose results come from the same readers."""
        return PooledStore(inner, self._pool, self._seconds, release)

    def version(self) -> str:
        """Return the version that is served now."""
        return self._inner.version()

    def modified(self) -> float | None:
        """Return when it came to be served, in seconds since 1970."""
        return self._inner.modified()

    def has_graph(self, graph: str | None) -> bool:
        """Return whether the store has the graph."""
        return self._inner.has_graph(graph)

    def left_out(self) -> Sequence[str]:
        """Return the named graphs that the present leaves out."""
        return self._inner.left_out()

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Sequence[Row]:
        """Return the solutions of one of our own queries."""
        return self._inner.select(query, bindings)

    def answer(self, question: Question, form: Format, prefixes: Mapping[str, str] | None = None) -> Iterable[bytes]:
        """Return the result: a list where it is of one block, else an iterator to be closed.

        Raises QueryTooSlowError, QueryTooLargeError, BusyError and the store's own errors, here or from the iterator.
        """
        worker = self._pool.take()
        try:
            worker.begin(QueryJob(question, form, prefixes, self.version(), self.release), self._seconds)
        except BaseException:
            self._pool.give_back(worker, usable=False)
            raise
        return self.rest(worker)

    def find_description(self, question: Question, form: Format, version: str) -> bytes | None:
        """Return a version's result of a DESCRIBE of one IRI with few short statements; None for all else."""
        inner = self._inner
        return (
            inner.find_description(question, form, version)
            if isinstance(inner, OxigraphStore) and not self.release
            else None
        )

    def ask_at_once(self, question: Question, form: Format, version: str) -> Worker | None:
        """Return a reader that was given the query, for those who cannot wait; None where none is idle.

        `version` is the one that is current, as it was looked up for the request.
        It is to be given back by `give_back`, or its result to be had from `rest`.
        """
        worker = self._pool.take_at_once()
        if worker is not None:
            try:
                worker.begin(QueryJob(question, form, None, version, self.release), self._seconds)
            except StoreUnavailableError:
                self._pool.give_back(worker, usable=False)
                return None
        return worker

    def give_back(self, worker: Worker) -> None:
        """Take back a reader that has given all of its result."""
        self._pool.give_back(worker, usable=True)

    def rest(self, worker: Worker) -> Iterable[bytes]:
        """Return the result of a reader that was given a query, once its first block has come: as `answer` does."""
        blocks = ResultBlocks(self._pool, worker)
        first = next(blocks, b"")
        if len(first) >= BLOCK:
            blocks.put_back(first)
            return blocks
        blocks.close()
        return [first]


class ResultBlocks(Iterator[bytes]):
    """The blocks that a reader gives; the reader goes back to the pool with the last of them, or is ended."""

    def __init__(self, pool: Pool, worker: Worker) -> None:
        self._pool = pool
        self._worker: Worker | None = worker
        self._blocks = worker.rest()
        self._first = b""

    def put_back(self, block: bytes) -> None:
        """Give the block once more."""
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
        """End a reader that is in the middle of a result; take back one that has given all of it."""
        if self._worker is None:
            return
        complete = self._worker.done and next(self._blocks, None) is None
        self._give_back(usable=complete)

    def _give_back(self, *, usable: bool) -> None:
        if self._worker is not None:
            worker, self._worker = self._worker, None
            self._blocks.close()
            self._pool.give_back(worker, usable=usable)
