"""What a preview and a flyout show of an entity, a type or a property."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.matching import roles
from nbkg.rdf.label_choice import in_best_language
from nbkg.rdf.label_properties import label_properties
from nbkg.rdf.solutions import Term, term_order
from nbkg.rdf.vocabulary import RDF
from sparql_endpoint.api.reconcile.entity_descriptions import Descriptions, describe
from sparql_endpoint.api.reconcile.identifier_registers import (
    identifying_properties,
    read_identifiers_of,
    registers,
)
from sparql_endpoint.api.reconcile.schema_terms import SchemaTerm
from sparql_endpoint.services.labels import Label
from sparql_endpoint.services.resource_description import Statement, glimpse
from sparql_endpoint.services.services import serving

_MOST_FACTS = 8
_MOST_VALUES = 3
_LONGEST = 200
"""Characters of a text that is a fact."""


@dataclass(frozen=True)
class CardFact:
    """What is said by one property: its name, some of the values, and how many there are besides."""

    name: str
    values: Sequence[Label]
    others: int


@dataclass(frozen=True)
class Card:
    """An entity as a preview shows it."""

    iri: str
    name: str
    types: Sequence[str]
    note: str
    other_names: Sequence[str]
    years: Sequence[str]
    """When it began and ended, as the data has it; empty texts where it is not known."""
    identifiers: Sequence[tuple[str, str]]
    """Numbers of it with the names of their registers."""
    facts: Sequence[CardFact]
    href: str


def make_card(node: NamedNode) -> Card | None:
    """Return the card of an entity; None of an IRI about which the data says nothing. Raises StoreError."""
    statements = glimpse(serving().store, node)
    if not statements:
        return None
    descriptions = describe([node])
    name, values = descriptions.name(node), _values(statements, node)
    types = [one.value for one in values.pop(f"{RDF}type", []) if isinstance(one, NamedNode)]
    note = descriptions.notes.get(node, "")
    return Card(
        node.value,
        name,
        [one["name"] for one in descriptions.types(types)[:_MOST_VALUES]],
        note,
        _other_names(values, name),
        _years(values),
        _identifiers(values, node, descriptions.labels.language),
        _facts(values, node, descriptions, note),
        descriptions.labels.addresses.own_page(node.value),
    )


def _values(statements: Sequence[Statement], node: NamedNode) -> dict[str, list[Term]]:
    """Return the values of an entity by the IRIs of properties, each once, sorted."""
    pairs = {(one.property.value, one.value): None for one in statements if one.subject == node}
    grouped = group_values(pairs)
    return {prop: sorted(values, key=term_order) for prop, values in grouped.items()}


def _other_names(values: dict[str, list[Term]], name: str) -> Sequence[str]:
    """Return the other names of an entity, which are no longer among the values."""
    named = [term for prop in label_properties() & values.keys() for term in values.pop(prop)]
    texts = dict.fromkeys(term.value for term in sorted(named, key=term_order) if isinstance(term, Literal))
    texts.pop(name, None)
    return list(texts)[:_MOST_FACTS]


def _years(values: dict[str, list[Term]]) -> Sequence[str]:
    """Return the dates of the beginning and the end, which are no longer among the values; none where both lack."""
    dates = [_first_text(values, role) for role in (roles.FIRST, roles.LAST)]
    return dates if any(dates) else ()


def _first_text(values: dict[str, list[Term]], role: str) -> str:
    terms = [term for prop in sorted(values) if _role(prop) == role for term in values[prop]]
    return next((term.value for term in terms if isinstance(term, Literal)), "")


def _role(prop: str) -> str:
    return roles.read_roles().by_property.get(prop, "")


def _identifiers(values: dict[str, list[Term]], node: NamedNode, language: str) -> Sequence[tuple[str, str]]:
    terms = [term for prop in identifying_properties() for term in values.get(prop.value, ())]
    known = registers()
    readings = read_identifiers_of(node, terms)
    return [(known[one.scheme].name(language), one.number) for one in readings if one.scheme in known]


def _facts(values: dict[str, list[Term]], node: NamedNode, descriptions: Descriptions, note: str) -> list[CardFact]:
    """Return the facts by the properties that have names and that most entities have."""
    known = descriptions.schema.properties
    ranked = sorted((known[prop] for prop in values if prop in known), key=lambda one: -one.uses)
    facts = [
        _fact(prop, values[prop.iri], node, descriptions) for prop in ranked if prop.labels and not _role(prop.iri)
    ]
    return [fact for fact in facts if _says_more(fact, note)][:_MOST_FACTS]


def _says_more(fact: CardFact, note: str) -> bool:
    return bool(fact.values) and fact.values[0].text != note


def _fact(prop: SchemaTerm, values: Sequence[Term], node: NamedNode, descriptions: Descriptions) -> CardFact:
    labels = descriptions.labels
    best = in_best_language([one for one in values if _is_shown(one, node)], labels.language)
    return CardFact(
        prop.name(labels.language), [labels.of(one) for one in best[:_MOST_VALUES]], len(best[_MOST_VALUES:])
    )


def _is_shown(term: Term, node: NamedNode) -> bool:
    """Return whether a value says something by itself: parts of the entity and long texts do not."""
    if isinstance(term, NamedNode):
        return not term.value.startswith(f"{node.value}#")
    return isinstance(term, Literal) and len(term.value) <= _LONGEST
