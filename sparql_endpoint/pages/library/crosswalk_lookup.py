"""Which things a text identifies, whatever register its identifier is of and whatever form it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.identifiers.identifier_reading import read_identifiers
from nbkg.identifiers.scheme import IdentifierReading
from nbkg.rdf.compact_iri import local_name
from nbkg.rdf.solutions import text
from sparql_endpoint.queries import query
from sparql_endpoint.services.resource_description import is_known
from sparql_endpoint.services.tombstones import Tombstone, find_successor, find_tombstone
from sparql_endpoint.stores.base import Store
from sparql_endpoint.stores.oxigraph import node
from sparql_endpoint.stores.rows import among

_STANDARD_NUMBERS = {
    "isbn": ("Isbn",),
    "issn": ("Issn", "IssnL"),
    "ismn": ("Ismn",),
    "doi": ("Doi",),
    "urn-nbn": ("Urn",),
    "hdl": ("Hdl",),
}
"""The classes of BIBFRAME for identifiers of registers."""


@dataclass(frozen=True)
class IdentifiedThings:
    """What one text identifies."""

    text: str
    readings: Sequence[IdentifierReading]
    entities: Sequence[NamedNode]
    withdrawn: Sequence[tuple[NamedNode, Tombstone]]
    """Things that were withdrawn and have no successor."""
    former: Mapping[NamedNode, NamedNode]
    """Of things that took the place of another, that other."""


def look_up(texts: Sequence[str], store: Store, base: str) -> Sequence[IdentifiedThings]:
    """Return what each of several texts identifies, in their order."""
    readings = {each: read_identifiers(each) for each in texts}
    by_key = _things_of(dict.fromkeys(one for of_text in readings.values() for one in of_text), store, base)
    return [_identified(each, readings[each], by_key, store, base) for each in texts]


def _identified(
    written: str,
    readings: Sequence[IdentifierReading],
    by_key: Mapping[str, Sequence[NamedNode]],
    store: Store,
    base: str,
) -> IdentifiedThings:
    candidates = dict.fromkeys([*_own_iri(written, store, base), *(one for r in readings for one in by_key[r.key])])
    entities: dict[NamedNode, None] = {}
    withdrawn, former = [], {}
    for candidate in candidates:
        tombstone = find_tombstone(store, candidate)
        successor = find_successor(partial(find_tombstone, store), candidate, tombstone) if tombstone else candidate
        if successor is None and tombstone is not None:
            withdrawn.append((candidate, tombstone))
        elif successor is not None:
            entities[successor] = None
            former.update({successor: candidate} if successor != candidate else {})
    return IdentifiedThings(written, readings, list(entities), withdrawn, former)


def _own_iri(written: str, store: Store, base: str) -> Iterator[NamedNode]:
    """Yield the thing of an IRI of the data itself, also by the address of its description."""
    iri = written.strip().strip("<>").replace(f"{base}doc/", f"{base}id/", 1)
    if iri.startswith(f"{base}id/") and is_known(store, node(iri)):
        yield node(iri)


def _things_of(readings: Iterable[IdentifierReading], store: Store, base: str) -> Mapping[str, Sequence[NamedNode]]:
    """Return the things of identifiers by their keys."""
    each = list(readings)
    pairs = [*_by_number(each, store), *_by_iri(each, store), *_by_standard_number(each, store)]
    pairs += [(one.key, iri) for one in each for iri in _numbered(one, base) if is_known(store, iri)]
    entities = group_values(pairs)
    return {one.key: list(dict.fromkeys(entities.get(one.key, ()))) for one in each}


def _numbered(reading: IdentifierReading, base: str) -> Sequence[NamedNode]:
    """Return the IRIs that things have by their number in an authority file."""
    keys = (f"agent/{reading.key}", f"hub/{reading.key}", f"concept/{reading.scheme}/{reading.number}")
    return [node(f"{base}id/{key}") for key in keys] if reading.number.isalnum() else ()


def _by_number(readings: Sequence[IdentifierReading], store: Store) -> Iterator[tuple[str, NamedNode]]:
    numbers = dict.fromkeys(Literal(one.number) for one in readings)
    for row in store.select(among(query("pages/library/things-of-number"), "number", numbers)) if numbers else ():
        key = f"{text(row, 'scheme').rpartition('/')[2]}-{text(row, 'number')}"
        yield from ((key, entity) for entity in [row["thing"]] if isinstance(entity, NamedNode))


def _by_iri(readings: Sequence[IdentifierReading], store: Store) -> Iterator[tuple[str, NamedNode]]:
    keys = {one.iri: one.key for one in readings if one.iri}
    iris = [node(iri) for iri in keys]
    for row in store.select(among(query("pages/library/things-of-iri"), "iri", iris)) if iris else ():
        yield from ((keys[text(row, "iri")], entity) for entity in [row["thing"]] if isinstance(entity, NamedNode))


def _by_standard_number(readings: Sequence[IdentifierReading], store: Store) -> Iterator[tuple[str, NamedNode]]:
    kinds = {(one.number, kind): one.key for one in readings for kind in _STANDARD_NUMBERS.get(one.scheme, ())}
    numbers = dict.fromkeys(Literal(number) for number, _kind in kinds)
    for row in (
        store.select(among(query("pages/library/things-of-standard-number"), "number", numbers)) if numbers else ()
    ):
        key, entity = kinds.get((text(row, "number"), local_name(text(row, "kind")))), row["thing"]
        if key and isinstance(entity, NamedNode):
            yield key, entity
