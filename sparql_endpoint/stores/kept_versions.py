"""The releases that a store keeps: its data as it was.

STORE/releases/2026-03-02       → ../versions/3 of a built store; of a writable one a directory, an Oxigraph directory
STORE/releases/2026-03-02.json  of a directory only: {"release": …, "hash": …}
"""

from __future__ import annotations

import os
import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from nbkg.storage import layout
from nbkg.storage.default_graph import DefaultGraph
from nbkg.storage.opened_store import open_when_needed
from nbkg.storage.served_directory import ServedDirectory, locate_release
from sparql_endpoint.errors import NotFoundError, RequestError
from sparql_endpoint.stores.oxigraph import OxigraphStore

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_Store = TypeVar("_Store")


class Releases(Generic[_Store]):
    """The releases of one store; the last few that were queried stay open. Safe to use from several threads."""

    def __init__(self, folder: Path, opener: Callable[[str, ServedDirectory], _Store], most: int) -> None:
        self._folder = str(layout.releases_folder(folder))
        self._store = folder
        self._opener = opener
        self._most = most
        self._lock = Lock()
        self._listed: tuple[int, tuple[str, ...]] = (-1, ())
        self._open: OrderedDict[str, tuple[str, _Store]] = OrderedDict()

    def names(self) -> tuple[str, ...]:
        """Return their names, the oldest first; looked up again when the folder has changed."""
        try:
            changed = os.stat(self._folder).st_mtime_ns  # noqa: PTH116  # each request asks; a Path costs more than the call
        except OSError:
            return ()
        if self._listed[0] != changed:
            self._listed = (changed, tuple(layout.release_names(self._store)))
        return self._listed[1]

    def changed(self) -> float | None:
        """Return when a release was last kept or dropped, in seconds since 1970; None where none was ever kept."""
        try:
            return os.stat(self._folder).st_mtime  # noqa: PTH116  # as above
        except OSError:
            return None

    def name(self, when: str) -> str:
        """Return the name of the newest release at or before a date, or of the release of that name.

        Raises RequestError for what is not a date, NotFoundError where no release is so old, each with the list.
        """
        names = self.names()
        if when in names:
            return when
        if not _is_date(when):
            raise RequestError(f"as-of: “{when}” is neither a date like 2026-03-02 nor a release; {_list(names)}")
        before = [name for name in names if name[:10] <= when]
        if not before:
            raise NotFoundError(f"as-of: no release is as old as {when}; {_list(names)}")
        return before[-1]

    def at(self, when: str) -> _Store:
        """Return the store of a release; `when` is as in `name`."""
        name = self.name(when)
        directory = locate_release(self._store, name)
        with self._lock:
            version, store = self._open.get(name, ("", None))
            if store is None or version != directory.version:
                store = self._opener(name, directory)
                self._open[name] = (directory.version, store)
            self._open.move_to_end(name)
            while len(self._open) > self._most:
                self._open.popitem(last=False)
            return store


def open_release(directory: ServedDirectory, default_graph: DefaultGraph, hosts: Sequence[str] = ()) -> OxigraphStore:
    """Open a release as a store, read from disk when it is first queried."""
    return OxigraphStore(open_when_needed(directory), default_graph, hosts)


def day(release: str) -> date:
    """Return the date of a release."""
    return date.fromisoformat(release[:10])


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _list(names: Sequence[str]) -> str:
    return f"there are {', '.join(names)}" if names else "this store keeps none"
