"""The first page: the strategy at a glance, or of other data what it is and how to query it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response

from sparql_endpoint.http.languages import linked
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.pages.strategy.base.strategies import current
from sparql_endpoint.pages.strategy.overview import OverviewBuilder
from sparql_endpoint.queries import query
from sparql_endpoint.services import responses, void_counts
from sparql_endpoint.services.labels import Label, Labels, request_labels
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Term

blueprint = Blueprint("start", __name__)
_MAX_CLASSES = 10


@blueprint.get("/")
def start() -> Response:
    """Answer the page."""
    strategy = current()
    labels = request_labels()
    labels.expect(strategy.terms())
    version, licences = serving().store.version(), _licences(labels)
    if not strategy.measures:
        return _general(labels, version, licences)
    today = responses.today()
    overview = OverviewBuilder(strategy, labels, _measures).overview(today)
    return page("overview.html", overview=overview, today=today, version=version, licences=licences)


def _general(labels: Labels, version: str, licences: Sequence[tuple[Label, int]]) -> Response:
    """Return the page of a store about something else, with its numbers where they are known."""
    numbers = void_counts.contents().counts
    largest = numbers.classes[:_MAX_CLASSES] if numbers else ()
    return page(
        "start.html",
        graphs=[labels.of(row["graph"]) for row in serving().store.select(query("graph-names"))],
        numbers=numbers,
        classes=[(labels.of(of.name), of.entities) for of in largest],
        version=version,
        licences=licences,
    )


def _measures(**filters: str) -> str:
    """Return the address of the list of measures."""
    return linked("measures.measures", **filters)


def _licences(labels: Labels) -> Sequence[tuple[Label, int]]:
    """Return the licences of graphs, each with the number of its graphs."""
    counts: dict[Term, int] = {}
    for row in labels.serving.store.select(query("licences")):
        counts[row["licence"]] = counts.get(row["licence"], 0) + 1
    return [(labels.of(licence), count) for licence, count in counts.items()]
