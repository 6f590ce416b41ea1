"""A writable store: one process writes, and the readers of a pool each see a complete version."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from nbkg.storage.kept_versions import keep_checkpoint
from nbkg.storage.layout import lock_for_serving
from nbkg.storage.opened_store import CurrentDirectory, OpenedStore
from nbkg.storage.served_directory import locate
from nbkg.storage.writable_store import make_writable, name_opening
from sparql_endpoint.errors import BusyError
from sparql_endpoint.http.formats import Format
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.base import Document, Question, Store, Update
from sparql_endpoint.stores.oxigraph import OxigraphStore
from sparql_endpoint.workers.jobs import Start, WriterJob
from sparql_endpoint.workers.pool import Pool
from sparql_endpoint.workers.pooled_store import PooledStore
from sparql_endpoint.workers.worker import Worker

_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  # memory that several processes can read, by a name of our own
_WAITS = 60.0
"""Seconds that a change waits for the one before it."""


@dataclass
class Versions:
    """The names of an open writable store's versions, and how the newest of them is opened for reading."""

    name: str
    folder: Path
    directory: Callable[[str], OpenedStore]
    changes: int = 0
    modified: float = field(default_factory=time.time)

    def __call__(self, version: str) -> OpenedStore:
        """Return the store as it is now."""
        return self.directory(version or self.version())

    def version(self) -> str:
        """Return the store's name and how many changes there were since it was opened."""
        return f"{self.name}-{self.changes}"

    def step(self) -> None:
        """Count a new version."""
        self.modified = time.time()
        self.changes += 1


class WritablePooledStore(PooledStore):
    """Readers see a version only once it is complete and on disk; a change returns once every later query sees it.

    A writer that is ended in the middle of a change leaves the version before it, which the next writer opens.
    """

    def __init__(
        self, versions: Versions, inner: Store, pool: Pool, start: Callable[[], Worker], seconds: float
    ) -> None:
        super().__init__(inner, pool, seconds)
        self._versions = versions
        self._start = start
        self._limit = seconds
        self._folder = versions.folder
        self._lock = threading.RLock()
        self._writer: Worker | None = None

    def version(self) -> str:
        """Return the version that is served now."""
        return self._versions.version()

    def find_description(self, question: Question, form: Format, version: str) -> None:
        """Return None: the readers know of a change first."""

    def modified(self) -> float | None:
        """Return when it last changed or was opened, in seconds since 1970."""
        return self._versions.modified

    def has_graph(self, graph: str | None) -> bool:
        """Return whether the store has the graph now."""
        return graph is None or self._write("has_graph", graph, changes=False)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold back the changes of others until the context ends, so that a precondition still holds at the change."""
        if not self._lock.acquire(timeout=_WAITS):
            raise BusyError("another change is taking long; try again in a moment")
        try:
            yield
        finally:
            self._lock.release()

    def update(self, update: Update) -> None:
        """Carry out all operations of a SPARQL update, or none."""
        self._write("update", update)

    def write_graph(self, graph: str | None, documents: Sequence[Document], *, replace: bool) -> bool:
        """Add documents to a graph, or replace what it holds; return whether the graph is new."""
        return self._write("write_graph", graph, documents, replace)

    def delete_graph(self, graph: str | None) -> bool:
        """Remove a graph; return False where the store has none of that name."""
        return self._write("delete_graph", graph)

    def make_release(self, release: str) -> bool:
        """Keep what the store holds now as a release; return False where there is one of that name."""
        return keep_checkpoint(
            self._folder, release, lambda folder: self._write("make_checkpoint", folder, changes=False)
        )

    def _write(self, method: str, *arguments: object, changes: bool = True) -> bool:
        """Return what a method of the writer returns."""
        with self.exclusive():
            try:
                return b"".join(self._living().run(WriterJob(method, arguments), self._limit)) == b"true"
            finally:
                if changes:  # also where it failed: of one that was ended nobody knows whether it came to its end
                    self._versions.step()

    def _living(self) -> Worker:
        """Return the writer; another where it was ended or gave way to others."""
        if self._writer is not None and not self._writer.fresh:
            self._writer.restore()
        if self._writer is None or not self._writer.alive or not self._writer.fresh:
            self._end()
            self._writer = self._start()
        return self._writer

    def start(self) -> None:
        """Start the writer, and wait until it has opened the store."""
        self._living().wait_until_ready()

    def close(self) -> None:
        """End the writer."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._writer is not None:
            self._writer.kill()
            self._writer = None


def lock_folder(address: str, stack: ExitStack) -> Path:
    """Return the folder of a writable store, made where it is new and locked until the stack is closed.

    `memory:` is a folder in shared memory that goes with the server. Raises StoreUnavailableError.
    """
    if address == "memory:":
        folder = Path(tempfile.mkdtemp(prefix="nbkg-", dir=_SHARED_MEMORY if _SHARED_MEMORY.is_dir() else None))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
    else:
        folder = Path(address)
    stack.enter_context(lock_for_serving(make_writable(folder)))
    return folder


def open_writable(folder: Path, settings: Settings, stack: ExitStack) -> WritablePooledStore:
    """Open the store in a folder that is locked for us; closing the stack ends its processes."""
    start = Start("read", str(folder), settings.default_graph, settings.memory_limit, settings.hosts)
    versions = Versions(name_opening(folder), folder, CurrentDirectory(folder))
    pool = Pool(partial(Worker, start), settings.workers)
    writer = partial(Worker, replace(start, role="write", address=str(locate(folder).folder)))
    inner = OxigraphStore(versions, settings.default_graph, settings.hosts)
    store = WritablePooledStore(versions, inner, pool, writer, settings.time_limit)
    stack.callback(pool.close)
    stack.callback(store.close)
    store.start()
    pool.prepare()
    return store
