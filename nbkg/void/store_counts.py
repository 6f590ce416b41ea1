"""Counts what an embedded store holds, by way of a dump: 10 µs a statement, in flat memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from nbkg.rdf.grouped_statements import GroupedStatements
from nbkg.void.claims import ask_store, find_describing, read_claims
from nbkg.void.counting import count
from nbkg.void.counts import Counts
from nbkg.void.description import description_graph
from nbkg.void.scope import Scope


def count_store(
    store: ox.Store, base: str, folder: Path, *, default: bool, left_out: Collection[ox.NamedNode] = ()
) -> Counts:
    """Return the counts of a store's named graphs, and with `default` of its default graph too.

    `folder` takes what does not fit into memory. Graphs that are `left_out` are counted one by one only.
    """
    ask = ask_store(store, base)
    statements = GroupedStatements(folder / "statements", str(description_graph(base)).encode())
    if default:
        statements.add(_dump(store, ox.DefaultGraph(), folder))
    for graph in store.named_graphs():
        statements.add(_dump(store, graph, folder), str(graph).encode())
    describing = {str(graph).encode() for graph in find_describing(ask)}
    scope = Scope.make(base, statements.graphs, describing, {str(graph).encode() for graph in left_out})
    counts = count(statements.groups(), scope, folder / "objects")
    return replace(counts, left_out=frozenset(left_out), claims=read_claims(ask))


def _dump(store: ox.Store, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph, folder: Path) -> Iterator[bytes]:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "graph.nt"
    store.dump(str(file), ox.RdfFormat.N_TRIPLES, from_graph=graph)
    with file.open("rb") as stream:
        yield from stream
    file.unlink()
