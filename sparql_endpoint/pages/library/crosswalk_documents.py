"""The answers of the crosswalk as JSON, CSV and RDF."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import NamedNode

from sparql_endpoint.pages.library.crosswalk_lookup import IdentifiedThings
from sparql_endpoint.pages.library.seen_identifiers import SeenIdentifier
from sparql_endpoint.services.labels import Labels
from sparql_endpoint.services.resource_description import Statement, describe
from sparql_endpoint.stores.base import Store
from sparql_endpoint.stores.oxigraph import node

Seen = Mapping[NamedNode, Sequence[SeenIdentifier]]
COLUMNS = ("id", "thing", "label", "register", "number", "iri", "former", "source", "field", "date")


def to_json(results: Sequence[IdentifiedThings], seen: Seen, labels: Labels) -> str:
    """Return results as JSON."""
    document = {"results": [_result(result, seen, labels) for result in results]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _result(result: IdentifiedThings, seen: Seen, labels: Labels) -> Mapping[str, object]:
    return {
        "id": result.text,
        "readings": [
            {"register": one.scheme, "number": one.number, "iri": one.iri or None, "certain": one.is_certain}
            for one in result.readings
        ],
        "things": [_entity(iri, result, seen.get(iri, ()), labels) for iri in result.entities],
        "gone": [
            {
                "iri": iri.value,
                "label": labels.of(iri).text,
                "since": tombstone.when or None,
                "candidates": [one.value for one in tombstone.candidates],
            }
            for iri, tombstone in result.withdrawn
        ],
    }


def _entity(
    iri: NamedNode, result: IdentifiedThings, identifiers: Sequence[SeenIdentifier], labels: Labels
) -> Mapping[str, object]:
    replaced = result.former.get(iri)
    return {
        "iri": iri.value,
        "label": labels.of(iri).text,
        "replaces": replaced.value if replaced else None,
        "identifiers": [
            {
                "register": one.scheme,
                "number": one.number,
                "iri": one.iri or None,
                "former": one.is_former,
                "sources": list(one.sources),
                "fields": list(one.fields),
                "date": one.date or None,
            }
            for one in identifiers
        ],
    }


def to_csv(results: Sequence[IdentifiedThings], seen: Seen, labels: Labels) -> str:
    """Return results as CSV (RFC 4180): a row for each identifier of each thing, and one for a text without any."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(row for result in results for row in _rows(result, seen, labels))
    return text.getvalue()


def _rows(result: IdentifiedThings, seen: Seen, labels: Labels) -> Iterator[Sequence[str]]:
    if not result.entities:
        yield [result.text, *[""] * (len(COLUMNS) - 1)]
    for iri in result.entities:
        start = [result.text, iri.value, labels.of(iri).text]
        for one in seen.get(iri, ()):
            sources, fields = " ".join(one.sources), " ".join(one.fields)
            former = "true" if one.is_former else "false"
            yield [*start, one.scheme, one.number, one.iri, former, sources, fields, one.date]
        if not seen.get(iri):
            yield [*start, *[""] * (len(COLUMNS) - len(start))]


def to_statements(results: Sequence[IdentifiedThings], seen: Seen, store: Store) -> list[Statement]:
    """Return what the data states of the things' identifiers, and how these belong to the things."""
    entities = dict.fromkeys(iri for result in results for iri in result.entities)
    nodes = {one.node for iri in entities for one in seen.get(iri, ()) if one.node}
    about = [
        statement for iri in entities for statement in describe(store, iri) if _is_about(statement, nodes, seen[iri])
    ]
    return [*about, *(statement for name in sorted(nodes) for statement in describe(store, node(name)))]


def _is_about(statement: Statement, nodes: set[str], identifiers: Sequence[SeenIdentifier]) -> bool:
    """Return whether a statement of a thing leads to one of its identifiers."""
    value = statement.value
    return isinstance(value, NamedNode) and (value.value in nodes or any(value.value == one.iri for one in identifiers))
