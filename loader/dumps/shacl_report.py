"""The SHACL report of a release, for as many of its graphs as fit into memory."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from loader.dumps.sorted_graphs import SortedGraph
from loader.validate import ValidationReport, validate
from loader.validate.read import packaged, quiet_literals
from nbkg.rdf.rdflib_terms import rdflib_triples

MAX_SHACL_STATEMENTS = 250_000
"""Statements that are checked together; the SHACL engine holds them in memory, more than a kilobyte each."""


def split_by_size(
    graphs: Sequence[SortedGraph], max_statements: int = MAX_SHACL_STATEMENTS
) -> tuple[list[SortedGraph], list[SortedGraph]]:
    """Return the graphs that are checked, the small ones first as far as they fit, and those that are too large."""
    small, room = list[SortedGraph](), max_statements
    for graph in sorted(graphs, key=lambda graph: (graph.triples, graph.iri or "")):
        if graph.triples <= room:
            small.append(graph)
            room -= graph.triples
    return small, [graph for graph in graphs if graph not in small]


def shacl_report(graphs: Sequence[SortedGraph]) -> ValidationReport:
    """Return what the shapes of the package find in the merge of these graphs, with the ontology."""
    graph = packaged("ontology")
    with quiet_literals():
        for sorted_graph in graphs:
            graph += rdflib_triples(ox.parse(b"".join(sorted_graph.lines()), ox.RdfFormat.N_TRIPLES))
    return validate(graph)
