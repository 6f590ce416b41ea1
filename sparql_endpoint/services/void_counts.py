"""The numbers of the data that is served, at the cost of one cheap query for each version of the data.

A store that holds a VoID description (`graph/void`, made by `nbkg load`) is asked for it, wherever it is. A small
embedded store without one is counted. Of any other only the names of the graphs are known, and what the data states
about them: nobody can make the server count millions of statements by one request.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from nbkg.errors import DefaultGraphLostError
from nbkg.rdf.solutions import Row
from nbkg.void.claims import Ask, read_graphs
from nbkg.void.counts import Claims, Counts
from nbkg.void.queries import query
from nbkg.void.store_counts import count_store
from nbkg.void.stored import counts_of, read_counts
from sparql_endpoint.http.formats import JSON
from sparql_endpoint.services.services import Serving, serving
from sparql_endpoint.stores import is_built
from sparql_endpoint.stores.base import Question, Store
from sparql_endpoint.stores.rows import rows

_SMALL = 50_000
"""Statements of a store that is counted: for 27,000 it took 0.9 s on a busy machine, once for each version."""
_ANY_TRIPLE = "{ ?a ?b ?c }"
"""What a graph is found by on a server that keeps no list of its graphs, as Virtuoso."""
_PERIOD = 300.0
"""Seconds for which the numbers of a store are kept that does not tell its version."""


@dataclass(frozen=True)
class Contents:
    """All that is known of the data."""

    counts: Counts | None
    """None where the store holds no numbers and is not small."""
    graphs: Sequence[ox.NamedNode]
    claims: Claims

    def dataset(self, base: str) -> ox.NamedNode:
        """Return the data set that the graphs are parts of by what the data states, or `#dataset` of our document."""
        return self.claims.dataset or ox.NamedNode(f"{base}.well-known/void#dataset")


def contents() -> Contents:
    """Return what is known of the data that is served now. Raises StoreError where the store cannot be asked."""
    here = serving()
    return here.per_version(__name__, lambda: _read(here), lambda: version_of(here.store), share=2)


def version_of(store: Store) -> str:
    """Return the version of the data; of a store that does not tell it a text that changes every few minutes."""
    return store.version() or f"{time.monotonic() // _PERIOD}"


def _read(here: Serving) -> Contents:
    store, base = here.store, here.settings.base
    if not store.version():
        return _read_server(here)
    ask = partial(_ask, store, base, plain=False)
    counts = _find_counts(here, ask)
    return _with_counts(here, counts) if counts else Contents(None, *read_graphs(ask(query("contents"))))


def _with_counts(here: Serving, counts: Counts) -> Contents:
    claims = replace(counts.claims, namespaces=sorted(here.prefixes().values()))
    return Contents(replace(counts, claims=claims), [graph.name for graph in counts.graphs], claims)


def _read_server(here: Serving) -> Contents:
    """Return what one query tells of a server's data: its description, or else its graphs.

    A server that keeps no list of its graphs and has no description is asked once more, by the triples of the graphs;
    from then on it is asked so at once.
    """
    ask = partial(_ask, here.store, here.settings.base, plain=True)
    rows = ask(query("contents").replace("{}", _ANY_TRIPLE) if here.lists_no_graphs else query("contents"))
    counts = counts_of((row for row in rows if "subject" in row), here.settings.base)
    is_second_needed = counts is None and not any("part" in row for row in rows) and not here.lists_no_graphs
    here.lists_no_graphs = counts is None and (here.lists_no_graphs or is_second_needed)
    if is_second_needed:
        rows = ask(query("contents").replace("{}", _ANY_TRIPLE))
    return _with_counts(here, counts) if counts else Contents(None, *read_graphs(rows))


def _find_counts(here: Serving, ask: Ask) -> Counts | None:
    """Return the counts of the store's description, or of the store where it is small.

    The description of an embedded store that may change can be old: a small one is counted first.
    """
    store, base = here.store, here.settings.base
    if here.writable is None and is_built(here.settings.store):
        return read_counts(ask, base) or _count_small(store, base)
    return _count_small(store, base) or read_counts(ask, base)


def _ask(store: Store, base: str, text: str, *, plain: bool) -> Sequence[Row]:
    """Return the rows of a query; a server is asked as it is, without naming its graphs one by one (`plain`)."""
    return rows(b"".join(store.answer(Question(text, plain=plain, base=base), JSON)))


def _count_small(store: Store, base: str) -> Counts | None:
    """Return the counts of a small store; None of a large one, and where its default graph is lost in the merge."""
    text = f"{query('statements')}\nLIMIT {_SMALL + 1}"
    try:
        statements = _ask(store, base, text, plain=True)
    except DefaultGraphLostError:
        return None
    if len(statements) > _SMALL:
        return None
    copy = ox.Store()
    copy.bulk_extend(map(_quad, statements))
    left_out = [ox.NamedNode(graph) for graph in store.left_out()]
    with TemporaryDirectory() as folder:
        return count_store(copy, base, Path(folder), default=True, left_out=left_out)


def _quad(row: Row) -> ox.Quad:
    return ox.Quad(row["subject"], row["property"], row["value"], row.get("graph"))  # type: ignore[arg-type]  # such terms stand there
