"""An engine's store as it is opened: which data it holds, and the RDF merge of its graphs."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

import pyoxigraph as ox

from nbkg.errors import DefaultGraphLostError, StoreUnavailableError
from nbkg.storage.default_graph import MAX_QUADS, merged
from nbkg.storage.opening_checkpoint import Place, link_target, locate, may_be_small

_LOOKS_EVERY = 0.005
"""Seconds within which one look at what is current is enough: a request asks several times."""
_OPENS_WITHIN = 5.0
_AGAIN = 0.005


class Opened:
    """An engine's store, what identifies its data, and the RDF merge of its graphs, made when it is first asked for."""

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
        self._may_be_small = not on_disk and (place is None or may_be_small(place, MAX_QUADS))
        self._merge: ox.Store | None = None
        self._tried = False
        self._lock = Lock()

    @property
    def is_merged(self) -> bool:
        """Whether `union` gives the merge, or does without it, at once."""
        return self._tried or not self._may_be_small

    @property
    def keeps_plain(self) -> bool:
        """Whether the plain default graph can be told from the union."""
        return self._plain != "mixed"

    def plain(self) -> dict[str, Any]:
        """Return the arguments of a query that make its default graph the plain one.

        Raises DefaultGraphLostError where the plain default graph is lost.
        """
        if not self.keeps_plain:
            raise DefaultGraphLostError(
                "this store holds the union of its graphs, and no more what its default graph was"
            )
        return {"default_graph": []} if self._holds_merge and self._plain == "empty" else {}

    def union(self) -> tuple[ox.Store, dict[str, Any]]:
        """The store that has the merge of all graphs as its default graph, and how to ask it.

        A large one that another program made is asked in a way that meets a triple once for each graph that holds it.
        """
        with self._lock:
            if not self._tried:
                self._merge = merged(self.store) if self._may_be_small else None
                self._tried = True
        if self._merge is not None:
            return self._merge, {}
        return self.store, {} if self._holds_merge else {"use_default_graph_as_union": True}


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

    One that holds the union of its graphs is read from disk, however small: several releases may be open at a time.
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
