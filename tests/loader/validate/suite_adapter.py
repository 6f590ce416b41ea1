"""Our engine as the W3C SHACL test suite calls one."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import Graph

from loader.validate.engine import open_engine
from nbkg.rdf.rdflib_terms import to_rdflib


def validate(data: str, shapes: str) -> str:
    """The report graph, as N-Triples, of data and shapes given as N-Triples."""
    return open_engine("pyshacl").validate(_graph(data), _graph(shapes)).serialize(format="nt")


def _graph(text: str) -> Graph:
    graph = Graph()
    for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES):
        graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    return graph
