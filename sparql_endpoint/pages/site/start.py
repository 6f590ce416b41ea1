"""The first page: the strategy at a glance, or where the data is about something else, what it is and how to ask it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response

from sparql_endpoint.http.languages import linked
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.pages.strategy.base.strategies import current
from sparql_endpoint.pages.strategy.overview import OverviewBuilder
from sparql_endpoint.queries import query
from sparql_endpoint.services import responses as answering
from sparql_endpoint.services import void_counts
from sparql_endpoint.services.labels import Label, Labels, request_labels
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Term

blueprint = Blueprint("start", __name__)
_CLASSES = 10
"""Of the largest classes, how many are shown."""


@blueprint.get("/")
def start() -> Response:
    """The page."""
    strategy = current()
    labels = request_labels()
    labels.expect(strategy.terms())
    version, licences = serving().store.version(), _licences(labels)
    if not strategy.measures:
        return _general(labels, version, licences)
    today = answering.today()
    overview = OverviewBuilder(strategy, labels, _measures).overview(today)
    return page("overview.html", overview=overview, today=today, version=version, licences=licences)


def _general(labels: Labels, version: str, licences: Sequence[tuple[Label, int]]) -> Response:
    """The page of a store about something else, with its numbers where they are known."""
    numbers = void_counts.contents().counts
    largest = numbers.classes[:_CLASSES] if numbers else ()
    names = [row["graph"] for row in serving().store.select(query("graph-names"))]
    return page(
        "start.html",
        graphs=[labels.of(name) for name in names],
        numbers=numbers,
        classes=[(labels.of(of.name), of.entities) for of in largest],
        version=version,
        licences=licences,
    )


def _measures(**filters: str) -> str:
    """The address of the list of measures."""
    return linked("measures.measures", **filters)


def _licences(labels: Labels) -> list[tuple[Label, int]]:
    """The licences that graphs are on, and how many graphs are on each."""
    counts: dict[Term, int] = {}
    for row in labels.serving.store.select(query("licences")):
        counts[row["licence"]] = counts.get(row["licence"], 0) + 1
    return [(labels.of(licence), count) for licence, count in counts.items()]
