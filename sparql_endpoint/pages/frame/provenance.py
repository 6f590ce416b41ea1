"""What a graph's statements stand on: its licence or terms, its date, its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from nbkg.rdf.label_choice import in_best_language
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Row, Store, Term
from sparql_endpoint.stores.rows import among

_DCTERMS = "http://purl.org/dc/terms/"


@dataclass(frozen=True)
class Provenance:
    """As it is shown; the date is that of its issue, else of its last change."""

    licences: Sequence[Label]
    rights: Sequence[Label]
    date: str | None
    sources: Sequence[Label]


def rows(graphs: Iterable[NamedNode | None], store: Store) -> Sequence[Row]:
    """What is said of the graphs."""
    named = sorted({graph for graph in graphs if graph is not None}, key=str)
    return store.select(among(query("graph-about"), "graph", named)) if named else ()


def by_graph(found: Sequence[Row], labels: Labels) -> Mapping[NamedNode, Provenance]:
    """The rows of each graph as they are shown."""
    told: dict[NamedNode, dict[str, list[Term]]] = {}
    for row in found:
        graph, prop = row["graph"], row["property"]
        if isinstance(graph, NamedNode) and isinstance(prop, NamedNode):
            told.setdefault(graph, {}).setdefault(prop.value.removeprefix(_DCTERMS), []).append(row["value"])
    return {graph: _shown(said, labels) for graph, said in told.items()}


def _shown(said: Mapping[str, Sequence[Term]], labels: Labels) -> Provenance:
    dates = [*said.get("issued", ()), *said.get("modified", ())]
    return Provenance(
        [labels.of(term) for term in said.get("license", ())],
        [labels.of(term) for term in in_best_language(said.get("rights", ()), labels.language)],
        next((date.value for date in dates if isinstance(date, Literal)), None),
        [labels.of(term) for term in said.get("source", ())],
    )
