"""Matches names and identifiers with the entities of the data that is served."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from pyoxigraph import NamedNode

from nbkg.errors import StoreUnavailableError
from nbkg.matching import Matcher
from nbkg.matching.entity_index import EntityIndex
from nbkg.rdf.solutions import text
from sparql_endpoint.queries import query
from sparql_endpoint.services import text_search
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.rows import among, bound


def matcher() -> Matcher:
    """Return the matcher of the data served now, by the index that the search has too.

    Raises StoreUnavailableError where there is no index: for a store on another server without `--text-index`, and a
    large one that `nbkg load` did not make.
    """
    index = text_search.index()
    if index is None:
        raise StoreUnavailableError("this store has no index of its names; `nbkg load` or `nbkg index` makes one")
    return Matcher(EntityIndex(index), _find_values)


def _find_values(iris: Sequence[str], prop: str) -> Mapping[str, Collection[str]]:
    """Return the values that entities have of a property, by their IRIs."""
    values_query = bound(query("property-values"), {"property": NamedNode(prop)})
    values: dict[str, set[str]] = defaultdict(set)
    for row in serving().store.select(among(values_query, "subject", map(NamedNode, iris))):
        values[text(row, "subject")].add(text(row, "value"))
    return values
