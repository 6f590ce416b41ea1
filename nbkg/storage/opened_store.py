"""An engine's store as it is opened: which data it holds, and its default graphs."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

import pyoxigraph as ox

from nbkg.errors import DefaultGraphLostError, StoreUnavailableError
from nbkg.storage import layout
from nbkg.storage.default_graph import MAX_QUADS, DefaultGraph, copy_to_memory
from nbkg.storage.served_directory import ServedDirectory, locate, read_link

_LOOK_SECONDS = 0.005
"""Seconds within which one look at what is current is enough: a request asks several times."""
_OPEN_SECONDS = 5.0
_RETRY_SECONDS = 0.005


class OpenedStore:
    """An engine's store, what identifies its data, and its default graphs, copied into memory when first asked for."""

    def __init__(
        self,
        store: ox.Store,
        version: str,
        modified: float | None = None,
        directory: ServedDirectory | None = None,
        *,
        on_disk: bool = False,
    ) -> None:
        self.store = store
        self.version = version
        self.modified = modified
        self._holds_merge = directory is not None and directory.holds_merge
        self._plain = directory.plain if directory else "own"
        self.left_out = directory.left_out if directory else ()
        """The named graphs that the present leaves out."""
        self._may_be_small = not on_disk and (directory is None or directory.may_hold_at_most(MAX_QUADS))
        self._copies: dict[DefaultGraph, ox.Store | None] = {}
        self._lock = Lock()

    def is_ready(self, kind: DefaultGraph) -> bool:
        """Return whether `default_graph` gives it at once, without a copy that is still to be made."""
        return kind is DefaultGraph.PLAIN or not self._may_be_small or self._copy_of(kind) in self._copies

    @property
    def keeps_plain(self) -> bool:
        """Return whether the plain default graph can be told from the merge."""
        return self._plain != "mixed"

    def default_graph(self, kind: DefaultGraph) -> tuple[ox.Store, dict[str, Any]]:
        """Return the store that has a default graph, and the arguments with which it is queried for it.

        The union of a large store meets a triple once for each graph that holds it. A large built store is read as the
        present beside the graphs that it leaves out, so that only a triple of two of these is met twice; the engine's
        own union meets every triple twice or more, and a join of three patterns eight times as often. With two graphs
        left out such a join takes twice as long as in the present, with twenty nine times (180,000 triples).
        Raises DefaultGraphLostError for the plain default graph where nobody can tell any more what it was.
        """
        if kind is DefaultGraph.PLAIN:
            return self.store, self._plain_arguments()
        copy = self._copy(self._copy_of(kind))
        if copy is not None:
            return copy, {}
        if not self._holds_merge:
            return self.store, {"use_default_graph_as_union": True}
        if kind is DefaultGraph.PRESENT or not self.left_out:
            return self.store, {}
        return self.store, {"default_graph": [ox.DefaultGraph(), *map(ox.NamedNode, self.left_out)]}

    def _plain_arguments(self) -> dict[str, Any]:
        if not self.keeps_plain:
            raise DefaultGraphLostError(
                "this store holds the merge of its graphs, and no longer its own default graph by itself"
            )
        return {"default_graph": []} if self._holds_merge and self._plain == "empty" else {}

    def _copy_of(self, kind: DefaultGraph) -> DefaultGraph:
        """Return the kind of the copy that serves a kind: where nothing is left out, one serves both."""
        return kind if self.left_out else DefaultGraph.UNION

    def _copy(self, kind: DefaultGraph) -> ox.Store | None:
        with self._lock:
            if kind not in self._copies:
                merge = not self._holds_merge or (kind is DefaultGraph.UNION and bool(self.left_out))
                self._copies[kind] = copy_to_memory(self.store, merge=merge) if self._may_be_small else None
            return self._copies[kind]


class CurrentDirectory:
    """Opens the directory that a store's folder means, and the next one when the folder means another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._link = str(layout.current_link(folder))
        self._lock = Lock()
        self._known = ""
        self._looked = 0.0
        self._store: OpenedStore | None = None

    def __call__(self, version: str) -> OpenedStore:
        """Return the store of a version, or where none is named of the one that is current.

        Raises StoreUnavailableError.
        """
        store = self._store
        if not version and store is not None and time.monotonic() - self._looked < _LOOK_SECONDS:
            return store
        now = version or read_link(self._link)
        self._looked = time.monotonic()
        store = self._store
        if store is not None and now in (self._known, store.version):
            return store
        with self._lock:
            if self._store is None or now not in (self._known, self._store.version):
                self._store = _open(locate(self._folder), version)
                self._known = now
            return self._store


def open_when_needed(directory: ServedDirectory) -> Callable[[str], OpenedStore]:
    """Return a function that opens a directory that never changes, when it is first called.

    One that holds the merge of its graphs is read from disk, however small: several releases may be open at a time.
    """
    lock = Lock()
    stores: list[OpenedStore] = []

    def open_once(_: str) -> OpenedStore:
        with lock:
            if not stores:
                stores.append(_open(directory, on_disk=directory.holds_merge))
            return stores[0]

    return open_once


def _open(directory: ServedDirectory, version: str = "", *, on_disk: bool = False) -> OpenedStore:
    store = _open_read_only(directory.folder)
    return OpenedStore(store, version or directory.version, directory.modified, directory, on_disk=on_disk)


def _open_read_only(folder: Path) -> ox.Store:
    """Open a directory as it is now; while it is being written to a few tries may be needed until it is complete."""
    until = time.monotonic() + _OPEN_SECONDS
    while True:
        try:
            return ox.Store.read_only(str(folder.resolve()))
        except (OSError, ValueError, RuntimeError) as error:
            if time.monotonic() > until or not folder.is_dir():
                raise StoreUnavailableError(f"{folder}: cannot be opened: {error}") from error
            time.sleep(_RETRY_SECONDS)
