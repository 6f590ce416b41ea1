"""What the data set as a whole says of itself, for every page: what it is, on what terms, how to report an error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import g

from nbkg.rdf.label_choice import in_best_language
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, request_labels
from sparql_endpoint.stores.base import Term

_NAME = "standing"


def in_templates() -> dict[str, object]:
    """What every template may use: `standing()`, asked for only where it is shown."""
    return {"standing": _standing}


def _standing() -> Mapping[str, Sequence[Label]]:
    """By the property's local name: literals in the best language only; asked once for each request."""
    if _NAME not in g:
        setattr(g, _NAME, _told())
    found: Mapping[str, Sequence[Label]] = getattr(g, _NAME)
    return found


def _told() -> Mapping[str, Sequence[Label]]:
    labels = request_labels()
    by_property: dict[str, list[Term]] = {}
    for row in labels.serving.store.select(query("pages/standing")):
        local = str(row["property"]).strip("<>").replace("#", "/").rpartition("/")[2]
        by_property.setdefault(local, []).append(row["value"])
    best = {name: in_best_language(terms, labels.language) for name, terms in by_property.items()}
    return {name: [labels.of(term) for term in terms] for name, terms in best.items()}
