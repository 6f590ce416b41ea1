"""Reads the counts of a store from its own description, `graph/void`, where `nbkg load` put them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from nbkg.grouping import group_values
from nbkg.rdf.solutions import Row, Term
from nbkg.rdf.vocabulary import DCTERMS, VOID
from nbkg.void.claims import Ask
from nbkg.void.counts import Claim, Claims, ClassCount, Counts, GraphCount, LinkCount, PropertyCount
from nbkg.void.description import TERMS_OF_USE, TYPE
from nbkg.void.queries import query

_CLAIMS = (f"{DCTERMS}title", f"{DCTERMS}description", *TERMS_OF_USE)


def read_counts(ask: Ask, base: str) -> Counts | None:
    """Return the counts, by one query; None where the store has no description for this base, or no whole one."""
    return counts_of(ask(query("description")), base)


def counts_of(rows: Iterable[Row], base: str) -> Counts | None:
    """Return the counts of a description's rows; None where there is none for this base, or no whole one."""
    description = _Description(rows)
    dataset = description.subject_of("classes")
    if dataset is None:
        return None
    datasets = description.instances("Dataset")
    graphs = [node for node in datasets if node != dataset and description.values(node, "distinctSubjects")]
    linksets = description.instances("Linkset")
    entities = _number(description, dataset, "entities")
    is_named = dataset.value != f"{base}.well-known/void#dataset"
    return Counts(
        triples=_number(description, dataset, "triples"),
        subjects=_number(description, dataset, "distinctSubjects"),
        objects=_number(description, dataset, "distinctObjects"),
        own=entities if description.values(dataset, "uriSpace") else 0,
        named=entities,
        class_count=_number(description, dataset, "classes"),
        properties=_properties(description, dataset),
        classes=_classes(description, dataset),
        graphs=[_graph(description, node) for node in graphs],
        left_out=frozenset(graphs).difference(description.nodes(dataset, "subset")),
        links=_links(description, linksets),
        claims=Claims(_claims(description, graphs), _claims(description, [dataset]), dataset if is_named else None),
    )


class _Description:
    """The statements of the graph, by subject and property."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._values = group_values(
            ((subject, prop.value), row["value"])
            for row in rows
            if isinstance(subject := row["subject"], ox.NamedNode) and isinstance(prop := row["property"], ox.NamedNode)
        )

    def values(self, node: ox.NamedNode, prop: str) -> Sequence[Term]:
        """Return the values of a property, which is a term of VoID or a whole IRI."""
        return self._values.get((node, prop if ":" in prop else f"{VOID}{prop}"), ())

    def nodes(self, node: ox.NamedNode, prop: str) -> list[ox.NamedNode]:
        """Return the values that have an IRI, sorted."""
        nodes = [term for term in self.values(node, prop) if isinstance(term, ox.NamedNode)]
        return sorted(nodes, key=lambda term: term.value)

    def instances(self, term: str) -> list[ox.NamedNode]:
        """Return the instances of a class of VoID, sorted."""
        name = ox.NamedNode(f"{VOID}{term}")
        nodes = [node for (node, prop), values in self._values.items() if prop == TYPE.value and name in values]
        return sorted(nodes, key=lambda node: node.value)

    def subject_of(self, term: str) -> ox.NamedNode | None:
        """Return the first subject that has a property of VoID."""
        return next((node for node, prop in self._values if prop == f"{VOID}{term}"), None)


def _number(description: _Description, node: ox.NamedNode, prop: str) -> int:
    term = next(iter(description.values(node, prop)), None)
    return int(term.value) if isinstance(term, ox.Literal) and term.value.isdecimal() else 0


def _properties(description: _Description, node: ox.NamedNode) -> list[PropertyCount]:
    parts = description.nodes(node, "propertyPartition")
    counts = [
        PropertyCount(name, _number(description, part, "triples"))
        for part in parts
        for name in description.nodes(part, "property")
    ]
    return sorted(counts, key=lambda count: (-count.triples, count.property.value))


def _classes(description: _Description, dataset: ox.NamedNode) -> list[ClassCount]:
    counts = [
        ClassCount(
            name,
            _number(description, part, "entities"),
            next(iter(description.nodes(part, "exampleResource")), None),
            _properties(description, part),
        )
        for part in description.nodes(dataset, "classPartition")
        for name in description.nodes(part, "class")
    ]
    return sorted(counts, key=lambda count: (-count.entities, count.name.value))


def _graph(description: _Description, node: ox.NamedNode) -> GraphCount:
    names = ("triples", "distinctSubjects", "distinctObjects", "properties")
    return GraphCount(node, *(_number(description, node, name) for name in names))


def _links(description: _Description, nodes: Sequence[ox.NamedNode]) -> list[LinkCount]:
    counts = [
        LinkCount(prop, _space(description, node), _number(description, node, "triples"))
        for node in nodes
        for prop in description.nodes(node, "linkPredicate")
    ]
    return sorted(counts, key=lambda count: (-count.triples, count.property.value, count.space))


def _space(description: _Description, linkset: ox.NamedNode) -> str:
    for target in description.nodes(linkset, "objectsTarget"):
        for space in description.values(target, "uriSpace"):
            if isinstance(space, ox.Literal):
                return space.value
    return ""


def _claims(description: _Description, nodes: Sequence[ox.NamedNode]) -> list[Claim]:
    claims = [
        (node, ox.NamedNode(prop), value)
        for node in nodes
        for prop in _CLAIMS
        for value in description.values(node, prop)
    ]
    return sorted(claims, key=lambda claim: tuple(map(str, claim)))
