"""An index of the data: what it holds, on what terms, how to get it, how to understand it, how to cite it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, g
from pyoxigraph import Literal, NamedNode

from sparql_endpoint.pages.frame import provenance
from sparql_endpoint.pages.frame.page import display, page
from sparql_endpoint.pages.frame.provenance import Provenance
from sparql_endpoint.pages.resource import json_ld as structured
from sparql_endpoint.queries import part, query
from sparql_endpoint.services.labels import Display, Shown
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Term

blueprint = Blueprint("data", __name__)
_SMALL = 200_000
"""Statements of a store whose graphs are counted when the page is asked for."""


@dataclass(frozen=True)
class Graph:
    """A part of the data; how many statements it holds."""

    name: Shown
    count: int
    stands_on: Provenance | None


@blueprint.get("/data-sets")
def data() -> Response:
    """The page."""
    shows, store = display(), serving().store
    counts = _counts()
    told = provenance.rows((graph for graph in counts if isinstance(graph, NamedNode)), store)
    shows.learn([*counts, *provenance.terms(told)])
    dataset = NamedNode(f"{serving().settings.base}dataset/nbkg")
    g.structured = {**structured.thing(dataset, [], shows), "@type": "Dataset"}
    return page(
        "catalogue.html",
        graphs=_graphs(counts, provenance.by_graph(told, shows), shows),
        version=store.version(),
        dataset=shows.show(dataset),
        vocabularies=[shows.show(row["ontology"]) for row in store.select(query("ontologies"))],
    )


def _counts() -> dict[Term, int]:
    """How many statements each graph holds, as its description says; counted where there is none and it is quick."""
    store = serving().store
    rows = store.select(query("subsets"))
    if not rows and not store.select(part("statement", 1, _SMALL)):
        rows = store.select(query("graphs"))
    return {row["graph"]: int(count.value) for row in rows if isinstance(count := row["count"], Literal)}


def _graphs(counts: dict[Term, int], told: Mapping[NamedNode, Provenance], display: Display) -> Sequence[Graph]:
    made = [
        Graph(display.show(graph), count, told.get(graph))
        for graph, count in counts.items()
        if isinstance(graph, NamedNode)
    ]
    return sorted(made, key=lambda graph: graph.name.text.casefold())
