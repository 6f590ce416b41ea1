"""What there is in a store's default graph and in its named graphs, counted by SPARQL.

The engine counts one thing at a time, so that only one set of terms is in memory: for ten million triples that of the
objects is the largest, about 70 bytes for each different one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from loader.queries import Row, Term, number, rows

_EXAMPLES = 5
_NONE = "\uffff"
"""What stands after every IRI: a class none of whose instances has one."""

Statement = tuple[ox.NamedNode, ox.NamedNode, Term]


@dataclass(frozen=True)
class PropertyCount:
    """How many triples have a property."""

    property: ox.NamedNode
    triples: int


@dataclass(frozen=True)
class ClassCount:
    """How many instances a class has, the first of those that have an IRI, and how often they have each property."""

    name: ox.NamedNode
    entities: int
    example: ox.NamedNode | None
    properties: Sequence[PropertyCount]


@dataclass(frozen=True)
class LinkCount:
    """How many triples with a property lead to resources whose IRIs begin with `space`, a scheme and host."""

    property: ox.NamedNode
    space: str
    triples: int


@dataclass(frozen=True)
class GraphCount:
    """What a named graph holds."""

    name: ox.NamedNode
    triples: int
    subjects: int
    objects: int
    properties: int


@dataclass(frozen=True)
class Said:
    """What the data says of its graphs and of the wholes that they are parts of; sorted."""

    of_graphs: Sequence[Statement]
    of_wholes: Sequence[Statement]


@dataclass(frozen=True)
class Census:
    """The numbers; the largest of each kind stand first."""

    subjects: int
    objects: int
    own: int
    """Subjects below the base."""
    named: int
    """Subjects that have an IRI."""
    class_count: int
    properties: Sequence[PropertyCount]
    classes: Sequence[ClassCount]
    graphs: Sequence[GraphCount]
    links: Sequence[LinkCount]
    said: Said
    namespaces: Sequence[str]
    """Those that the data declares prefixes of."""

    @property
    def triples(self) -> int:
        """How many triples there are."""
        return sum(count.triples for count in self.properties)

    @property
    def examples(self) -> Sequence[ox.NamedNode]:
        """The first instances of the largest classes, by IRI."""
        first = dict.fromkeys(count.example for count in self.classes if count.example)
        return sorted(list(first)[:_EXAMPLES], key=lambda example: example.value)


def census(store: ox.Store, graphs: Sequence[ox.NamedNode], base: str) -> Census:
    """The census of the default graph, and of `graphs` one by one; entities are the subjects below the base."""
    subjects = next(rows(store, "void/subjects", base))
    return Census(
        subjects=number(subjects, "subjects"),
        objects=_one(store, "objects", base),
        own=number(subjects, "own"),
        named=number(subjects, "named"),
        class_count=_one(store, "class-count", base, "classes"),
        properties=_properties(rows(store, "void/properties", base)),
        classes=_classes(store, base),
        graphs=[_graph(store, graph, base) for graph in sorted(graphs, key=lambda graph: graph.value)],
        links=[_link(row) for row in rows(store, "void/links", base)],
        said=_said(store, base),
        namespaces=sorted({_text(row["namespace"]) for row in rows(store, "void/namespaces", base)}),
    )


def _one(
    store: ox.Store, name: str, base: str, variable: str = "", graphs: Sequence[ox.NamedNode] | None = None
) -> int:
    return number(next(rows(store, f"void/{name}", base, graphs)), variable or name)


def _iri(row: Row, name: str) -> ox.NamedNode:
    term = row[name]
    if not isinstance(term, ox.NamedNode):
        raise TypeError(f"?{name} is an IRI")
    return term


def _text(term: Term) -> str:
    return "" if isinstance(term, ox.Triple) else term.value


def _properties(found: Iterator[Row]) -> list[PropertyCount]:
    counts = [PropertyCount(_iri(row, "property"), number(row, "triples")) for row in found]
    return sorted(counts, key=lambda count: (-count.triples, count.property.value))


def _classes(store: ox.Store, base: str) -> list[ClassCount]:
    of_classes: dict[ox.NamedNode, list[Row]] = {}
    for row in rows(store, "void/class-properties", base):
        of_classes.setdefault(_iri(row, "class"), []).append(row)
    return [
        ClassCount(
            name := _iri(row, "class"), number(row, "entities"), _example(row), _properties(iter(of_classes[name]))
        )
        for row in rows(store, "void/classes", base)
    ]


def _example(row: Row) -> ox.NamedNode | None:
    first = _text(row["example"])
    return None if first == _NONE else ox.NamedNode(first)


def _graph(store: ox.Store, graph: ox.NamedNode, base: str) -> GraphCount:
    row = next(rows(store, "void/graph-triples", base, [graph]))
    subjects, objects = (
        _one(store, name, base, variable, [graph])
        for name, variable in (("graph-subjects", "subjects"), ("objects", "objects"))
    )
    return GraphCount(graph, number(row, "triples"), subjects, objects, number(row, "properties"))


def _link(row: Row) -> LinkCount:
    return LinkCount(_iri(row, "property"), _text(row["space"]), number(row, "triples"))


def _said(store: ox.Store, base: str) -> Said:
    found = list(rows(store, "void/said", base))
    parts, wholes = (
        sorted({(_iri(row, kind), _iri(row, "property"), row["value"]) for row in found if kind in row}, key=_spelled)
        for kind in ("part", "whole")
    )
    return Said(parts, wholes)


def _spelled(statement: Statement) -> tuple[str, ...]:
    return tuple(str(term) for term in statement)
