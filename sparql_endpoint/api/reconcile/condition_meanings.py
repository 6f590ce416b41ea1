"""What the conditions of a query mean: a property of the data, or a register of identifiers.

The matcher knows identifiers and dates by itself: it finds by the former, and names are the better for the latter. All
other properties are compared with the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nbkg.identifiers.identifier_reading import read_as
from nbkg.matching import roles
from sparql_endpoint.api.reconcile.identifier_registers import find_register
from sparql_endpoint.api.reconcile.reconciliation_query import PropertyCondition, ReconciliationQuery
from sparql_endpoint.api.reconcile.term_ids import property_ids

_IDENTIFYING = frozenset({roles.IDENTIFIER, roles.NODE, roles.NUMBER})
_DATES = frozenset({roles.FIRST, roles.LAST})


@dataclass(frozen=True)
class Condition:
    """A condition with the IRIs of the properties that it means."""

    known: PropertyCondition
    iris: tuple[str, ...]

    @property
    def name(self) -> str:
        """The property as the client calls it."""
        return self.known.property


@dataclass(frozen=True)
class ConditionMeanings:
    """The conditions of a query by who has to do with them."""

    has_name: bool
    """Whether there is a name, for which the matcher can do with dates."""
    compared: list[Condition] = field(default_factory=list)
    """The conditions that are compared with the data."""
    matched: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """The properties and values that the matcher is given."""
    identifiers: list[str] = field(default_factory=list)
    """Identifiers that the entity has."""
    ignored: list[str] = field(default_factory=list)
    """Properties that the data does not have, as the client calls them."""

    def add(self, condition: PropertyCondition) -> None:
        """Add a condition where it belongs."""
        iris = tuple(property_ids().find(condition.property))
        if not iris:
            self._add_register(condition)
        elif self._is_for_matcher(condition, iris):
            self.matched.extend((iri, condition.values) for iri in iris)
        else:
            self.compared.append(Condition(condition, iris))

    def _add_register(self, condition: PropertyCondition) -> None:
        register = find_register(condition.property)
        if register is None or condition.quantifier == "none":
            self.ignored.append(condition.property)
        else:
            self.identifiers.extend(read_as(register, value).key for value in condition.values)

    def _is_for_matcher(self, condition: PropertyCondition, iris: Sequence[str]) -> bool:
        """Return whether the matcher can do with a condition all that it demands."""
        if condition.is_required or condition.quantifier != "any":
            return False
        played = {roles.read_roles().by_property.get(iri, "") for iri in iris}
        return played <= _IDENTIFYING or (played <= _DATES and self.has_name and len(condition.values) == 1)


def read_meanings(query: ReconciliationQuery) -> ConditionMeanings:
    """Return what the conditions of a query mean."""
    meanings = ConditionMeanings(has_name=bool(query.names or query.ids))
    for condition in query.conditions:
        meanings.add(condition)
    return meanings
