"""Finds entities by values of their properties alone, for queries that have no name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode

from nbkg.grouping import group_values
from nbkg.matching import Candidate
from nbkg.rdf.solutions import Row, text
from sparql_endpoint.api.reconcile.comparable_values import terms
from sparql_endpoint.api.reconcile.condition_meanings import Condition
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import request_labels
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.rows import among

_CERTAIN = 100.0
"""The score of an entity that alone has all of the values."""
_SHARED = 50.0
"""The score of each of several entities that have them."""


def find_by_values(conditions: Sequence[Condition]) -> list[Candidate]:
    """Return the entities that have a value of each condition; it is a match where there is one. Raises StoreError."""
    groups = [_have(one) for one in conditions if one.known.quantifier != "none"]
    common = set(groups[0]).intersection(*groups[1:]) if groups else set()
    score = _CERTAIN if len(common) == 1 else _SHARED
    labels = request_labels()
    labels.expect(map(NamedNode, sorted(common)))
    return [
        Candidate(iri, labels.of(NamedNode(iri)).text, tuple(groups[0][iri]), score, (), len(common) == 1)
        for iri in sorted(common)
    ]


def _have(one: Condition) -> dict[str, list[str]]:
    """Return the classes of the entities that have a value of a condition, by their IRIs."""
    return group_values((text(row, "iri"), text(row, "class")) for row in _rows(one))


def _rows(one: Condition) -> Iterator[Row]:
    values = [term for value in one.known.values for term in terms(value)]
    for name in ("reconcile/by-value", "reconcile/by-written-value"):
        source = among(query(name), "property", map(NamedNode, one.iris))
        yield from serving().store.select(among(source, "value", values))
