"""What a graph's statements stand on: its licence or terms, its date, its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from sparql_endpoint.http import languages
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Display, Shown
from sparql_endpoint.stores.base import Row, Store, Term
from sparql_endpoint.stores.rows import among

_DCTERMS = "http://purl.org/dc/terms/"


@dataclass(frozen=True)
class Provenance:
    """As it is shown; the date is that of its issue, else of its last change."""

    licences: Sequence[Shown]
    rights: Sequence[Shown]
    date: str | None
    sources: Sequence[Shown]


def rows(graphs: Iterable[NamedNode | None], store: Store) -> Sequence[Row]:
    """What is said of the graphs."""
    named = sorted({graph for graph in graphs if graph is not None}, key=str)
    return store.select(among(query("graph-about"), "graph", named)) if named else ()


def terms(found: Sequence[Row]) -> list[Term]:
    """All that is named in rows."""
    return [row["value"] for row in found]


def by_graph(found: Sequence[Row], display: Display) -> Mapping[NamedNode, Provenance]:
    """The rows of each graph as they are shown."""
    told: dict[NamedNode, dict[str, list[Term]]] = {}
    for row in found:
        graph, prop = row["graph"], row["property"]
        if isinstance(graph, NamedNode) and isinstance(prop, NamedNode):
            told.setdefault(graph, {}).setdefault(prop.value.removeprefix(_DCTERMS), []).append(row["value"])
    return {graph: _shown(said, display) for graph, said in told.items()}


def _shown(said: Mapping[str, Sequence[Term]], display: Display) -> Provenance:
    dates = [*said.get("issued", ()), *said.get("modified", ())]
    return Provenance(
        [display.show(term) for term in said.get("license", ())],
        [display.show(term) for term in best(said.get("rights", ()), display.language)],
        next((date.value for date in dates if isinstance(date, Literal)), None),
        [display.show(term) for term in said.get("source", ())],
    )


def best(terms: Iterable[Term], language: str) -> Sequence[Term]:
    """The literals in the language that suits best, and all that is no literal."""
    found = list(terms)
    ranks = [languages.rank(term.language, language) for term in found if isinstance(term, Literal)]
    return [t for t in found if not isinstance(t, Literal) or languages.rank(t.language, language) == min(ranks)]
