"""Completes a store that was just filled: the present becomes its default graph, and it gets its description.

The present is the RDF merge of all graphs but those that the data keeps out of it (`nbkg:inDefaultGraph false`, see
docs/data-model.md). What the description counts is in the default graph first, and only that, so that the counts are
plain queries; the graphs that describe others, and the description itself, join it afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pyoxigraph as ox

from loader.identifiers import graph as graph_iri
from loader.namespaces import BASE
from loader.queries import rows
from nbkg.void import census, void_triples

GraphName = ox.NamedNode | ox.BlankNode


def description(base: str) -> ox.NamedNode:
    """Return the name of the graph that holds a store's description."""
    return ox.NamedNode(graph_iri("void").replace(BASE, base))


def complete(store: ox.Store, plain: str, base: str) -> list[str]:
    """Make the present the default graph, describe the store, and return the IRIs of the graphs that are left out.

    `plain` is what the default graph is before: `empty`, `all` there is, or `mixed`. A default graph that is all there
    is stays as it is: the description stands beside it only.
    """
    left_out = find_left_out(store, base)
    _merge(store, (graph for graph in counted(store, base) if graph not in left_out))
    describe(store, plain, base, left_out)
    return sorted(graph.value for graph in left_out)


def find_left_out(store: ox.Store, base: str) -> set[ox.NamedNode]:
    """Return the named graphs that the data keeps out of the default graph."""
    found = (row["graph"] for row in rows(store, "store/left-out", base))
    return {graph for graph in found if isinstance(graph, ox.NamedNode)}


def counted(store: ox.Store, base: str) -> list[GraphName]:
    """Return the graphs that are counted one by one: all but those that describe others, and the description itself."""
    apart = [description(base), *(row["graph"] for row in rows(store, "void/apart", base))]
    return [graph for graph in store.named_graphs() if graph not in apart]


def describe(store: ox.Store, plain: str, base: str, left_out: Collection[GraphName]) -> None:
    """Describe what is in the default graph, the merge of what is counted, and add the other graphs to it."""
    void, graphs = description(base), counted(store, base)
    named = [graph for graph in graphs if isinstance(graph, ox.NamedNode)]
    triples = list(void_triples(census(store, named, base), base, left_out))
    store.bulk_extend(ox.Quad(triple.subject, triple.predicate, triple.object, void) for triple in triples)
    if plain != "all":
        _merge(store, (graph for graph in store.named_graphs() if graph not in {*graphs, *left_out}))


def separate(store: ox.Store, base: str, left_out: Collection[GraphName]) -> None:
    """Undo `describe`: the default graph is the merge of what is counted, and the description is gone."""
    void, graphs = description(base), counted(store, base)
    merged = [graph for graph in graphs if graph not in left_out]
    for other in [graph for graph in store.named_graphs() if graph not in graphs]:
        settle(store, [quad.triple for quad in store.quads_for_pattern(None, None, None, other)], merged)
    if store.contains_named_graph(void):
        store.remove_graph(void)


def settle(store: ox.Store, triples: Iterable[ox.Triple], graphs: Collection[GraphName]) -> None:
    """Have the default graph hold each of the triples exactly where one of the graphs holds it."""
    for triple in triples:
        found = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        places = {quad.graph_name for quad in found}
        merged = ox.Quad(triple.subject, triple.predicate, triple.object)
        if not places.isdisjoint(graphs):
            store.add(merged)
        elif ox.DefaultGraph() in places:
            store.remove(merged)


def _merge(store: ox.Store, graphs: Iterable[GraphName]) -> None:
    """Add the triples of the graphs to the default graph."""
    for graph in graphs:
        found = store.quads_for_pattern(None, None, None, graph)
        store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in found)
