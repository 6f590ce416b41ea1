"""The classes of search results: which say most of each, and which resources only explain or serve others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Store, Term
from sparql_endpoint.stores.rows import among


@dataclass(frozen=True)
class Classes:
    """The classes of resources; instances of `background` explain or serve others, as the vocabulary states."""

    by_resource: Mapping[Term, Sequence[NamedNode]]
    wider: frozenset[tuple[Term, Term]]
    """Pairs of a class and one below it."""
    background: frozenset[Term]

    def narrowest(self, resource: NamedNode) -> Sequence[NamedNode]:
        """Return the classes of a resource without those above another of its classes."""
        classes = self.by_resource.get(resource, ())
        return [one for one in classes if not any((one, other) in self.wider for other in classes)]

    def is_background(self, resource: NamedNode) -> bool:
        """Return whether all narrowest classes of a resource are of the background."""
        return bool(classes := self.narrowest(resource)) and self.background.issuperset(classes)

    def is_instance(self, resource: NamedNode, iri: str) -> bool:
        """Return whether a resource is of the class with this IRI."""
        return any(one.value == iri for one in self.by_resource.get(resource, ()))


def read_classes(store: Store, resources: Sequence[NamedNode]) -> Classes:
    """Return the classes of resources."""
    by_resource: dict[Term, list[NamedNode]] = {}
    for row in store.select(among(query("types"), "iri", resources)) if resources else ():
        if isinstance(kind := row["class"], NamedNode):
            by_resource.setdefault(row["iri"], []).append(kind)
    classes = list(dict.fromkeys(kind for kinds in by_resource.values() for kind in kinds))
    rows = store.select(among(query("pages/wider"), "wider", classes)) if classes else ()
    wider = frozenset((row["wider"], row["class"]) for row in rows)
    background = store.select(query("pages/background")) if classes else ()
    return Classes(by_resource, wider, frozenset(row["class"] for row in background))
