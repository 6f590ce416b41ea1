"""A feed of the changes from report to report: every report, and each measure whose status or comment changed.

RFC 4287 (Atom), https://www.rfc-editor.org/rfc/rfc4287. The dates are those of the reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, request
from pyoxigraph import Literal, NamedNode

from sparql_endpoint.errors import NotFoundError
from sparql_endpoint.http.languages import say
from sparql_endpoint.pages.frame.page import xml_document
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Labels, request_labels
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Row, Term

blueprint = Blueprint("feed", __name__)
_MAX_ENTRIES = 500


@dataclass(frozen=True)
class FeedEntry:
    """An entry: its IRI, title, the address of its page, day and text."""

    iri: str
    title: str
    page: str
    day: str
    text: str


@blueprint.get("/changes.atom")
def feed() -> Response:
    """Answer the feed. Raises NotFoundError where the data holds no reports."""
    labels = request_labels()
    rows = serving().store.select(query("pages/history"))
    if not rows:
        raise NotFoundError("This data tells of no reports, so nothing changes from one to the next.")
    labels.expect(row[name] for row in rows for name in ("report", "measure", "status") if name in row)
    entries = list(_entries(rows, labels))[:_MAX_ENTRIES]
    iri = f"{serving().settings.base}changes.atom"
    response = xml_document("feed.xml", "application/atom+xml", entries=entries, iri=iri)
    response.headers["Content-Language"] = labels.language
    response.vary.add("Accept-Language")
    return response


def _entries(rows: Sequence[Row], labels: Labels) -> Iterator[FeedEntry]:
    """Yield the entries, the newest first: of each report itself, then of its measures in order."""
    by_report: dict[Term, dict[Term, Row]] = {}
    for row in rows:
        by_report.setdefault(row["report"], {}).setdefault(row["measure"], row)
    reports = list(by_report.items())
    for index in reversed(range(len(reports))):
        report, now = reports[index]
        yield _report_entry(report, now, labels)
        before = reports[index - 1][1] if index else {}
        for measure, row in now.items():
            if before and (changes := _changes(before.get(measure), row, labels)):
                yield _entry(row, "observation", labels.of(measure).text, " ".join(changes), labels)


def _report_entry(report: Term, now: Mapping[Term, Row], labels: Labels) -> FeedEntry:
    title = say("feed_report", labels.language, name=labels.of(report).text)
    row = next(iter(now.values()))
    return _entry(row, "report", title, say("feed_report_note", labels.language, number=len(now)), labels)


def _changes(before: Row | None, row: Row, labels: Labels) -> Sequence[str]:
    """Return what changed of a measure, as sentences."""
    if before is None:
        return [say("feed_new", labels.language)]
    sentences = []
    if _status(before, labels) != _status(row, labels):
        statuses = {"before": _status(before, labels), "after": _status(row, labels)}
        sentences.append(say("feed_status", labels.language, **statuses))
    old, new = before.get("comment"), row.get("comment")
    if old != new:
        after = new.value if isinstance(new, Literal) else ""
        sentences.append(say("feed_comment" if after else "feed_no_comment", labels.language, after=after))
    return sentences


def _status(row: Row, labels: Labels) -> str:
    status = row.get("status") or row.get("statusText")
    return labels.of(status).text if status else say("not_stated", labels.language)


def _entry(row: Row, of: str, title: str, text: str, labels: Labels) -> FeedEntry:
    """Return an entry about the report or the observation of a row; its IRI identifies the entry."""
    node, issued = row[of], row["issued"]
    iri = node.value if isinstance(node, NamedNode) else str(node)
    day = issued.value[:10] if isinstance(issued, Literal) else ""
    href = labels.addresses.link(iri) or iri
    page = f"{request.url_root[:-1]}{href.removeprefix(request.script_root)}" if href.startswith("/") else href
    return FeedEntry(iri, title, page, day, text)
