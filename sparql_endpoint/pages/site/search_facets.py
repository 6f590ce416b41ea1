"""The classes of search results: which say most of each, and which resources only explain or serve others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from flask import Flask, current_app
from pyoxigraph import NamedNode

from sparql_endpoint.queries import query
from sparql_endpoint.services.known_rows import rows_about
from sparql_endpoint.services.per_version import Versioned
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Term

_NAME = "search_facets"


@dataclass(frozen=True)
class Classes:
    """The classes of resources; instances of `background` explain or serve others, as the vocabulary states."""

    by_resource: Mapping[Term, tuple[NamedNode, ...]]
    wider: frozenset[tuple[Term, Term]]
    """Pairs of a class and one that takes its place: one below it, or one of the vocabulary that is mapped to it."""
    background: frozenset[Term]

    @cached_property
    def _narrowest(self) -> Mapping[tuple[NamedNode, ...], Sequence[NamedNode]]:
        """The narrowest of classes that resources have together, which are few."""
        return {
            classes: [one for one in classes if not any((one, other) in self.wider for other in classes)]
            for classes in {*self.by_resource.values()}
        }

    @cached_property
    def _in_background(self) -> frozenset[tuple[NamedNode, ...]]:
        return frozenset(
            classes for classes, narrowest in self._narrowest.items() if narrowest and self.background >= {*narrowest}
        )

    def narrowest(self, resource: NamedNode) -> Sequence[NamedNode]:
        """Return the classes of a resource without those above another of its classes."""
        return self._narrowest.get(self.by_resource.get(resource, ()), ())

    def is_background(self, resource: NamedNode) -> bool:
        """Return whether all narrowest classes of a resource are of the background."""
        return self.by_resource.get(resource) in self._in_background

    def is_instance(self, resource: NamedNode, iri: str) -> bool:
        """Return whether a resource is of the class with this IRI."""
        return any(one.value == iri for one in self.by_resource.get(resource, ()))


def register(app: Flask) -> None:
    """Have an application keep the classes of the background that its data has now."""
    app.extensions[_NAME] = Versioned[frozenset[Term]]()


def read_classes(resources: Sequence[NamedNode]) -> Classes:
    """Return the classes of resources."""
    here = serving()
    kinds: dict[Term, set[NamedNode]] = {}
    for row in rows_about(here, resources, "types"):
        if isinstance(kind := row["class"], NamedNode):
            kinds.setdefault(row["iri"], set()).add(kind)
    by_resource = {resource: tuple(sorted(classes, key=lambda one: one.value)) for resource, classes in kinds.items()}
    several = list(dict.fromkeys(kind for classes in by_resource.values() if len(classes) > 1 for kind in classes))
    wider = frozenset((row["wider"], row["class"]) for row in rows_about(here, several, "pages/wider", "wider"))
    return Classes(by_resource, wider, _background() if by_resource else frozenset())


def _background() -> frozenset[Term]:
    store, threads = serving().store, serving().settings.threads
    per_version = cast(Versioned[frozenset[Term]], current_app.extensions[_NAME])
    read = lambda: frozenset(row["class"] for row in store.select(query("pages/background")))  # noqa: E731  # used once
    return per_version.get(store.version, read, threads)
