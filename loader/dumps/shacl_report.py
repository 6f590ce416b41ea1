"""The SHACL report of a release: what the shapes say of its data, as far as that fits into memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox
from rdflib import Graph

from loader.dumps.sorted_graphs import Spool
from loader.validate import Report, validate
from loader.validate.read import packaged, quiet_literals
from nbkg.rdf.rdflib_terms import to_rdflib

MOST = 250_000
"""Statements that are checked together; the checker holds them in memory, more than a kilobyte each."""


def split(spools: Sequence[Spool]) -> tuple[list[Spool], list[Spool]]:
    """The graphs that are checked, the small ones first as far as they fit, and those that are too large."""
    small, room = list[Spool](), MOST
    for spool in sorted(spools, key=lambda spool: (spool.triples, spool.iri or "")):
        if spool.triples <= room:
            small.append(spool)
            room -= spool.triples
    return small, [spool for spool in spools if spool not in small]


def checked(spools: Sequence[Spool]) -> Report:
    """What the shapes of the package find in these graphs, merged, with the ontology."""
    graph = packaged("ontology")
    with quiet_literals():
        for triple in _triples(spools):
            graph.add((to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object)))
    return validate(graph)


def _triples(spools: Sequence[Spool]) -> Iterator[ox.Triple]:
    for spool in spools:
        for quad in ox.parse(b"".join(spool.lines()), ox.RdfFormat.N_TRIPLES):
            yield quad.triple


__all__ = ["MOST", "Graph", "checked", "split"]
