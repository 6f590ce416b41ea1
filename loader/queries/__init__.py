"""The loader's own queries, one `.rq` file each; relative IRIs in them are below the base that they are asked with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from nbkg.rdf import solutions
from nbkg.rdf.solutions import Row


@cache
def query(name: str) -> str:
    """Return the text of `queries/{name}.rq`."""
    return files(__name__).joinpath(f"{name}.rq").read_text(encoding="utf-8")


def rows(store: ox.Store, name: str, base: str) -> Iterator[Row]:
    """Return the solutions of the SELECT query `queries/{name}.rq`."""
    return solutions.rows(store.query(query(name), base_iri=base))


def triples(graph: Iterable[ox.Triple], name: str, base: str) -> Iterator[ox.Triple]:
    """Yield what the CONSTRUCT query `queries/{name}.rq` makes of the triples."""
    constructed = store_of(graph).query(query(name), base_iri=base)
    if not isinstance(constructed, ox.QueryTriples):
        raise TypeError(f"{name}.rq is no CONSTRUCT query")
    yield from constructed


def store_of(graph: Iterable[ox.Triple]) -> ox.Store:
    """Return a store in memory that holds the triples in its default graph."""
    store = ox.Store()
    store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in graph)
    return store
