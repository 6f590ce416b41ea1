"""Measures as files: what a list shows, as CSV, JSON and Turtle."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from typing import Any

from pyoxigraph import NamedNode

from sparql_endpoint.http.formats import CSV, TURTLE, Format
from sparql_endpoint.pages.strategy.base.measure_query import title
from sparql_endpoint.pages.strategy.base.table import Measure, Strategy
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Labels
from sparql_endpoint.services.resource_description import Statement, serialise
from sparql_endpoint.stores.base import Term
from sparql_endpoint.stores.rows import among

JSON = Format("json", "application/json", ("json",), ("text/json",))
FORMATS = (CSV, JSON, TURTLE)
_MANY = " | "
"""Between the values of one cell."""


def serialize_measures(form: Format, measures: Sequence[Measure], strategy: Strategy, labels: Labels) -> bytes:
    """The measures in a format, in the order given."""
    if form is TURTLE:
        return _turtle(measures, labels)
    records = [_record(measure, labels) for measure in measures]
    if form is CSV:
        return _csv(records)
    document = {"issued": strategy.issued or None, "language": labels.language, "measures": records}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _record(measure: Measure, labels: Labels) -> Mapping[str, object]:
    """IRIs with their names in the language asked for; the report's own words as they are."""

    def named(term: Term | None) -> Mapping[str, str | None] | None:
        if term is None:
            return None
        label = labels.of(term)
        return {"iri": term.value if isinstance(term, NamedNode) else None, "name": label.text}

    return {
        "iri": measure.iri.value,
        "key": measure.key,
        "number": measure.number,
        "part": measure.part or None,
        "title": title(measure, labels).text,
        "text": measure.text.value,
        "theme": named(measure.theme),
        "status": named(measure.status),
        "statusText": measure.status_text.value if measure.status_text else None,
        "responsible": [named(agent.iri) for agent in measure.agents if agent.leads],
        "contributing": [named(agent.iri) for agent in measure.agents if not agent.leads],
        "involves": [named(entity.iri) for entity in measure.entities if entity.involved],
        "concerns": [named(entity.iri) for entity in measure.entities if not entity.involved],
        "milestones": [{"when": one.when or None, "outcome": named(one.outcome)} for one in measure.milestones],
        "comment": measure.comment.value if measure.comment else None,
    }


def _csv(records: Sequence[Mapping[str, object]]) -> bytes:
    """RFC 4180, https://www.rfc-editor.org/rfc/rfc4180; a thing has a column for its IRI and one for its name."""
    output = StringIO()
    columns = [(f"{name}{part}", name, cell) for name, cells in _COLUMNS.items() for part, cell in cells.items()]
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow([heading for heading, _, _ in columns])
    writer.writerows([cell(record[name]) for _, name, cell in columns] for record in records)
    return output.getvalue().encode()


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _part(part: str) -> Callable[[object], str]:
    """The IRIs, or the names, of one thing or of several."""

    def cell(value: object) -> str:
        several: Sequence[Mapping[str, Any]] = value if isinstance(value, list) else [value] if value else []  # type: ignore[list-item]  # a record's things are mappings
        return _MANY.join(_plain(one[part]) for one in several)

    return cell


def _milestones(value: object) -> str:
    several: Sequence[Mapping[str, Any]] = value if isinstance(value, list) else []
    return _MANY.join(f"{one['when'] or ''} {(one['outcome'] or {}).get('name', '')}".strip() for one in several)


_PLAIN: Mapping[str, Callable[[object], str]] = {"": _plain}
_ENTITY = {"": _part("iri"), "Name": _part("name")}
_COLUMNS: Mapping[str, Mapping[str, Callable[[object], str]]] = {
    **dict.fromkeys(("iri", "key", "number", "part", "title", "text"), _PLAIN),
    **dict.fromkeys(("theme", "status"), _ENTITY),
    "statusText": _PLAIN,
    **dict.fromkeys(("responsible", "contributing", "involves", "concerns"), _ENTITY),
    "milestones": {"": _milestones},
    "comment": _PLAIN,
}
"""A record's part → what is added to its name for a column's heading → the cell."""


def _turtle(measures: Sequence[Measure], labels: Labels) -> bytes:
    """What the graph says of them as of the newest report."""
    rows = labels.serving.store.select(among(query("pages/current/statements"), "measure", [m.iri for m in measures]))
    statements = [
        Statement(subject, prop, row["value"], None)
        for row in rows
        if isinstance(subject := row["subject"], NamedNode) and isinstance(prop := row["property"], NamedNode)
    ]
    return serialise(statements, TURTLE, labels.serving.prefixes())
