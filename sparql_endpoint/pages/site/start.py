"""The first page: the strategy at a glance, or where the data is about something else, what it is and how to ask it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response

from sparql_endpoint.http.languages import linked
from sparql_endpoint.pages.frame.page import display, page
from sparql_endpoint.pages.strategy.base.strategies import current
from sparql_endpoint.pages.strategy.overview import Overviewing
from sparql_endpoint.queries import query
from sparql_endpoint.services import responses as answering
from sparql_endpoint.services.labels import Display, Shown
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Term
from sparql_endpoint.void import void

blueprint = Blueprint("start", __name__)
_CLASSES = 10
"""Of the largest classes, how many are shown."""


@blueprint.get("/")
def start() -> Response:
    """The page."""
    strategy = current()
    shows = display()
    shows.learn(strategy.terms())
    version, licences = serving().store.version(), _licences(shows)
    if not strategy.measures:
        return _general(shows, version, licences)
    today = answering.today()
    overview = Overviewing(strategy, shows, _measures).overview(today)
    return page("overview.html", overview=overview, today=today, version=version, licences=licences)


def _general(shows: Display, version: str, licences: Sequence[tuple[Shown, int]]) -> Response:
    """The page of a store about something else, with its numbers where nothing needs to be counted for them."""
    numbers = void.known()
    largest = numbers.classes[:_CLASSES] if numbers else ()
    names = [row["graph"] for row in serving().store.select(query("graph-names"))]
    shows.learn([*names, *(of.name for of in largest)])
    return page(
        "start.html",
        graphs=[shows.show(name) for name in names],
        numbers=numbers,
        classes=[(shows.show(of.name), of.entities) for of in largest],
        version=version,
        licences=licences,
    )


def _measures(**filters: str) -> str:
    """The address of the list of measures."""
    return linked("measures.measures", **filters)


def _licences(display: Display) -> list[tuple[Shown, int]]:
    """The licences that graphs are on, and how many graphs are on each."""
    counts: dict[Term, int] = {}
    for row in display.serving.store.select(query("licences")):
        counts[row["licence"]] = counts.get(row["licence"], 0) + 1
    return [(display.show(licence), count) for licence, count in counts.items()]
