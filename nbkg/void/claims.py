"""What the data states about its graphs: asked of any store by SPARQL, in a query that takes milliseconds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import pyoxigraph as ox

from nbkg.rdf import solutions
from nbkg.rdf.solutions import Row, Term
from nbkg.void.counts import Claim, Claims
from nbkg.void.queries import query

Ask = Callable[[str], Iterable[Row]]
"""Returns the solutions of a SELECT query, whose relative IRIs it resolves against the base."""


def ask_store(store: ox.Store, base: str) -> Ask:
    """Return a function that asks an embedded store."""

    return lambda text: solutions.rows(store.query(text, base_iri=base))


def read_claims(ask: Ask) -> Claims:
    """Return what the data states about its graphs, and the namespaces that it declares prefixes of."""
    namespaces = {_text(row["namespace"]) for row in ask(query("namespaces"))}
    return replace(_read(list(ask(query("claims")))), namespaces=sorted(namespaces))


def read_graphs(rows: Iterable[Row]) -> tuple[list[ox.NamedNode], Claims]:
    """Return the names of the graphs, and what the data states about them, of the rows of `contents.rq`."""
    claimed = list(rows)
    names = {graph for row in claimed if isinstance(graph := row.get("part"), ox.NamedNode)}
    return sorted(names, key=lambda name: name.value), _read(claimed)


def find_describing(ask: Ask) -> set[Term]:
    """Return the graphs that describe others, which are not counted."""
    return {row["graph"] for row in ask(query("describing"))}


def _read(rows: Sequence[Row]) -> Claims:
    datasets = _claims(rows, "whole")
    names = {claim[0] for claim in datasets}
    return Claims(_claims(rows, "part"), datasets, names.pop() if len(names) == 1 else None)


def _claims(rows: Iterable[Row], kind: str) -> list[Claim]:
    claims = {(about, prop, row["value"]) for row in rows for about, prop in [_about(row, kind)] if about and prop}
    return sorted(claims, key=lambda claim: tuple(map(str, claim)))


def _about(row: Row, kind: str) -> tuple[ox.NamedNode | None, ox.NamedNode | None]:
    about, prop = row.get(kind), row.get("property")
    if isinstance(about, ox.NamedNode) and isinstance(prop, ox.NamedNode):
        return about, prop
    return None, None


def _text(term: Term) -> str:
    return "" if isinstance(term, ox.Triple) else term.value
