"""Statements as pages list them: by property, by graph, and below the blank node that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import BlankNode, NamedNode

from nbkg.grouping import group_values
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.services.resource_description import Statement

Properties = Sequence[tuple[Label, Sequence[Label]]]
"""Each property with its values."""


def by_property(statements: Iterable[Statement], labels: Labels) -> Properties:
    """Return the properties of one resource, each with its values, in the order of the statements."""
    values = group_values((statement.property, labels.of(statement.value)) for statement in statements)
    return [(labels.of(prop), of_property) for prop, of_property in values.items()]


def by_blank_node(statements: Iterable[Statement], labels: Labels) -> Mapping[str, Properties]:
    """Return the properties of each blank node, by its label."""
    by_subject = group_values((statement.subject, statement) for statement in statements)
    return {node.value: by_property(of, labels) for node, of in by_subject.items() if isinstance(node, BlankNode)}


def by_graph(statements: Iterable[Statement]) -> Mapping[NamedNode | None, Sequence[Statement]]:
    """Return the statements of each graph; None is the default graph."""
    return group_values((statement.graph, statement) for statement in statements)


def graph_sections(view: ResourceView) -> Sequence[tuple[Label | None, Properties]]:
    """Return each graph with the properties that it gives the resource: all that a page folds away below its words."""
    labels = view.labels
    return [
        (labels.of(graph) if graph else None, by_property(group, labels)) for graph, group in by_graph(view.own).items()
    ]
