"""The types that a query demands: those that the client names, and the ones that take their place in the data.

Reconciliation API 0.2 leaves type_strict to the service: `any` and `should` mean that a candidate has one of the types,
`all` that it has all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from nbkg.rdf.solutions import text
from sparql_endpoint.api.reconcile.json_text import excerpt
from sparql_endpoint.api.reconcile.term_ids import type_ids
from sparql_endpoint.errors import RequestError
from sparql_endpoint.services.known_rows import rows_about
from sparql_endpoint.services.services import serving


@dataclass(frozen=True)
class TypeConstraint:
    """The types that candidates must have; without groups any candidate will do."""

    groups: tuple[frozenset[str], ...] = ()
    """The IRIs of each type that was named, and of those that take its place."""
    has_all: bool = False

    @property
    def any_of(self) -> tuple[str, ...]:
        """The IRIs of all types, of which every candidate has one."""
        return tuple(sorted(frozenset().union(*self.groups)))

    def admits(self, types: Collection[str]) -> bool:
        """Return whether an entity of these types is a candidate."""
        return not self.has_all or all(not group.isdisjoint(types) for group in self.groups)


def constrain(names: Sequence[str], *, has_all: bool) -> TypeConstraint:
    """Return what types demand, by the ids that a client uses; a client may name types that the data does not have.

    Raises RequestError where it has none of them: all entities would be too many, and none would look like no match.
    """
    groups = {name: _group(name) for name in names}
    if unknown := [name for name, group in groups.items() if not group]:
        _check_known(unknown, len(unknown) if has_all else len(groups))
    return TypeConstraint(tuple(filter(None, groups.values())), has_all)


def _check_known(unknown: Sequence[str], too_many: int) -> None:
    if len(unknown) >= too_many:
        raise RequestError(f"type: the data has no type {excerpt(unknown[0])}; ask /suggest/type which there are")


def _group(name: str) -> frozenset[str]:
    """Return the IRIs of a type and of those that take its place; nothing where the data does not know it."""
    iris = type_ids().find(name)
    rows = rows_about(serving(), [NamedNode(iri) for iri in iris], "wider", "wider")
    return frozenset([*iris, *(text(row, "class") for row in rows)])
