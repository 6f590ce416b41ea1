"""All that is said of a thing, by graph: what a page of ours keeps below what it tells in words."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode

from sparql_endpoint.pages.resource import statements as document
from sparql_endpoint.pages.resource.view import Thing
from sparql_endpoint.services.labels import Label
from sparql_endpoint.services.resource_description import Statement


def said(thing: Thing) -> Sequence[tuple[Label | None, document.Properties]]:
    """Each graph with the properties and values that it gives the thing; None is the graph without a name."""
    own = [statement for statement in thing.statements if statement.subject == thing.iri]
    labels = thing.labels
    by_graph: dict[NamedNode | None, list[Statement]] = {}
    for statement in own:
        by_graph.setdefault(statement.graph, []).append(statement)
    return [
        (labels.of(graph) if graph else None, document.properties(statements, labels))
        for graph, statements in by_graph.items()
    ]
