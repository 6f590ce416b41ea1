"""What kinds of things were found: which kind says most of each, and which things only stand behind others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Store, Term
from sparql_endpoint.stores.rows import among


@dataclass(frozen=True)
class Kinds:
    """The classes of things; `background` are those whose things explain or serve others, as the vocabulary says."""

    of: Mapping[Term, Sequence[NamedNode]]
    wider: frozenset[tuple[Term, Term]]
    background: frozenset[Term]

    def told(self, thing: NamedNode) -> Sequence[NamedNode]:
        """The classes of a thing without those that another of its classes is below of."""
        classes = self.of.get(thing, ())
        return [one for one in classes if not any((one, other) in self.wider for other in classes)]

    def stands_behind(self, thing: NamedNode) -> bool:
        """Whether it is of no kind but those in the background."""
        return bool(told := self.told(thing)) and self.background.issuperset(told)

    def is_of(self, thing: NamedNode, kind: str) -> bool:
        """Whether it is of the kind with this IRI."""
        return any(one.value == kind for one in self.of.get(thing, ()))


def kinds(store: Store, things: Sequence[NamedNode]) -> Kinds:
    """Those of the things."""
    found: dict[Term, list[NamedNode]] = {}
    for row in store.select(among(query("types"), "iri", things)) if things else ():
        if isinstance(kind := row["class"], NamedNode):
            found.setdefault(row["iri"], []).append(kind)
    classes = list(dict.fromkeys(kind for of in found.values() for kind in of))
    rows = store.select(among(query("pages/wider"), "wider", classes)) if classes else ()
    wider = frozenset((row["wider"], row["class"]) for row in rows)
    marked = store.select(query("pages/background")) if classes else ()
    return Kinds(found, wider, frozenset(row["class"] for row in marked))
