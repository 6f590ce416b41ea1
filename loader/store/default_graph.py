"""Completes a store that was just filled: the present becomes its default graph, and it gets its description.

The present is the RDF merge of all graphs but those that the data keeps out of it (`nbkg:inDefaultGraph false`, see
docs/data-model.md). The graphs that describe others, and the description itself, belong to it and are not counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox

from loader.queries import rows
from nbkg.void.claims import ask_store, find_describing
from nbkg.void.counts import Counts
from nbkg.void.description import describe, description_graph
from nbkg.void.store_counts import count_store

GraphName = ox.NamedNode | ox.BlankNode
MARKS = (b"ns#inDefaultGraph> ", b"ns/dcat#Dataset>", b"ns/void#Dataset>")
"""What the statements hold that keep a graph out of the default graph, or out of the counts."""


def find_left_out(store: ox.Store, base: str) -> set[ox.NamedNode]:
    """Return the named graphs that the data keeps out of the default graph."""
    graphs = (row["graph"] for row in rows(store, "store/left-out", base))
    return {graph for graph in graphs if isinstance(graph, ox.NamedNode)}


def counted_graphs(store: ox.Store, base: str) -> list[GraphName]:
    """Return the graphs that are counted one by one: all but those that describe others, and the description itself."""
    omitted = [description_graph(base), *find_describing(ask_store(store, base))]
    return [graph for graph in store.named_graphs() if graph not in omitted]


def count_and_describe(
    store: ox.Store, plain: str, base: str, left_out: Collection[ox.NamedNode], scratch: Path
) -> None:
    """Count the store by way of a dump in the folder `scratch`, and describe it.

    `plain` is what the default graph was before it became the present: `empty`, or `all` there is.
    """
    counts = count_store(store, base, scratch, default=plain == "all", left_out=left_out)
    add_description(store, plain, base, counts)
    if plain != "all":
        omitted = {*counted_graphs(store, base), *left_out, description_graph(base)}
        merge(store, (graph for graph in store.named_graphs() if graph not in omitted))


def add_description(store: ox.Store, plain: str, base: str, counts: Counts) -> Sequence[ox.Triple]:
    """Add the description to its graph, and to a default graph that is the present; return its triples.

    A default graph that is all there is stays as it is: the description stands beside it only.
    """
    graph, triples = description_graph(base), list(describe(counts, base))
    targets: list[GraphName | ox.DefaultGraph] = [graph] if plain == "all" else [graph, ox.DefaultGraph()]
    store.bulk_extend(
        ox.Quad(triple.subject, triple.predicate, triple.object, target) for target in targets for triple in triples
    )
    return triples


def separate(store: ox.Store, base: str, left_out: Collection[GraphName]) -> None:
    """Undo the description: the default graph is the merge of what is counted, and the description is gone."""
    void, graphs = description_graph(base), counted_graphs(store, base)
    merged = [graph for graph in graphs if graph not in left_out]
    for other in [graph for graph in store.named_graphs() if graph not in graphs]:
        settle(store, [quad.triple for quad in store.quads_for_pattern(None, None, None, other)], merged)
    if store.contains_named_graph(void):
        store.remove_graph(void)


def settle(store: ox.Store, triples: Iterable[ox.Triple], graphs: Collection[GraphName]) -> None:
    """Have the default graph hold each of the triples exactly where one of the graphs holds it."""
    for triple in triples:
        quads = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        holding = {quad.graph_name for quad in quads}
        merged = ox.Quad(triple.subject, triple.predicate, triple.object)
        if not holding.isdisjoint(graphs):
            store.add(merged)
        elif ox.DefaultGraph() in holding:
            store.remove(merged)


def merge(store: ox.Store, graphs: Iterable[GraphName]) -> None:
    """Add the triples of the graphs to the default graph, by 15 µs each."""
    for graph in graphs:
        quads = store.quads_for_pattern(None, None, None, graph)
        store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)


def merge_blank_nodes(store: ox.Store, base: str, left_out: Collection[GraphName]) -> None:
    """Add the triples that hold blank nodes to the default graph: their labels are known in the store only."""
    solutions = [row for row in rows(store, "store/blank-nodes", base) if row["graph"] not in left_out]
    store.bulk_extend(ox.Quad(row["subject"], row["property"], row["value"]) for row in solutions)  # type: ignore[arg-type]  # the terms of a triple
