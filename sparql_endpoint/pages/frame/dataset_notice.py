"""What the data set as a whole states of itself, for every page: what it is, on what terms, how to report an error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from flask import g

from nbkg.rdf.label_choice import in_best_language
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, request_labels
from sparql_endpoint.stores.base import Term

_NAME = "dataset_notice"
_Notice = Mapping[str, Sequence[Label]]


def in_templates() -> dict[str, object]:
    """Return what every template may use: `dataset_notice()`, which asks the store only where it is called."""
    return {_NAME: dataset_notice}


def dataset_notice() -> _Notice:
    """Return the notice by the local name of the property, read once for each request."""
    if _NAME not in g:
        setattr(g, _NAME, _read())
    return cast(_Notice, g.get(_NAME))


def _read() -> _Notice:
    labels = request_labels()
    by_property: dict[str, list[Term]] = {}
    for row in labels.serving.store.select(query("pages/dataset-notice")):
        local = str(row["property"]).strip("<>").replace("#", "/").rpartition("/")[2]
        by_property.setdefault(local, []).append(row["value"])
    best = {name: in_best_language(terms, labels.language) for name, terms in by_property.items()}
    return {name: [labels.of(term) for term in terms] for name, terms in best.items()}
