"""Completes a store that was just filled: the merge of its graphs as default graph, and its description.

What is counted is in the default graph first, and only that, so that the counts are plain queries; the graphs that
describe others, and the description itself, join it afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pyoxigraph as ox

from loader.identifiers import graph as graph_iri
from loader.namespaces import BASE
from loader.queries import rows
from nbkg.void import census, void_triples


def description(base: str) -> ox.NamedNode:
    """The graph that holds a store's description."""
    return ox.NamedNode(graph_iri("void").replace(BASE, base))


def complete(store: ox.Store, plain: str, base: str) -> None:
    """Merges and describes. `plain` is what the default graph is: `empty`, `all` there is, or `mixed`.

    A default graph that is all there is stays as it is: the description is beside it only.
    """
    _merge(store, counted(store, base))
    describe(store, plain, base)


def counted(store: ox.Store, base: str) -> list[ox.NamedNode | ox.BlankNode]:
    """The graphs that the description counts: all but those that describe others, and the description itself."""
    apart = [description(base), *(row["graph"] for row in rows(store, "void/apart", base))]
    return [graph for graph in store.named_graphs() if graph not in apart]


def describe(store: ox.Store, plain: str, base: str) -> None:
    """Describes what is in the default graph, the merge of what is counted, and adds the other graphs to it."""
    void, graphs = description(base), counted(store, base)
    named = [graph for graph in graphs if isinstance(graph, ox.NamedNode)]
    told = list(void_triples(census(store, named, base), base))
    store.bulk_extend(ox.Quad(triple.subject, triple.predicate, triple.object, void) for triple in told)
    if plain != "all":
        _merge(store, [graph for graph in store.named_graphs() if graph not in graphs])


def separate(store: ox.Store, base: str) -> None:
    """Undoes `describe`: the default graph is the merge of what is counted, and the description is gone."""
    void, graphs = description(base), counted(store, base)
    for other in [graph for graph in store.named_graphs() if graph not in graphs]:
        settle(store, [quad.triple for quad in store.quads_for_pattern(None, None, None, other)], graphs)
    if store.contains_named_graph(void):
        store.remove_graph(void)


def settle(store: ox.Store, triples: Iterable[ox.Triple], graphs: Collection[ox.NamedNode | ox.BlankNode]) -> None:
    """Has the default graph hold each of the triples exactly where one of the graphs holds it."""
    for triple in triples:
        found = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        places = {quad.graph_name for quad in found}
        merged = ox.Quad(triple.subject, triple.predicate, triple.object)
        if not places.isdisjoint(graphs):
            store.add(merged)
        elif ox.DefaultGraph() in places:
            store.remove(merged)


def _merge(store: ox.Store, graphs: Iterable[ox.NamedNode | ox.BlankNode]) -> None:
    """Adds the triples of the graphs to the default graph."""
    for graph in graphs:
        found = store.quads_for_pattern(None, None, None, graph)
        store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in found)
