"""An engine's store as it is opened: which data it holds, and its default graphs."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

import pyoxigraph as ox

from nbkg.errors import DefaultGraphLostError, StoreUnavailableError
from nbkg.storage.default_graph import MAX_QUADS, DefaultGraph, copied
from nbkg.storage.opening_checkpoint import Place, link_target, locate, may_be_small

_LOOKS_EVERY = 0.005
"""Seconds within which one look at what is current is enough: a request asks several times."""
_OPENS_WITHIN = 5.0
_AGAIN = 0.005


class Opened:
    """An engine's store, what identifies its data, and its default graphs, copied into memory when first asked for."""

    def __init__(
        self,
        store: ox.Store,
        version: str,
        modified: float | None = None,
        place: Place | None = None,
        *,
        on_disk: bool = False,
    ) -> None:
        self.store = store
        self.version = version
        self.modified = modified
        self._holds_merge = place is not None and place.union
        self._plain = place.plain if place else "own"
        self.left_out = place.left_out if place else ()
        """The named graphs that the present leaves out."""
        self._may_be_small = not on_disk and (place is None or may_be_small(place, MAX_QUADS))
        self._copies: dict[DefaultGraph, ox.Store | None] = {}
        self._lock = Lock()

    def is_ready(self, kind: DefaultGraph) -> bool:
        """Return whether `default_graph` gives it at once, without a copy that is still to be made."""
        return kind is DefaultGraph.PLAIN or not self._may_be_small or self._copy_of(kind) in self._copies

    @property
    def keeps_plain(self) -> bool:
        """Whether the plain default graph can be told from the merge."""
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
        copy = self._copied(self._copy_of(kind))
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
                "this store holds the merge of its graphs, and no more what its default graph was"
            )
        return {"default_graph": []} if self._holds_merge and self._plain == "empty" else {}

    def _copy_of(self, kind: DefaultGraph) -> DefaultGraph:
        """Return the kind of the copy that serves a kind: where nothing is left out, one serves both."""
        return kind if self.left_out else DefaultGraph.UNION

    def _copied(self, kind: DefaultGraph) -> ox.Store | None:
        with self._lock:
            if kind not in self._copies:
                merge = not self._holds_merge or (kind is DefaultGraph.UNION and bool(self.left_out))
                self._copies[kind] = copied(self.store, merge=merge) if self._may_be_small else None
            return self._copies[kind]


class Directory:
    """Opens the directory that a folder means, and the next one when the folder means another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._link = str(folder / "current")
        self._lock = Lock()
        self._known = ""
        self._looked = 0.0
        self._opened: Opened | None = None

    def __call__(self, version: str) -> Opened:
        """The store of a version, or where none is named of the one that is current."""
        opened = self._opened
        if not version and opened is not None and time.monotonic() - self._looked < _LOOKS_EVERY:
            return opened
        now = version or link_target(self._link)
        self._looked = time.monotonic()
        opened = self._opened
        if opened is not None and now in (self._known, opened.version):
            return opened
        with self._lock:
            if self._opened is None or now not in (self._known, self._opened.version):
                place = locate(self._folder)
                self._opened = Opened(_read_only(place.folder), version or place.version, place.modified, place)
                self._known = now
            return self._opened


def opened(place: Place) -> Callable[[str], Opened]:
    """Opens a directory that never changes, when it is first asked for.

    One that holds the merge of its graphs is read from disk, however small: several releases may be open at a time.
    """
    lock = Lock()
    found: list[Opened] = []

    def open_(_: str) -> Opened:
        with lock:
            if not found:
                found.append(
                    Opened(_read_only(place.folder), place.version, place.modified, place, on_disk=place.union)
                )
            return found[0]

    return open_


def _read_only(folder: Path) -> ox.Store:
    """The directory as it is now; one that is being written to may need a few tries until all its files are there."""
    until = time.monotonic() + _OPENS_WITHIN
    while True:
        try:
            return ox.Store.read_only(str(folder.resolve()))
        except (OSError, ValueError, RuntimeError) as error:
            if time.monotonic() > until or not folder.is_dir():
                raise StoreUnavailableError(f"{folder}: cannot be opened: {error}") from error
            time.sleep(_AGAIN)
