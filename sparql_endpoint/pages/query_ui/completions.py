"""What the editor completes: the classes and properties that the data uses or its vocabularies declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from nbkg.rdf.label_choice import language_rank
from nbkg.void.counts import Counts
from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Store

Completion = tuple[str, str, int]
"""An IRI, its name or an empty text, and how often the data uses it."""


def completions(store: Store, counts: Counts | None, language: str) -> Mapping[str, Sequence[Completion]]:
    """By kind of term: the most used first, then by IRI. Names are in the language that suits best."""
    names = dict(_names(store, language))
    counts = counts or Counts()
    classes = {count.name.value: count.entities for count in counts.classes}
    properties = {count.property.value: count.triples for count in counts.properties}
    return {"classes": _ordered(classes, names, "class"), "properties": _ordered(properties, names, "property")}


def _ordered(used: Mapping[str, int], names: Mapping[tuple[str, str], str], kind: str) -> Sequence[Completion]:
    terms = {*used, *(iri for iri, declared in names if declared == kind)}
    told = [(iri, names.get((iri, kind), ""), used.get(iri, 0)) for iri in terms]
    return sorted(told, key=lambda one: (-one[2], one[0]))


def _names(store: Store, language: str) -> Iterator[tuple[tuple[str, str], str]]:
    """The best name of each declared term, by IRI and kind."""
    found: dict[tuple[str, str], list[Literal]] = {}
    for row in store.select(query("desk/terms")):
        term, kind, label = row["term"], row["kind"], row.get("label")
        if isinstance(term, NamedNode) and isinstance(kind, Literal):
            labels = found.setdefault((term.value, kind.value), [])
            labels += [label] if isinstance(label, Literal) else []
    for key, labels in found.items():
        best = min(labels, key=lambda text: (language_rank(text.language, language), text.value), default=None)
        yield key, best.value if best else ""
