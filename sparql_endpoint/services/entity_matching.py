"""Matches names and identifiers with the entities of the data that is served."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache, partial

from pyoxigraph import NamedNode

from nbkg.errors import StoreUnavailableError
from nbkg.matching import MatchQuery
from nbkg.matching.entity_index import EntityIndex
from nbkg.matching.matcher import Matcher
from nbkg.rdf.solutions import text
from nbkg.text_index import Index
from sparql_endpoint.queries import query
from sparql_endpoint.services import text_search
from sparql_endpoint.services.services import Serving, serving
from sparql_endpoint.sparql.text_service import TextSearch
from sparql_endpoint.stores.rows import among, bound


def matcher() -> Matcher:
    """Return the matcher of the data served now, by the index that the search has too.

    Raises StoreUnavailableError where there is no index: for a store on another server without `--text-index`, and a
    large one that `nbkg load` did not make.
    """
    here = serving()
    return Matcher(_entities(_index_of(here)), partial(_find_values, here))


def search_text(here: Serving, search: TextSearch) -> Sequence[tuple[str, float]]:
    """Return what a query's text search finds: IRIs with their ranks, or with the scores of matching.

    Raises StoreUnavailableError where there is no index.
    """
    index = _index_of(here)
    if search.query:
        return [(iri, rank) for rank, iri in enumerate(index.find(search.query, search.limit), 1)]
    candidates = Matcher(_entities(index)).match(MatchQuery(search.name, limit=search.limit)) if search.name else ()
    return [(one.iri, one.score) for one in candidates]


def _index_of(here: Serving) -> Index:
    index = text_search.index_of(here)
    if index is None:
        raise StoreUnavailableError("this store has no index of its names; `nbkg load` or `nbkg index` makes one")
    return index


@lru_cache(maxsize=2)
def _entities(index: Index) -> EntityIndex:
    return EntityIndex(index)


def _find_values(here: Serving, iris: Sequence[str], prop: str) -> Mapping[str, Collection[str]]:
    """Return the values that entities have of a property, by their IRIs."""
    values_query = bound(query("property-values"), {"property": NamedNode(prop)})
    values: dict[str, set[str]] = defaultdict(set)
    for row in here.store.select(among(values_query, "subject", map(NamedNode, iris))):
        values[text(row, "subject")].add(text(row, "value"))
    return values
