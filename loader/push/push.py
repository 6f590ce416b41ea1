"""Sends graphs to a Graph Store over HTTP, chunk by chunk; an interrupted push goes on where it was.

Of each graph the first chunk replaces what the store has (PUT), later ones are added (POST). The number of the last
chunk that the store confirmed stands in a file of the user's cache folder until all are sent:

push/<sha256 of the address>/<sha256 of files' content, graph and size>.json    {"address": …, "chunks": 17}

A chunk that was sent but not confirmed is sent again. That changes nothing: blank nodes are only in chunks that hold a
complete graph, which replace; what is added has none (`nbkg.rdf.batches`), and a graph is a set of triples.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from loader.meter import Meter, Progress
from loader.push import CHUNK_SIZE
from loader.push.graph_store import GraphStore
from nbkg.errors import RdfFileError, ServiceError
from nbkg.rdf.batches import Batch, Survey, cut_batches, survey_files
from nbkg.rdf.statements import RdfFile, inspect_file
from nbkg.storage.atomic_replace import replace_file
from nbkg.storage.lock import try_lock


@dataclass(frozen=True)
class PushResult:
    """The graphs, statements and chunks that a store has now."""

    graphs: int
    statements: int
    chunks: int
    before: int
    """Chunks that an interrupted push had sent already."""


@dataclass(frozen=True)
class ChunkSettings:
    """How files are cut into chunks."""

    graph: str | None = None
    """The named graph for triples of files that name none."""
    size: int = CHUNK_SIZE
    base: str = ""
    """What relative IRIs are relative to."""


def push(
    store: GraphStore,
    files: Sequence[Path],
    settings: ChunkSettings,
    *,
    restart: bool = False,
    progress: Progress = lambda *_: None,
) -> PushResult:
    """Send files to a store. With `restart` what an interrupted push sent is sent again.

    Raises UsageError for a missing or unknown kind of file or what the store refuses, RdfFileError for a file that
    does not parse (before anything is sent), ServiceError for a store that is out of reach.
    """
    sources = [inspect_file(file, settings.graph, settings.base) for file in files]
    with _journal(store.address, sources, settings) as journal:
        if restart:
            journal.forget()
        result = _send(store, _survey(sources, progress), settings.size, journal, progress)
        journal.forget()
        return result


def _survey(sources: Sequence[RdfFile], progress: Progress) -> Survey:
    meter = Meter("reading bytes", sum(source.size for source in sources), progress)
    try:
        return survey_files(sources, meter.advance)
    except RdfFileError as error:
        raise _with_note(error, "nothing was sent") from error


def _send(store: GraphStore, survey: Survey, size: int, journal: _Journal, progress: Progress) -> PushResult:
    before, sent, number, total = journal.confirmed, 0, 0, survey.counts.total()
    try:
        for chunk in cut_batches(survey, size, store.genid):
            if chunk.number > before:
                progress("sending statements", sent, total)
                store.write(chunk.graph, chunk.body(), replace=chunk.first, label=_label(chunk))
                journal.confirm(chunk.number)
            number, sent = chunk.number, sent + len(chunk.triples)
    except RdfFileError as error:
        raise _with_note(error, f"{max(number, before)} chunks were sent and stay") from error
    progress("sending statements", sent, total)
    return PushResult(len(survey.counts), sent, number, min(before, number))


def _label(chunk: Batch) -> str:
    return f"chunk {chunk.number} ({'the default graph' if chunk.graph is None else f'<{chunk.graph}>'})"


def _with_note(error: RdfFileError, note: str) -> RdfFileError:
    return RdfFileError(f"{error.problem}; {note}", file=error.file, line=error.line)


class _Journal:
    """The number of the last chunk that a store confirmed, on disk."""

    def __init__(self, file: Path, address: str) -> None:
        self._file = file
        self._address = address

    @property
    def confirmed(self) -> int:
        """Return the number of the last chunk; 0 where there is none, or the file cannot be read."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            return int(json.loads(self._file.read_text(encoding="utf-8"))["chunks"])
        return 0

    def confirm(self, number: int) -> None:
        """Keeps the number, whole or not at all."""
        content = json.dumps({"address": self._address, "chunks": number}) + "\n"
        replace_file(self._file, content.encode())

    def forget(self) -> None:
        """Forget the number: everything must be sent."""
        self._file.unlink(missing_ok=True)


@contextmanager
def _journal(address: str, sources: Sequence[RdfFile], settings: ChunkSettings) -> Iterator[_Journal]:
    """Open the journal of this push; remove those of other interrupted pushes to the store: this may replace theirs."""
    folder = user_cache_path("nbkg") / "push" / _hash(address)
    folder.mkdir(parents=True, exist_ok=True)
    key = [
        settings.graph,
        settings.size,
        settings.base,
        *([source.format.media_type, source.digest] for source in sources),
    ]
    file = folder / f"{_hash(json.dumps(key))}.json"
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
    file = journal.with_suffix(".lock")
    with try_lock(file) as is_free:
        try:
            yield is_free
        finally:
            if is_free:
                file.unlink(missing_ok=True)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
