"""The terms on which a graph's statements stand: its licence or rights, its date, its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.label_choice import in_best_language
from nbkg.rdf.solutions import text
from nbkg.rdf.vocabulary import DCTERMS
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Row, Store
from sparql_endpoint.stores.rows import among


@dataclass(frozen=True)
class Provenance:
    """The provenance of one graph; the date is that of its issue, else of its last change."""

    licences: Sequence[Label]
    rights: Sequence[Label]
    date: str | None
    sources: Sequence[Label]


def read_rows(graphs: Iterable[NamedNode | None], store: Store) -> Sequence[Row]:
    """Return a row for each statement about the provenance of graphs."""
    named = sorted({graph for graph in graphs if graph is not None}, key=str)
    return store.select(among(query("graph-about"), "graph", named)) if named else ()


def by_graph(rows: Sequence[Row], labels: Labels) -> Mapping[NamedNode, Provenance]:
    """Return the provenance of each graph that rows are about."""
    by_graph = group_values((row["graph"], row) for row in rows)
    return {graph: _provenance(of, labels) for graph, of in by_graph.items() if isinstance(graph, NamedNode)}


def _provenance(rows: Sequence[Row], labels: Labels) -> Provenance:
    values = group_values((text(row, "property").removeprefix(DCTERMS), row["value"]) for row in rows)
    dates = [*values.get("issued", ()), *values.get("modified", ())]
    return Provenance(
        [labels.of(term) for term in values.get("license", ())],
        [labels.of(term) for term in in_best_language(values.get("rights", ()), labels.language)],
        next((date.value for date in dates if isinstance(date, Literal)), None),
        [labels.of(term) for term in values.get("source", ())],
    )
