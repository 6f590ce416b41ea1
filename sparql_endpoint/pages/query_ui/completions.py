"""Completions in the editor: the classes and properties that the data uses or its vocabularies declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.label_choice import best_text
from nbkg.void.counts import Counts
from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Store

Completion = tuple[str, str, int]
"""An IRI, its label or an empty text, and how often the data uses it."""


def completions(store: Store, counts: Counts | None, language: str) -> Mapping[str, Sequence[Completion]]:
    """Return completions by kind of term, the most used first, then by IRI; labels in the language that suits best."""
    labels = dict(_labels(store, language))
    counts = counts or Counts()
    classes = {count.name.value: count.entities for count in counts.classes}
    properties = {count.property.value: count.triples for count in counts.properties}
    return {"classes": _ordered(classes, labels, "class"), "properties": _ordered(properties, labels, "property")}


def _ordered(used: Mapping[str, int], labels: Mapping[tuple[str, str], str], kind: str) -> Sequence[Completion]:
    terms = {*used, *(iri for iri, declared in labels if declared == kind)}
    unordered = [(iri, labels.get((iri, kind), ""), used.get(iri, 0)) for iri in terms]
    return sorted(unordered, key=lambda completion: (-completion[2], completion[0]))


def _labels(store: Store, language: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the best label of each declared term, by IRI and kind."""
    groups = group_values(
        ((term.value, kind.value), row.get("label"))
        for row in store.select(query("query_page/terms"))
        if isinstance(term := row["term"], NamedNode) and isinstance(kind := row["kind"], Literal)
    )
    for key, labels in groups.items():
        best = best_text((label for label in labels if isinstance(label, Literal)), language)
        yield key, best.value if best else ""
