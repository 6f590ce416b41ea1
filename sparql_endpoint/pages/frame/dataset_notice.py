"""What the data set as a whole states of itself, for every page: what it is, on what terms, how to report an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from flask import Flask, g

from nbkg.grouping import group_values
from nbkg.rdf.compact_iri import local_name
from nbkg.rdf.label_choice import in_best_language
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels, request_labels
from sparql_endpoint.stores.base import Store, Term

_NAME = "dataset_notice"
_Terms = Mapping[str, Sequence[Term]]


class Notice(Mapping[str, Sequence[Label]]):
    """The notice by the local names of properties; only what a template reads of it is looked up."""

    def __init__(self, terms: _Terms, labels: Labels) -> None:
        self._terms = terms
        self._labels = labels

    def __getitem__(self, name: str) -> Sequence[Label]:
        best = in_best_language(self._terms[name], self._labels.language)
        return [self._labels.of(term) for term in best]

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)


def register(app: Flask) -> None:
    """Add `dataset_notice()` to the templates, which asks the store only where it is called."""
    app.context_processor(lambda: {_NAME: dataset_notice})


def dataset_notice() -> Notice:
    """Return the notice; the store is asked once for each version of the data, or else for each request."""
    if _NAME not in g:
        labels = request_labels()
        store = labels.serving.store
        setattr(g, _NAME, Notice(labels.serving.per_version(__name__, lambda: _read(store)), labels))
    return cast(Notice, g.get(_NAME))


def _read(store: Store) -> _Terms:
    rows = store.select(query("pages/dataset-notice"))
    return group_values((local_name(str(row["property"]).strip("<>")), row["value"]) for row in rows)
