"""Stores by address: a table from scheme to opener.

It may import http and sparql.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from nbkg.errors import StoreUnavailableError
from nbkg.storage import layout
from nbkg.storage.default_graph import DefaultGraph
from nbkg.storage.served_directory import locate
from sparql_endpoint.stores.base import Store

_OPENERS = {
    "": "sparql_endpoint.stores.oxigraph:open_directory",
    "memory": "sparql_endpoint.stores.oxigraph:open_memory",
    "http": "sparql_endpoint.stores.remote.store:open_remote",
    "https": "sparql_endpoint.stores.remote.store:open_remote",
}
"""The scheme of an address and the function that opens it, imported when it is needed. A folder has no scheme."""
_REMOTE = frozenset({"http", "https"})


def open_store(address: str, default_graph: DefaultGraph = DefaultGraph.PRESENT) -> Store:
    """Open the store at an address; a query reads the default graph of that kind. Raises StoreUnavailableError."""
    module, _, function = _OPENERS[_scheme(address)].partition(":")
    opener: Callable[[str, DefaultGraph], Store] = getattr(import_module(module), function)
    return opener(address, default_graph)


def _scheme(address: str) -> str:
    scheme, colon, _ = address.partition(":")
    if not colon or "/" in scheme:
        return ""
    if scheme not in _OPENERS:
        known = ", ".join(f"{name}:" for name in _OPENERS if name)
        raise StoreUnavailableError(f"{address}: no store has the scheme “{scheme}”; expected a folder or {known}")
    return scheme


def is_directory(address: str) -> bool:
    """Return whether the address is a folder, which any number of processes can read."""
    return not _scheme(address)


def is_built(address: str) -> bool:
    """Return whether the address is a folder that `nbkg load` made: its versions never change."""
    return is_directory(address) and layout.is_built(Path(address))


def is_remote(address: str) -> bool:
    """Return whether the address is that of an upstream server."""
    return _scheme(address) in _REMOTE


def check(address: str) -> None:
    """Raise StoreUnavailableError where nothing can be served from the address; nothing is opened."""
    if is_directory(address):
        locate(Path(address))
