"""Graphs to a Graph Store over HTTP, chunk by chunk; an interrupted push goes on where it was.

Of each graph the first chunk replaces what the store has (PUT), later ones are added (POST). The number of the last
chunk that the store confirmed stands in a file of the user's cache folder until all are sent:

push/<sha256 of the address>/<sha256 of files' content, graph and size>.json    {"address": …, "chunks": 17}

A chunk that was sent but not confirmed is sent again. That changes nothing: blank nodes are only ever in chunks that
are whole graphs, which replace; what is added has none (`loader.chunks`), and a graph is a set of triples.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from loader.push.graph_store import GraphStore
from nbkg.errors import RdfFileError, ServiceError
from nbkg.rdf.batches import Batch, Survey, cut_batches, survey_files
from nbkg.rdf.statements import RdfFile, inspect_file

SIZE = 50_000
"""Statements in one request."""
Told = Callable[[str, int, int], object]
"""Is told what is done (`reading bytes`, `sending statements`), how far, of how many."""


@dataclass(frozen=True)
class Pushed:
    """What a store was given."""

    graphs: int
    statements: int
    chunks: int
    before: int
    """Chunks that an interrupted push had sent already."""


@dataclass(frozen=True)
class Cut:
    """How files are cut."""

    graph: str | None = None
    """The named graph for triples of files that name none."""
    size: int = SIZE


def push(
    store: GraphStore,
    files: Sequence[Path],
    cut: Cut,
    *,
    restart: bool = False,
    told: Told = lambda *_: None,
) -> Pushed:
    """Sends files to a store. With `restart` what an interrupted push sent is sent again.

    Raises UsageError for a missing or unknown kind of file or what the store refuses, RdfFileError for a file that
    does not parse (before anything is sent), ServiceError for a store that is out of reach.
    """
    sources = [inspect_file(file, cut.graph) for file in files]
    with _journal(store.address, sources, cut) as journal:
        if restart:
            journal.forget()
        pushed = _send(store, _read(sources, told), cut.size, journal, told)
        journal.forget()
        return pushed


def _read(sources: Sequence[RdfFile], told: Told) -> Survey:
    total, read = sum(each.size for each in sources), 0

    def moved(size: int) -> None:
        nonlocal read
        read += size
        told("reading bytes", read, total)

    try:
        return survey_files(sources, moved)
    except RdfFileError as error:
        raise _added(error, "nothing was sent") from error


def _send(store: GraphStore, found: Survey, size: int, journal: _Journal, told: Told) -> Pushed:
    before, sent, number, total = journal.confirmed, 0, 0, found.counts.total()
    try:
        for chunk in cut_batches(found, size, store.genid):
            if chunk.number > before:
                told("sending statements", sent, total)
                store.write(chunk.graph, chunk.body(), replace=chunk.first, label=_label(chunk))
                journal.confirm(chunk.number)
            number, sent = chunk.number, sent + len(chunk.triples)
    except RdfFileError as error:
        raise _added(error, f"{max(number, before)} chunks were sent and stay") from error
    told("sending statements", sent, total)
    return Pushed(len(found.counts), sent, number, min(before, number))


def _label(chunk: Batch) -> str:
    return f"chunk {chunk.number} ({'the default graph' if chunk.graph is None else f'<{chunk.graph}>'})"


def _added(error: RdfFileError, how_far: str) -> RdfFileError:
    return RdfFileError(f"{error.problem}; {how_far}", file=error.file, line=error.line)


class _Journal:
    """What a store confirmed, on disk."""

    def __init__(self, file: Path, address: str) -> None:
        self._file = file
        self._address = address

    @property
    def confirmed(self) -> int:
        """The number of the last chunk; 0 where there is none, or the file cannot be read."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            return int(json.loads(self._file.read_text(encoding="utf-8"))["chunks"])
        return 0

    def confirm(self, number: int) -> None:
        """Keeps the number, whole or not at all."""
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps({"address": self._address, "chunks": number}) + "\n", encoding="utf-8")
        new.replace(self._file)

    def forget(self) -> None:
        """All of it is to be sent."""
        self._file.unlink(missing_ok=True)


@contextmanager
def _journal(address: str, sources: Sequence[RdfFile], cut: Cut) -> Iterator[_Journal]:
    """The journal of this push; those of other interrupted pushes to the same store go, as this may replace theirs."""
    folder = user_cache_path("nbkg") / "push" / _hash(address)
    folder.mkdir(parents=True, exist_ok=True)
    what = [cut.graph, cut.size, *([each.format.media_type, each.digest] for each in sources)]
    file = folder / f"{_hash(json.dumps(what))}.json"
    with _locked(file) as free:
        if not free:
            raise ServiceError(f"{address}: the same files are being sent there already; wait for it")
        for other in set(folder.glob("*.json")) - {file}:
            with _locked(other) as abandoned:
                if abandoned:
                    other.unlink(missing_ok=True)
        yield _Journal(file, address)


@contextmanager
def _locked(journal: Path) -> Iterator[bool]:
    """Whether no other push holds the journal; held until the end."""
    lock = journal.with_suffix(".lock")
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        try:
            yield True
        finally:
            lock.unlink(missing_ok=True)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
