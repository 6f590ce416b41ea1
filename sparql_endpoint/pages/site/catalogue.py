"""An index of the data: what it holds, on what terms, how to get it, how to understand it, how to cite it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, g
from pyoxigraph import Literal, NamedNode

from sparql_endpoint.pages.frame import provenance
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.pages.frame.provenance import Provenance
from sparql_endpoint.pages.resource.json_ld import to_json_ld
from sparql_endpoint.queries import part, query
from sparql_endpoint.services.labels import Label, Labels, request_labels
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Term

blueprint = Blueprint("data", __name__)
_SMALL = 200_000
"""Statements of the largest store whose graphs are counted at each request."""


@dataclass(frozen=True)
class CatalogueGraph:
    """A graph, how many statements it holds, and its provenance."""

    name: Label
    count: int
    provenance: Provenance | None


@blueprint.get("/data-sets")
def data() -> Response:
    """Answer the page."""
    labels, store = request_labels(), serving().store
    counts = _counts()
    rows = provenance.read_rows((graph for graph in counts if isinstance(graph, NamedNode)), store)
    dataset = NamedNode(f"{serving().settings.base}dataset/nbkg")
    g.json_ld = lambda: {**to_json_ld(dataset, [], labels), "@type": "Dataset"}
    return page(
        "catalogue.html",
        version=store.version(),
        dataset=labels.of(dataset),
        vocabularies=[labels.of(row["ontology"]) for row in store.select(query("ontologies"))],
        graphs=_graphs(counts, provenance.by_graph(rows, labels), labels),
    )


def _counts() -> Mapping[Term, int]:
    """Return how many statements each graph holds, by its description; counted where that is missing and quick."""
    store = serving().store
    rows = store.select(query("subsets"))
    if not rows and not store.select(part("statement", 1, _SMALL)):
        rows = store.select(query("graphs"))
    return {row["graph"]: int(count.value) for row in rows if isinstance(count := row["count"], Literal)}


def _graphs(
    counts: Mapping[Term, int], provenances: Mapping[NamedNode, Provenance], labels: Labels
) -> Sequence[CatalogueGraph]:
    graphs = [
        CatalogueGraph(labels.of(graph), count, provenances.get(graph))
        for graph, count in counts.items()
        if isinstance(graph, NamedNode)
    ]
    return sorted(graphs, key=lambda graph: graph.name.text.casefold())
