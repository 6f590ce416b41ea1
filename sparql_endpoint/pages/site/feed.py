"""What changed from report to report, as a feed: every report, and each measure whose status or comment is another.

RFC 4287 (Atom), https://www.rfc-editor.org/rfc/rfc4287. The dates are those of the reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request
from pyoxigraph import Literal, NamedNode

from sparql_endpoint.errors import NotFoundError
from sparql_endpoint.http.languages import say
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Labels, request_labels
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Row, Term

blueprint = Blueprint("feed", __name__)
_MOST = 500
"""Entries, the newest ones."""


@dataclass(frozen=True)
class Entry:
    """An entry: its IRI, title, page, day and text."""

    iri: str
    title: str
    page: str
    day: str
    text: str


@blueprint.get("/changes.atom")
def feed() -> Response:
    """The feed. Raises NotFoundError where the data tells of no reports."""
    labels = request_labels()
    rows = serving().store.select(query("pages/history"))
    if not rows:
        raise NotFoundError("This data tells of no reports, so nothing changes from one to the next.")
    labels.expect(
        term for row in rows for name in ("report", "measure", "status") if (term := row.get(name)) is not None
    )
    entries = list(_entries(rows, labels))[:_MOST]
    text = render_template("feed.xml", entries=entries, iri=f"{serving().settings.base}changes.atom")
    answer = Response(text, content_type="application/atom+xml")
    answer.headers["Content-Language"] = labels.language
    answer.vary.add("Accept-Language")
    return answer


def _entries(rows: Sequence[Row], labels: Labels) -> Iterator[Entry]:
    """The newest first: of each report itself, then its measures in order."""
    by_report: dict[Term, dict[Term, Row]] = {}
    for row in rows:
        by_report.setdefault(row["report"], {}).setdefault(row["measure"], row)
    reports = list(by_report.items())
    for place in reversed(range(len(reports))):
        report, now = reports[place]
        yield _of_report(report, now, labels)
        before = reports[place - 1][1] if place else {}
        for measure, row in now.items():
            if before and (told := _changes(before.get(measure), row, labels)):
                yield _entry(row, "observation", labels.of(measure).text, " ".join(told), labels)


def _of_report(report: Term, now: Mapping[Term, Row], labels: Labels) -> Entry:
    title = say("feed_report", labels.language, name=labels.of(report).text)
    row = next(iter(now.values()))
    return _entry(row, "report", title, say("feed_report_note", labels.language, number=len(now)), labels)


def _changes(before: Row | None, row: Row, labels: Labels) -> list[str]:
    if before is None:
        return [say("feed_new", labels.language)]
    told = []
    if _status(before, labels) != _status(row, labels):
        values = {"before": _status(before, labels), "after": _status(row, labels)}
        told.append(say("feed_status", labels.language, **values))
    old, new = before.get("comment"), row.get("comment")
    if old != new:
        after = new.value if isinstance(new, Literal) else ""
        told.append(say("feed_comment" if after else "feed_no_comment", labels.language, after=after))
    return told


def _status(row: Row, labels: Labels) -> str:
    status = row.get("status") or row.get("statusText")
    return labels.of(status).text if status else say("not_stated", labels.language)


def _entry(row: Row, of: str, title: str, text: str, labels: Labels) -> Entry:
    """An entry about the report or the observation of a row, whose IRIs are what names it."""
    node, issued = row[of], row["issued"]
    iri = node.value if isinstance(node, NamedNode) else str(node)
    day = issued.value[:10] if isinstance(issued, Literal) else ""
    href = labels.addresses.link(iri) or iri
    page = f"{request.url_root[:-1]}{href.removeprefix(request.script_root)}" if href.startswith("/") else href
    return Entry(iri, title, page, day, text)
