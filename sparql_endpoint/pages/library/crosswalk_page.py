"""`/crosswalk?id=…`: finds things by any identifier in any form, and lists the identifiers that they have elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode

from sparql_endpoint.errors import RequestError
from sparql_endpoint.http.formats import CSV, GRAPHS, HTML, Format
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.pages.library.crosswalk_documents import Seen, to_csv, to_json, to_statements
from sparql_endpoint.pages.library.crosswalk_lookup import IdentifiedThings, look_up
from sparql_endpoint.pages.library.seen_identifiers import SeenIdentifier, seen_identifiers
from sparql_endpoint.services import responses
from sparql_endpoint.services.labels import Label, Labels, request_labels
from sparql_endpoint.services.requested_format import requested_format
from sparql_endpoint.services.resource_description import serialise
from sparql_endpoint.services.services import serving
from sparql_endpoint.services.tombstones import Tombstone

blueprint = Blueprint("crosswalk", __name__)
_JSON = Format("json", "application/json", ("json",))
_RDF = tuple(form for form in GRAPHS)
_OFFERED = (HTML, _JSON, CSV, *_RDF)
_MOST, _LONGEST = 100, 2000
"""How many identifiers one request may look up, and how many characters each may have."""


@dataclass(frozen=True)
class IdentifierLine:
    """One identifier as a page shows it."""

    register: Label
    seen: SeenIdentifier
    sources: Sequence[Label]


@dataclass(frozen=True)
class ThingView:
    """One thing as a page shows it."""

    link: Label
    replaced: Label | None
    identifiers: Sequence[IdentifierLine]


@dataclass(frozen=True)
class ResultView:
    """What one text identifies, as a page shows it."""

    text: str
    readings: Sequence[tuple[Label, str]]
    entities: Sequence[ThingView]
    withdrawn: Sequence[tuple[Label, Tombstone, Sequence[Label]]]


@blueprint.get("/crosswalk")
def crosswalk() -> Response:
    """Answer a page, JSON, CSV or RDF. Raises RequestError for no, too many and too long identifiers."""
    form, texts = requested_format(_OFFERED), _texts()
    if not texts and form is not HTML:
        raise RequestError("no identifier is named; add ?id=", words=("crosswalk_missing", {}))
    labels, store = request_labels(), serving().store
    results = look_up(texts, store, serving().settings.base)
    seen = seen_identifiers(list(dict.fromkeys(iri for each in results for iri in each.entities)), store)
    if form is HTML:
        views = [_view(result, seen, labels) for result in results]
        return page("library/crosswalk.html", results=views, texts=texts, formats=_OFFERED[1:])
    return responses.response(_document(form, results, seen, labels), form)


def _texts() -> Sequence[str]:
    texts = [text for each in request.args.getlist("id") for text in each.splitlines() if text.strip()]
    if len(texts) > _MOST:
        raise RequestError(
            f"{len(texts)} identifiers; one request looks up {_MOST}", words=("crosswalk_many", {"count": str(_MOST)})
        )
    if any(len(text) > _LONGEST for text in texts):
        raise RequestError(
            f"an identifier has at most {_LONGEST} characters", words=("crosswalk_long", {"count": str(_LONGEST)})
        )
    return list(dict.fromkeys(text.strip() for text in texts))


def _document(form: Format, results: Sequence[IdentifiedThings], seen: Seen, labels: Labels) -> bytes | str:
    if form is _JSON:
        return to_json(results, seen, labels)
    if form is CSV:
        return to_csv(results, seen, labels)
    return serialise(to_statements(results, seen, serving().store), form, serving().prefixes())


def _view(result: IdentifiedThings, seen: Seen, labels: Labels) -> ResultView:
    return ResultView(
        result.text,
        [(register_label(one.scheme, labels), one.number) for one in result.readings],
        [
            ThingView(
                labels.of(iri),
                labels.of(result.former[iri]) if iri in result.former else None,
                identifier_lines(seen.get(iri, ()), labels),
            )
            for iri in result.entities
        ],
        [
            (labels.of(iri), withdrawn, [labels.of(one) for one in withdrawn.candidates])
            for iri, withdrawn in result.withdrawn
        ],
    )


def identifier_lines(identifiers: Sequence[SeenIdentifier], labels: Labels) -> Sequence[IdentifierLine]:
    """Return identifiers as pages show them."""
    return [
        IdentifierLine(register_label(one.scheme, labels), one, [labels.of(NamedNode(each)) for each in one.sources])
        for one in identifiers
    ]


def register_label(scheme: str, labels: Labels) -> Label:
    """Return the name of a register."""
    return labels.of(NamedNode(f"{labels.addresses.base}id/concept/identifier-scheme/{scheme}"))
