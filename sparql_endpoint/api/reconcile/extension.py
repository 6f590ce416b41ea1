"""Data extension: the values of properties of entities, in the form of version 0.2 and of 1.0-draft.

Reconciliation API 0.2, section 7.5, "Data Extension Responses".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import NamedNode

from nbkg.grouping import batched, group_values
from nbkg.rdf.solutions import Term
from sparql_endpoint.api.reconcile.entity_descriptions import describe_type
from sparql_endpoint.api.reconcile.entity_ids import find_entities
from sparql_endpoint.api.reconcile.extension_query import ExtensionQuery, WantedProperty
from sparql_endpoint.api.reconcile.extension_values import Value, ValueWriter
from sparql_endpoint.api.reconcile.identifier_registers import (
    find_register,
    identifying_properties,
    read_numbers,
    registers,
)
from sparql_endpoint.api.reconcile.schema_terms import SchemaTerm, read_schema
from sparql_endpoint.api.reconcile.term_ids import property_ids
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import request_labels
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.rows import among

_BATCH = 500
"""Entities that one query reads."""
Cells = Mapping[str, Sequence[Value]]
"""The values of one entity by the ids of properties."""
Meta = dict[str, object]
"""What is known of a property."""
_Values = Mapping[tuple[Term, Term], Sequence[Term]]
"""The values by entity and property."""


@dataclass(frozen=True)
class _Table:
    """What was read for a query: the values of all entities, and who writes them."""

    properties: Mapping[str, Sequence[NamedNode]]
    """The IRIs of properties by the ids that the client uses."""
    values: _Values
    writer: ValueWriter

    def cell(self, entity: NamedNode, prop: WantedProperty) -> Sequence[Value]:
        """Return the values of one property of an entity."""
        terms = [term for node in self.properties[prop.id] for term in self.values.get((entity, node), ())]
        if register := _register(prop.id):
            return self.writer.write_numbers(read_numbers(entity, terms, register), prop)
        return self.writer.write(terms, entity, prop)


def extend(question: ExtensionQuery, *, has_languages: bool = False) -> tuple[list[Meta], dict[str, Cells]]:
    """Return what is known of the properties, and the values of each entity by the ids that the client uses.

    Every id and every property has an entry: an empty one where the data has nothing. Raises StoreError.
    """
    entities = find_entities(question.ids)
    table = _read_table(question, dict.fromkeys(entities.values()), has_languages=has_languages)
    rows: dict[str, Cells] = {
        one: {prop.id: table.cell(entities[one], prop) if one in entities else [] for prop in question.properties}
        for one in question.ids
    }
    return [_meta(prop.id) for prop in question.properties], rows


def _read_table(question: ExtensionQuery, entities: Iterable[NamedNode], *, has_languages: bool) -> _Table:
    properties = {prop.id: _nodes(prop.id) for prop in question.properties}
    values = _read(list(entities), list(chain.from_iterable(properties.values())))
    writer = ValueWriter(request_labels(), has_languages)
    writer.look_up(list(chain.from_iterable(values.values())))
    return _Table(properties, values, writer)


def _register(name: str) -> str | None:
    """Return the key of the register that a property is; None of a property of the data."""
    return None if property_ids().find(name) else find_register(name)


def _nodes(name: str) -> Sequence[NamedNode]:
    """Return the properties of the data that a client means."""
    return identifying_properties() if _register(name) else [NamedNode(iri) for iri in _iris(name)]


def _iris(name: str) -> Sequence[str]:
    """Return the IRIs of the properties that a client means; of an IRI that the data does not have, that one."""
    ids = property_ids()
    return ids.find(name) or ([name] if _is_iri(name) else [])


def _is_iri(name: str) -> bool:
    try:
        NamedNode(name)
    except ValueError:
        return False
    return ":" in name


def _read(entities: Sequence[NamedNode], properties: Sequence[NamedNode]) -> _Values:
    """Return the values by entity and property."""
    source = among(query("reconcile/values"), "property", properties)
    batches = [serving().store.select(among(source, "iri", batch)) for batch in batched(entities, _BATCH)]
    return group_values(((row["iri"], row["property"]), row["value"]) for rows in batches for row in rows)


def _meta(name: str) -> Meta:
    """Return what is known of a property: its name, and the type of what it leads to where that is one of the data."""
    schema, language, term = read_schema(), request_labels().language, _term(name)
    types = [iri for iri in term.range if schema.is_used(iri)]
    meta: Meta = {"id": name, "name": term.name(language)}
    return meta | ({"type": describe_type(types[0], schema, language)} if types else {})


def _term(name: str) -> SchemaTerm:
    """Return the property that a client means; one that has only the client's name where the data has none."""
    if register := _register(name):
        return registers()[register]
    properties = read_schema().properties
    return next((properties[iri] for iri in _iris(name) if iri in properties), SchemaTerm(name))


def rows_1_0(cells: Mapping[str, Cells]) -> list[dict[str, object]]:
    """Return the rows as version 1.0-draft has them."""
    return [
        {"id": one, "properties": [{"id": prop, "values": values} for prop, values in row.items()]}
        for one, row in cells.items()
    ]
