"""Registers of identifiers as properties: a client may know, or fetch, the number of an entity in one of them.

The data holds identifiers as it got them, in several properties and forms. To a client each register is one property,
whose id is its key, and whose values are numbers in their one form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.identifiers.identifier_reading import known_schemes, read_as, read_identifiers
from nbkg.identifiers.scheme import IdentifierReading
from nbkg.matching import roles
from nbkg.rdf.compact_iri import local_name
from nbkg.rdf.solutions import Row, Term, text
from sparql_endpoint.api.reconcile.schema_terms import SchemaTerm
from sparql_endpoint.queries import query
from sparql_endpoint.services.known_rows import rows_about
from sparql_endpoint.services.services import serving
from sparql_endpoint.services.void_counts import version_of
from sparql_endpoint.stores.rows import among

_HELD = (roles.IDENTIFIER, roles.NODE)
"""The roles of properties that lead to an identifier, or to a node that holds one."""


def find_register(name: str) -> str | None:
    """Return the key of the register that a client calls so; None of another name."""
    reading = read_as(name, "")
    return None if reading.fault == "scheme" else reading.scheme


def registers() -> Mapping[str, SchemaTerm]:
    """Return the registers by their keys, with their names where the data describes them. Raises StoreError."""
    here = serving()
    return here.per_version(__name__, _read_registers, lambda: version_of(here.store))


def _read_registers() -> Mapping[str, SchemaTerm]:
    keys = [*map(Literal, known_schemes())]
    rows = group_values(
        (text(row, "key"), row) for row in serving().store.select(among(query("reconcile/registers"), "key", keys))
    )
    return {
        key: SchemaTerm(key, labels=_about(rows.get(key, ()), "label"), notes=_about(rows.get(key, ()), "note"))
        for key in known_schemes()
    }


def _about(rows: Iterable[Row], about: str) -> Sequence[Literal]:
    return [value for row in rows if text(row, "about") == about and isinstance(value := row["value"], Literal)]


def identifying_properties() -> Sequence[NamedNode]:
    """Return the properties by which the data holds identifiers."""
    played = roles.read_roles().by_property
    return [NamedNode(iri) for iri, role in sorted(played.items()) if role in _HELD]


def read_numbers(entity: NamedNode, values: Iterable[Term], register: str) -> list[IdentifierReading]:
    """Return the numbers of an entity in a register; `values` are those of the identifying properties."""
    return [one for one in read_identifiers_of(entity, values) if one.scheme == register]


def read_identifiers_of(entity: NamedNode, values: Iterable[Term]) -> list[IdentifierReading]:
    """Return the numbers of an entity in all registers; `values` are those of the identifying properties."""
    nodes = [value for value in values if isinstance(value, NamedNode)]
    rows = rows_about(serving(), nodes, "reconcile/written")
    texts = [local_name(entity.value), *(term.value for term in values if isinstance(term, NamedNode | Literal))]
    readings = [one for each in (*texts, *(text(row, "text") for row in rows)) for one in read_identifiers(each)]
    return sorted({one for one in readings if one.is_certain})
