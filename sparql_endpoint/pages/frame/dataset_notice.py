"""What the data set as a whole says of itself, for every page: what it is, on what terms, how to report an error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import g

from sparql_endpoint.pages.frame.page import display
from sparql_endpoint.pages.frame.provenance import best
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Shown
from sparql_endpoint.stores.base import Term

_NAME = "standing"


def in_templates() -> dict[str, object]:
    """What every template may use: `standing()`, asked for only where it is shown."""
    return {"standing": _standing}


def _standing() -> Mapping[str, Sequence[Shown]]:
    """By the property's local name: literals in the best language only; asked once for each request."""
    if _NAME not in g:
        setattr(g, _NAME, _told())
    found: Mapping[str, Sequence[Shown]] = getattr(g, _NAME)
    return found


def _told() -> Mapping[str, Sequence[Shown]]:
    shows = display()
    by_property: dict[str, list[Term]] = {}
    for row in shows.serving.store.select(query("pages/standing")):
        local = str(row["property"]).strip("<>").replace("#", "/").rpartition("/")[2]
        by_property.setdefault(local, []).append(row["value"])
    return {name: [shows.show(term) for term in best(terms, shows.language)] for name, terms in by_property.items()}
