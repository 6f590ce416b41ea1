"""All that is said of a thing, by graph: what a page of ours keeps below what it tells in words."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode

from sparql_endpoint.pages.resource import statements as document
from sparql_endpoint.pages.resource.view import Thing
from sparql_endpoint.services.labels import Shown
from sparql_endpoint.services.resource_description import Statement


def said(thing: Thing) -> Sequence[tuple[Shown | None, document.Properties]]:
    """Each graph with the properties and values that it gives the thing; None is the graph without a name."""
    own = [statement for statement in thing.statements if statement.subject == thing.iri]
    shows = thing.display
    shows.learn(term for s in own for term in (s.property, s.value, s.graph) if term is not None)
    by_graph: dict[NamedNode | None, list[Statement]] = {}
    for statement in own:
        by_graph.setdefault(statement.graph, []).append(statement)
    return [
        (shows.show(graph) if graph else None, document.properties(statements, shows))
        for graph, statements in by_graph.items()
    ]
