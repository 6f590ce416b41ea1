"""Completes a store that was just filled: the merge of its graphs as default graph, and its description.

What is counted is in the default graph first, and only that, so that the counts are plain queries; the graphs that
describe others, and the description itself, join it afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from loader.identifiers import graph as graph_iri
from loader.namespaces import BASE
from loader.queries import rows
from loader.void import census, void_triples


def description(base: str) -> ox.NamedNode:
    """The graph that holds a store's description."""
    return ox.NamedNode(graph_iri("void").replace(BASE, base))


def complete(store: ox.Store, plain: str, base: str) -> None:
    """Merges and describes. `plain` is what the default graph is: `empty`, `all` there is, or `mixed`.

    A default graph that is all there is stays as it is: the description is beside it only.
    """
    void = description(base)
    apart = [row["graph"] for row in rows(store, "void/apart", base)]
    counted = [graph for graph in store.named_graphs() if graph not in apart]
    _merge(store, counted)
    told = list(
        void_triples(census(store, [graph for graph in counted if isinstance(graph, ox.NamedNode)], base), base)
    )
    store.bulk_extend(ox.Quad(triple.subject, triple.predicate, triple.object, void) for triple in told)
    if plain != "all":
        _merge(store, [graph for graph in store.named_graphs() if graph not in counted])


def _merge(store: ox.Store, graphs: Iterable[ox.NamedNode | ox.BlankNode]) -> None:
    """Adds the triples of the graphs to the default graph."""
    for graph in graphs:
        found = store.quads_for_pattern(None, None, None, graph)
        store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in found)
