"""The properties that a client may fetch for entities of a type, the most used first.

Reconciliation API 0.2, section 7.3, "Data Extension Property Proposals".
"""

from __future__ import annotations

from collections.abc import Sequence

from sparql_endpoint.api.reconcile.identifier_registers import identifying_properties, registers
from sparql_endpoint.api.reconcile.schema_terms import Schema, SchemaTerm, read_schema
from sparql_endpoint.api.reconcile.term_ids import property_ids, type_ids

MOST_PROPOSED = 200


def propose(type_name: str, language: str, limit: int = MOST_PROPOSED) -> list[dict[str, str]]:
    """Return properties of entities of a type, or of any where none is named; none of a type that is not known."""
    terms = _properties(read_schema(), type_name)
    return [describe(term, language) for term in terms[:limit]]


def _properties(schema: Schema, type_name: str) -> Sequence[SchemaTerm]:
    if not type_name:
        return _used(schema) or list(schema.properties.values())
    types = type_ids().find(type_name)
    return _with_registers(of_types(schema, types)) or (list(schema.properties.values()) if types else [])


def _with_registers(properties: Sequence[SchemaTerm]) -> list[SchemaTerm]:
    """Return properties with all registers of identifiers, where one of them leads to identifiers."""
    identifying = {node.value for node in identifying_properties()}
    has_identifiers = any(one.iri in identifying for one in properties)
    return [*properties, *(registers().values() if has_identifiers else ())]


def of_types(schema: Schema, types: Sequence[str]) -> list[SchemaTerm]:
    """Return the properties that entities of some types have, each once."""
    iris = dict.fromkeys(iri for one in types for iri in schema.of_types.get(one, ()))
    return [schema.properties[iri] for iri in iris if iri in schema.properties]


def _used(schema: Schema) -> list[SchemaTerm]:
    return [term for term in schema.properties.values() if term.uses]


def describe(term: SchemaTerm, language: str) -> dict[str, str]:
    """Return a property as proposals and suggestions have it."""
    described = {"id": property_ids().id_of(term.iri), "name": term.name(language)}
    return {**described, "description": note} if (note := term.note(language)) else described
