"""The reports: a list of them, and what has been read of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response
from pyoxigraph import Literal, NamedNode

from sparql_endpoint.errors import NotFoundError
from sparql_endpoint.http import languages
from sparql_endpoint.http.languages import say
from sparql_endpoint.pages.frame.collection import Collection
from sparql_endpoint.pages.strategy.base.observation_text import ReportReading, reading
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import request_labels
from sparql_endpoint.services.services import serving

blueprint = Blueprint("reports", __name__)


@dataclass(frozen=True)
class Listed:
    """A report in the list; `before` is the one that was issued before it."""

    report: NamedNode
    key: str
    issued: str
    measures: str
    before: Listed | None = None


@blueprint.get("/reports")
def reports() -> Response:
    """Return the page with the list. Raises NotFoundError where the data holds no report."""
    labels = request_labels()
    rows = listed()
    if not rows:
        raise NotFoundError(say("no_reports", languages.negotiate()))
    labels.expect(row.report for row in rows)
    names = [labels.of(row.report) for row in rows]
    return Collection(say("reports", labels.language), names, {}).page("reports.html", reports=rows, show=labels.of)


def listed() -> Sequence[Listed]:
    """The reports, the newest first."""
    reports: list[Listed] = []
    for row in reversed(serving().store.select(query("pages/reports"))):
        report, issued, measures = row["report"], row["issued"], row["measures"]
        if isinstance(report, NamedNode) and isinstance(issued, Literal) and isinstance(measures, Literal):
            key = report.value.rpartition("/")[2]
            reports.append(Listed(report, key, issued.value, measures.value, reports[-1] if reports else None))
    return reports[::-1]


def read(report: NamedNode) -> ReportReading | None:
    """The reading of a report, read once for each version of the data."""
    here = serving()
    readings: dict[NamedNode, ReportReading | None] = here.per_version(__name__, dict)
    if report not in readings:
        readings[report] = reading(here.store, report)
    return readings[report]
