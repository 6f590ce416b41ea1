"""The census that stands in a store's own description, `graph/void`, where `nbkg load` left it."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Store, Term
from sparql_endpoint.void.census import Census, ClassCount, GraphCount, LinkCount, PropertyCount, Said

_VOID = "http://rdfs.org/ns/void#"
_DCTERMS = "http://purl.org/dc/terms/"
_SAID = tuple(f"{_DCTERMS}{name}" for name in ("title", "description", "license", "rights"))


def stored_census(store: Store, base: str) -> Census | None:
    """The numbers; None where the store has no description for this base.

    Only a store that nobody changes may be asked: in others the numbers may be old.
    """
    graph = f"{base}graph/void"
    if not store.has_graph(graph):
        return None
    told = _Description(store, graph)
    dataset = told.with_property("classes")
    subsets = told.named(dataset, "subset")
    own = _number(told, dataset, "entities") if told.of(dataset, "uriSpace") else 0
    return Census(
        subjects=_number(told, dataset, "distinctSubjects"),
        objects=_number(told, dataset, "distinctObjects"),
        entities=_number(told, dataset, "entities"),
        class_count=_number(told, dataset, "classes"),
        properties=_properties(told, dataset),
        classes=_classes(told, dataset),
        graphs=[_graph(told, node) for node in subsets if not told.of(node, "linkPredicate")],
        examples=told.named(dataset, "exampleResource"),
        links=_links(told, [node for node in subsets if told.of(node, "linkPredicate")]),
        said=Said(_said(told, subsets), _said(told, [dataset])),
        dataset=None if dataset.value == f"{base}.well-known/void#dataset" else dataset,
        based=own > 0,
    )


class _Description:
    """The statements of a graph, by subject and property."""

    def __init__(self, store: Store, graph: str) -> None:
        self._said: dict[tuple[NamedNode, str], list[Term]] = {}
        for row in store.select(query("void/stored"), {"graph": NamedNode(graph)}):
            subject, prop = row["subject"], row["property"]
            if isinstance(subject, NamedNode) and isinstance(prop, NamedNode):
                self._said.setdefault((subject, prop.value), []).append(row["value"])

    def of(self, node: NamedNode, prop: str) -> Sequence[Term]:
        """The values of a property: a term of VoID, or a whole IRI."""
        return self._said.get((node, prop if ":" in prop else f"{_VOID}{prop}"), ())

    def named(self, node: NamedNode, prop: str) -> list[NamedNode]:
        """The values that have an IRI, sorted."""
        found = [term for term in self.of(node, prop) if isinstance(term, NamedNode)]
        return sorted(found, key=lambda term: term.value)

    def with_property(self, term: str) -> NamedNode:
        """The one node that has a property."""
        (node,) = (subject for subject, prop in self._said if prop == f"{_VOID}{term}")
        return node


def _number(told: _Description, node: NamedNode, prop: str) -> int:
    (term,) = told.of(node, prop)
    return int(term.value) if isinstance(term, Literal) else 0


def _properties(told: _Description, node: NamedNode) -> list[PropertyCount]:
    parts = told.named(node, "propertyPartition")
    counts = [PropertyCount(told.named(part, "property")[0], _number(told, part, "triples")) for part in parts]
    return sorted(counts, key=lambda count: (-count.triples, count.property.value))


def _classes(told: _Description, dataset: NamedNode) -> list[ClassCount]:
    parts = told.named(dataset, "classPartition")
    counts = [
        ClassCount(told.named(part, "class")[0], _number(told, part, "entities"), _properties(told, part))
        for part in parts
    ]
    return sorted(counts, key=lambda count: (-count.entities, count.name.value))


def _graph(told: _Description, node: NamedNode) -> GraphCount:
    counts = [_number(told, node, name) for name in ("triples", "distinctSubjects", "distinctObjects", "properties")]
    return GraphCount(node, *counts)


def _links(told: _Description, nodes: Sequence[NamedNode]) -> list[LinkCount]:
    counts = [
        LinkCount(told.named(node, "linkPredicate")[0], _space(told, node), _number(told, node, "triples"))
        for node in nodes
    ]
    return sorted(counts, key=lambda count: (-count.triples, count.property.value, count.space))


def _space(told: _Description, linkset: NamedNode) -> str:
    (space,) = told.of(told.named(linkset, "objectsTarget")[0], "uriSpace")
    return space.value if isinstance(space, Literal) else ""


def _said(told: _Description, nodes: Sequence[NamedNode]) -> list[tuple[NamedNode, NamedNode, Term]]:
    found = [(node, NamedNode(prop), value) for node in nodes for prop in _SAID for value in told.of(node, prop)]
    return sorted(found, key=lambda statement: tuple(map(str, statement)))
