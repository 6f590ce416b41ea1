"""The conflicts of links as JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence

from nbkg.rdf.solutions import text
from sparql_endpoint.pages.library.conflict_facts import LINK_COLUMNS, LinkFacts
from sparql_endpoint.services.labels import Labels
from sparql_endpoint.stores.base import Row, Term

COLUMNS = ("conflict", "label", "kind", "meets_in", "number", "things", "used_instead", *LINK_COLUMNS)


def to_json(rows: Sequence[Row], facts: LinkFacts, labels: Labels) -> str:
    """Return conflicts as JSON."""
    document = {"conflicts": [_object(row, facts, labels) for row in rows]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def to_csv(rows: Sequence[Row], facts: LinkFacts, labels: Labels) -> str:
    """Return conflicts as CSV (RFC 4180): a row for each link, and one for a conflict without any."""
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(COLUMNS)
    writer.writerows(line for row in rows for line in _lines(row, facts, labels))
    return output.getvalue()


def _object(row: Row, facts: LinkFacts, labels: Labels) -> Mapping[str, object]:
    conflict = row["conflict"]
    return {
        "iri": text(row, "conflict"),
        "label": labels.of(conflict).text,
        "kind": _kind(row),
        "meetsIn": text(row, "at") or None,
        "number": int(text(row, "number") or 0),
        "things": _iris(facts.involved.get(conflict, ())),
        "usedInstead": _iris(facts.instead.get(conflict, ())),
        "links": [{name: text(link, name) or None for name in LINK_COLUMNS} for link in facts.links.get(conflict, ())],
    }


def _lines(row: Row, facts: LinkFacts, labels: Labels) -> Iterator[Sequence[str]]:
    conflict = row["conflict"]
    start = (
        text(row, "conflict"),
        labels.of(conflict).text,
        _kind(row),
        text(row, "at"),
        text(row, "number"),
        " ".join(_iris(facts.involved.get(conflict, ()))),
        " ".join(_iris(facts.instead.get(conflict, ()))),
    )
    for link in facts.links.get(conflict, ()) or [dict[str, Term]()]:
        yield *start, *(text(link, name) for name in LINK_COLUMNS)


def _kind(row: Row) -> str:
    return text(row, "kind").rpartition("/")[2]


def _iris(terms: Sequence[Term]) -> list[str]:
    return [getattr(term, "value", "") for term in terms]
