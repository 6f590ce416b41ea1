"""Matches names and identifiers with the entities of the data that is served."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pyoxigraph import NamedNode

from nbkg.matching import Entity, Matcher
from nbkg.rdf.label_properties import label_properties
from nbkg.rdf.solutions import iri_value, literal_text
from sparql_endpoint.queries import query
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Store
from sparql_endpoint.stores.rows import among

_NAME = "sparql_endpoint.services.entity_matching"


def matcher() -> Matcher:
    """Return the matcher of the data served now."""
    here = serving()
    return here.per_version(_NAME, lambda: Matcher(_entities(here.store)))


def _entities(store: Store) -> Iterator[Entity]:
    properties = [NamedNode(iri) for iri in sorted(label_properties())]
    rows = store.select(among(query("entity-names"), "property", properties))
    for iri, group in groupby(rows, key=lambda row: iri_value(row, "iri")):
        described = list(group)
        names = dict.fromkeys(literal_text(row, "name") for row in described)
        types = dict.fromkeys(iri_value(row, "class").value for row in described if "class" in row)
        yield Entity(iri.value, tuple(names), tuple(types))
