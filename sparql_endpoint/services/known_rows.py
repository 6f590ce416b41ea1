"""Solutions about IRIs that requests have read in one version of the data, which are known to those that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TypeVar

from nbkg.grouping import group_values
from sparql_endpoint.queries import query
from sparql_endpoint.services.services import Serving
from sparql_endpoint.stores.base import Row, Store, Term
from sparql_endpoint.stores.rows import among

_K = TypeVar("_K")
_V = TypeVar("_V")
_MOST_KNOWN = 5_000
"""IRIs about which a query's solutions are known; where there are more, all are forgotten."""


def rows_about(serving: Serving, nodes: Sequence[Term], source: str, variable: str = "iri") -> list[Row]:
    """Return the solutions of a query about each of some terms in turn, which it binds to a variable.

    What earlier requests have read in this version of the data is not read again. Raises StoreError.
    """
    known = serving.per_version(f"{__name__} {source}", dict[Term, Sequence[Row]])
    rows = {node: known.get(node) for node in nodes}
    if new := [node for node, of_node in rows.items() if of_node is None]:
        read = _read(serving.store, new, source, variable)
        rows.update(read)
        remember(known, read, _MOST_KNOWN)
    return list(chain.from_iterable(filter(None, rows.values())))


def remember(known: dict[_K, _V], values: Mapping[_K, _V], most: int) -> None:
    """Add values to those that are known; where these are more than `most`, they are forgotten first."""
    if len(known) > most:
        known.clear()
    known.update(values)


def _read(store: Store, nodes: Sequence[Term], source: str, variable: str) -> Mapping[Term, Sequence[Row]]:
    rows = group_values((row[variable], row) for row in store.select(among(query(source), variable, nodes)))
    return {node: rows.get(node, ()) for node in nodes}
