"""The classes of search results: which say most of each, and which resources only explain or serve others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from flask import Flask, current_app
from pyoxigraph import NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.solutions import text
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
    wider: frozenset[tuple[str, str]]
    """Pairs of a class and one that takes its place, by IRI: one below it, or one of ours that is mapped to it."""
    background: frozenset[Term]

    @cached_property
    def _narrowest(self) -> Mapping[tuple[NamedNode, ...], Sequence[NamedNode]]:
        """The narrowest of classes that resources have together, which are few."""
        return {
            classes: [one for one in classes if not any((one.value, other.value) in self.wider for other in classes)]
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

    def is_instance(self, resource: NamedNode, kind: str) -> bool:
        """Return whether a resource is of the class with an IRI, or of one that takes its place."""
        classes = self.by_resource.get(resource, ())
        return any(one.value == kind or (kind, one.value) in self.wider for one in classes)

    def count(self, kind: NamedNode) -> int:
        """Return how many of all resources are of a class, or of one that takes its place."""
        return self._counts[kind.value]

    @cached_property
    def _counts(self) -> Mapping[str, int]:
        wider, counts = group_values((narrower, one) for one, narrower in self.wider), Counter[str]()
        for classes, number in Counter(self.by_resource.values()).items():
            iris = {one.value for one in classes}
            counts.update(dict.fromkeys(iris.union(*(wider.get(iri, ()) for iri in iris)), number))
        return counts


def register(app: Flask) -> None:
    """Have an application keep the classes of the background that its data has now."""
    app.extensions[_NAME] = Versioned[frozenset[Term]]()


def read_classes(resources: Sequence[NamedNode], chosen: str = "") -> Classes:
    """Return the classes of resources; `chosen` is the IRI of one of which resources may be instances."""
    here = serving()
    kinds: dict[Term, set[NamedNode]] = {}
    for row in rows_about(here, resources, "types"):
        if isinstance(kind := row["class"], NamedNode):
            kinds.setdefault(row["iri"], set()).add(kind)
    by_resource = {resource: tuple(sorted(classes, key=lambda one: one.value)) for resource, classes in kinds.items()}
    every = dict.fromkeys(kind for classes in by_resource.values() for kind in classes)
    rows = rows_about(here, [*(every | dict.fromkeys(_nodes(chosen)))], "wider", "wider")
    wider = frozenset((text(row, "wider"), text(row, "class")) for row in rows)
    return Classes(by_resource, wider, _background() if by_resource else frozenset())


def _nodes(iri: str) -> Sequence[NamedNode]:
    try:
        return [NamedNode(iri)]
    except ValueError:
        return []


def _background() -> frozenset[Term]:
    store, threads = serving().store, serving().settings.threads
    per_version = cast(Versioned[frozenset[Term]], current_app.extensions[_NAME])
    read = lambda: frozenset(row["class"] for row in store.select(query("pages/background")))  # noqa: E731  # used once
    return per_version.get(store.version, read, threads)
