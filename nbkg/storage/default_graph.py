"""What a query without GRAPH and FROM reads: the present, the union or the plain default graph; small stores in memory.

Oxigraph's own union meets a triple once for each graph that holds it, so that COUNT and SELECT count it twice; the RDF
merge that a default graph is holds it once (https://www.w3.org/TR/rdf11-mt/#shared-blank-nodes-unions-and-merges).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import islice

import pyoxigraph as ox

MAX_QUADS = 200_000
"""Quads of a store that is copied into memory; it takes about a second and 150 MB for each process."""


class DefaultGraph(StrEnum):
    """What a store's default graph is to a query."""

    PRESENT = "present"
    """The merge of all graphs but those that a built store leaves out; of a store that leaves none out, the union."""
    UNION = "union"
    """The merge of all graphs."""
    PLAIN = "plain"
    """The store's own unnamed graph."""


def copy_to_memory(store: ox.Store, *, merge: bool) -> ox.Store | None:
    """Return a copy in memory, with `merge` one whose default graph is the merge of all graphs.

    Returns None where the store is too large for it.
    """
    quads = list(islice(store, MAX_QUADS + 1))
    if len(quads) > MAX_QUADS:
        return None
    copy = ox.Store()
    copy.bulk_extend(quads)
    if merge:
        copy.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return copy


def merge_graphs(
    store: ox.Store, default: Sequence[ox.NamedNode | ox.BlankNode], named: Sequence[ox.NamedNode | ox.BlankNode]
) -> ox.Store:
    """Return a store in memory whose default graph is the merge of some graphs of another, with some others named."""
    copy = ox.Store()
    for graph in dict.fromkeys(default):
        quads = store.quads_for_pattern(None, None, None, graph)
        copy.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    for graph in dict.fromkeys(named):
        copy.bulk_extend(store.quads_for_pattern(None, None, None, graph))
    return copy
