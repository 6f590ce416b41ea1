"""A writable store: one process that writes, and the pool of those that read whole versions."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from nbkg.storage.checkpoint import Directory, Opened
from nbkg.storage.opening_checkpoint import kept, locate, locked, made_writable, next_opening
from sparql_endpoint.errors import BusyError
from sparql_endpoint.http.formats import Format
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.base import Document, Question, Store, Update
from sparql_endpoint.stores.oxigraph import OxigraphStore
from sparql_endpoint.workers.messages import Change, DeleteGraph, HasGraph, Job, Keep, WriteGraph
from sparql_endpoint.workers.pool import Pool, PooledStore
from sparql_endpoint.workers.process import Start, Worker

_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  # memory that several processes can read, by a name of our own
_WAITS = 60.0
"""Seconds that a change waits for the one before it."""


@dataclass
class Versions:
    """What the versions of an open writable store are called, and the newest of them as it is opened for reading."""

    name: str
    folder: Path
    directory: Callable[[str], Opened]
    changes: int = 0
    modified: float = field(default_factory=time.time)

    def __call__(self, version: str) -> Opened:
        """The store as it is now."""
        return self.directory(version or self.version())

    def version(self) -> str:
        """The store's name and how many changes there were since it was opened."""
        return f"{self.name}-{self.changes}"

    def step(self) -> None:
        """There is a new version."""
        self.modified = time.time()
        self.changes += 1


class WritingStore(PooledStore):
    """Readers see a version only once it is whole and on disk; a change is told done once every later query sees it.

    A writing process that was ended in the middle of a change leaves what was there before: the next one opens it.
    """

    def __init__(
        self, versions: Versions, inner: Store, pool: Pool, start: Callable[[], Worker], seconds: float
    ) -> None:
        super().__init__(inner, pool, seconds)
        self._versions = versions
        self._start = start
        self._limit = seconds
        self._folder = versions.folder
        self._lock = threading.Lock()
        self._writer: Worker | None = None

    def version(self) -> str:
        """The version that is served now."""
        return self._versions.version()

    def described(self, question: Question, form: Format, version: str) -> None:
        """None: the processes know of a change first."""

    def modified(self) -> float | None:
        """When it last changed, or was opened."""
        return self._versions.modified

    def has_graph(self, graph: str | None) -> bool:
        """Whether the graph is there now."""
        return graph is None or self._told(HasGraph(graph), changes=False)

    def update(self, update: Update) -> None:
        """Does all operations of a SPARQL update, or none."""
        self._told(Change(update))

    def write_graph(self, graph: str | None, documents: Sequence[Document], *, replace: bool) -> bool:
        """Adds documents to a graph, or puts them in its place; True where it was made."""
        return self._told(WriteGraph(graph, documents, replace))

    def delete_graph(self, graph: str | None) -> bool:
        """Removes a graph; False where it was not there."""
        return self._told(DeleteGraph(graph))

    def keep(self, release: str) -> bool:
        """Keeps what the store holds now as a release; False where there is one of that name."""
        return kept(self._folder, release, lambda folder: self._told(Keep(folder), changes=False))

    def _told(self, job: Job, *, changes: bool = True) -> bool:
        if not self._lock.acquire(timeout=_WAITS):
            raise BusyError("another change is taking long; try again in a moment")
        try:
            return b"".join(self._living().ask(job, self._limit)) == b"true"
        finally:
            if changes:  # also where it failed: of one that was ended nobody knows whether it came to its end
                self._versions.step()
            self._lock.release()

    def _living(self) -> Worker:
        """The writing process; another where it was ended or gave way to others."""
        if self._writer is not None and not self._writer.fresh:
            self._writer.restore()
        if self._writer is None or not self._writer.alive or not self._writer.fresh:
            self._end()
            self._writer = self._start()
        return self._writer

    def start(self) -> None:
        """Starts the writing process, and waits until it has opened the store."""
        self._living().wait_until_ready()

    def close(self) -> None:
        """Ends the writing process."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._writer is not None:
            self._writer.kill()
            self._writer = None


def folder_of(address: str, stack: ExitStack) -> Path:
    """The folder of a writable store, made where it is new and locked until the stack is closed.

    `memory:` is a folder in shared memory that goes with the server. Raises StoreUnavailableError.
    """
    if address == "memory:":
        folder = Path(tempfile.mkdtemp(prefix="nbkg-", dir=_SHARED_MEMORY if _SHARED_MEMORY.is_dir() else None))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
    else:
        folder = Path(address)
    stack.enter_context(locked(made_writable(folder)))
    return folder


def open_writing(folder: Path, settings: Settings, stack: ExitStack) -> WritingStore:
    """The store in a folder that is locked for us; closing the stack ends its processes."""
    start = Start("read", str(folder), settings.union, settings.memory_limit, settings.hosts)
    versions = Versions(next_opening(folder), folder, Directory(folder))
    pool = Pool(partial(Worker, start), settings.workers)
    writer = partial(Worker, replace(start, role="write", address=str(locate(folder).folder)))
    inner = OxigraphStore(versions, union=settings.union, hosts=settings.hosts)
    store = WritingStore(versions, inner, pool, writer, settings.time_limit)
    stack.callback(pool.close)
    stack.callback(store.close)
    store.start()
    pool.prepare()
    return store
