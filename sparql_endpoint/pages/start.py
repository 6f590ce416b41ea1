"""The first page: what this is and where it stands, the measures, the graphs, and a query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response
from pyoxigraph import Literal, NamedNode

from sparql_endpoint.display import Display, Shown
from sparql_endpoint.pages.page import display, page
from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Row, Term

blueprint = Blueprint("start", __name__)


@dataclass(frozen=True)
class Measure:
    """A row of the table of measures."""

    number: str
    title: Shown
    status: Shown | None
    responsible: Sequence[Shown]


@blueprint.get("/")
def start() -> Response:
    """The page."""
    shows = display()
    return page("start.html", measures=_measures(shows), graphs=_graphs(shows))


def _measures(display: Display) -> list[Measure]:
    answering: dict[Term, list[Shown]] = {}
    for row in display.serving.store.select(query("pages/responsible")):
        answering.setdefault(row["measure"], []).append(display.show(row["agent"]))
    rows = display.serving.store.select(query("pages/measures"))
    return [_measure(row, answering.get(row["measure"], []), display) for row in rows]


def _measure(row: Row, responsible: Sequence[Shown], display: Display) -> Measure:
    status = row.get("status") or row.get("statusText")
    number = row.get("number")
    return Measure(
        number.value if isinstance(number, Literal) else "",
        _title(row, display),
        display.show(status) if status else None,
        responsible,
    )


def _title(row: Row, display: Display) -> Shown:
    """The measure's short title, or the report's wording where it has none."""
    measure, text = row["measure"], display.show(row["text"])
    if not isinstance(measure, NamedNode):
        return text
    shown = display.show(measure)
    has_label = shown.text != display.compact(measure.value)
    return shown if has_label else Shown(text.text, text.language, shown.href, shown.title)


def _graphs(display: Display) -> list[tuple[Shown, str]]:
    rows = display.serving.store.select(query("graphs"))
    return [(display.show(row["graph"]), count.value) for row in rows if isinstance(count := row["count"], Literal)]
