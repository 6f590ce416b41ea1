"""Stores by address: a table from scheme to opener."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from sparql_endpoint.errors import StoreUnavailable
from sparql_endpoint.stores.base import Store

_OPENERS = {
    "": "sparql_endpoint.stores.oxigraph:open_directory",
    "memory": "sparql_endpoint.stores.oxigraph:open_memory",
}
"""Scheme of the address to the function that opens it, imported when it is asked for. A folder has no scheme."""


def open_store(address: str, *, union: bool) -> Store:
    """The store at an address; `union` makes its default graph the union of all. Raises StoreUnavailable."""
    scheme = address.partition(":")[0] if ":" in address and "/" not in address.partition(":")[0] else ""
    if scheme not in _OPENERS:
        known = ", ".join(f"{name}:" for name in _OPENERS if name)
        raise StoreUnavailable(f"{address}: no store has the scheme “{scheme}”; expected a folder or {known}")
    module, _, function = _OPENERS[scheme].partition(":")
    opener: Callable[[str, bool], Store] = getattr(import_module(module), function)
    return opener(address, union)
