"""An index of the data: what it holds, on what terms, how to get it, how to understand it, how to cite it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, g
from pyoxigraph import Literal, NamedNode

from sparql_endpoint.pages.frame import provenance
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.pages.frame.provenance import Provenance
from sparql_endpoint.pages.resource import json_ld as structured
from sparql_endpoint.queries import part, query
from sparql_endpoint.services.labels import Label, Labels, request_labels
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Term

blueprint = Blueprint("data", __name__)
_SMALL = 200_000
"""Statements of a store whose graphs are counted when the page is asked for."""


@dataclass(frozen=True)
class Graph:
    """A part of the data; how many statements it holds."""

    name: Label
    count: int
    stands_on: Provenance | None


@blueprint.get("/data-sets")
def data() -> Response:
    """The page."""
    labels, store = request_labels(), serving().store
    counts = _counts()
    told = provenance.rows((graph for graph in counts if isinstance(graph, NamedNode)), store)
    dataset = NamedNode(f"{serving().settings.base}dataset/nbkg")
    g.structured = lambda: {**structured.thing(dataset, [], labels), "@type": "Dataset"}
    return page(
        "catalogue.html",
        version=store.version(),
        dataset=labels.of(dataset),
        vocabularies=[labels.of(row["ontology"]) for row in store.select(query("ontologies"))],
        graphs=_graphs(counts, provenance.by_graph(told, labels), labels),
    )


def _counts() -> dict[Term, int]:
    """How many statements each graph holds, as its description says; counted where there is none and it is quick."""
    store = serving().store
    rows = store.select(query("subsets"))
    if not rows and not store.select(part("statement", 1, _SMALL)):
        rows = store.select(query("graphs"))
    return {row["graph"]: int(count.value) for row in rows if isinstance(count := row["count"], Literal)}


def _graphs(counts: dict[Term, int], told: Mapping[NamedNode, Provenance], labels: Labels) -> Sequence[Graph]:
    made = [
        Graph(labels.of(graph), count, told.get(graph))
        for graph, count in counts.items()
        if isinstance(graph, NamedNode)
    ]
    return sorted(made, key=lambda graph: graph.name.text.casefold())
