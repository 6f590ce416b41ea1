"""What the handlers of one application share: its settings, its store, and the answers it keeps."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import current_app
from pyoxigraph import Literal, NamedNode

from nbkg.grouping import first_values
from nbkg.rdf.prefixes import is_legal_prefix
from sparql_endpoint.errors import NotFoundError
from sparql_endpoint.queries import query
from sparql_endpoint.services.lru_cache import BoundedCache
from sparql_endpoint.services.per_version import Versioned
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.base import Store, WritableStore
from sparql_endpoint.stores.kept_versions import Releases

_NAME = "sparql_endpoint"
_T = TypeVar("_T")


@dataclass
class Serving:
    """The settings and the store of an application."""

    settings: Settings
    store: Store
    writable: WritableStore | None = None
    """The same store, where changes are taken."""
    releases: Releases[Store] | None = None
    """The releases that the store keeps."""
    answers: BoundedCache[bytes] = field(default_factory=lambda: BoundedCache(0, len))
    """Results of queries by version, query and format."""
    started: float = field(default_factory=lambda: time.time() // 1)
    """When this server began to answer, in whole seconds since 1970: its settings and software are of that time."""
    lists_no_graphs: bool = False
    """Whether the store is known to keep no list of its graphs, so that they are found by their triples alone."""
    _values: dict[str, Versioned[Any]] = field(default_factory=dict, repr=False)
    _prefixes: tuple[str | None, Mapping[str, str]] = field(default=(None, {}), repr=False)

    def per_version(
        self, name: str, compute: Callable[[], _T], version: Callable[[], str] | None = None, *, share: int = 1
    ) -> _T:
        """Return a value that is computed once for each version of the data, or of what `version` tells.

        The names are those of modules. While it is computed, one part in `share` of all threads may wait for it.
        """
        values: Versioned[_T] = self._values.setdefault(name, Versioned())
        return values.get(version or self.store.version, compute, self.settings.threads // share)

    def at(self, when: str) -> Store:
        """Return the store as of a date or a release, or as it is now where that is empty.

        Raises RequestError or NotFoundError.
        """
        if not when:
            return self.store
        if self.releases is None:
            raise NotFoundError("as-of: this store keeps no releases")
        return self.releases.at(when)

    def release_names(self) -> tuple[str, ...]:
        """Return the names of the releases that the store keeps, the oldest first."""
        return self.releases.names() if self.releases else ()

    def state(self) -> str:
        """Return what identifies the data and the releases that are kept; empty where the data's version is unknown.

        A page can change without a new version of the data: it may list the releases, or compare the data with them.
        """
        version = self.store.version()
        return " ".join((version, *self.release_names())) if version else ""

    def modified(self, store: Store | None = None) -> float | None:
        """Return when pages made of a store, or of the served data, last changed, in seconds since 1970.

        That is when the data came to be served, the releases changed, or this server started, whichever is the latest;
        None where it is not known when the data changed.
        """
        of_data = (store or self.store).modified()
        if of_data is None:
            return None
        return max(of_data, self.started, (self.releases.changed() if self.releases else None) or 0)

    def prefixes(self) -> Mapping[str, str]:
        """Return the legal ones of the prefixes that the data declares, which are read once for each version of it."""
        version, prefixes = self._prefixes
        if version != (now := self.store.version()):
            prefixes = _declared(self.store)
            self._prefixes = (now, prefixes)
        return prefixes


def _declared(store: Store) -> Mapping[str, str]:
    rows = [(row["prefix"], row["namespace"]) for row in store.select(query("prefixes"))]
    declared = [
        (prefix.value, namespace.value)
        for prefix, namespace in rows
        if isinstance(prefix, Literal) and isinstance(namespace, Literal | NamedNode)
    ]
    return first_values(pair for pair in declared if is_legal_prefix(*pair))


def install(serving: Serving) -> None:
    """Put it where the handlers of the current application find it."""
    current_app.extensions[_NAME] = serving


def serving() -> Serving:
    """Return what the handlers of the current application share."""
    shared = current_app.extensions[_NAME]
    if not isinstance(shared, Serving):
        raise TypeError(f"{_NAME} is not installed in this application")
    return shared
