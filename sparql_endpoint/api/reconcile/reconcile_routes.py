"""The addresses of the service: version 0.2 at `/reconcile`, version 1.0-draft below it and at `/reconcile/1.0`.

The parts of version 1.0-draft have addresses that 0.2 leaves free, so that both are at `/reconcile`; only the manifest
differs, and is chosen by Accept.
"""

from __future__ import annotations

from collections.abc import Mapping

import werkzeug
from flask import Blueprint, Response, render_template, request

from sparql_endpoint.api.reconcile import (
    candidates_json,
    entity_card,
    extension,
    flyouts,
    json_text,
    property_proposals,
    service_manifest,
    suggestions,
)
from sparql_endpoint.api.reconcile.candidate_search import answer_queries
from sparql_endpoint.api.reconcile.entity_ids import find_entities
from sparql_endpoint.api.reconcile.extension_query import read_extension
from sparql_endpoint.api.reconcile.form_fields import read_fields
from sparql_endpoint.api.reconcile.json_response import check_callback, json_response
from sparql_endpoint.api.reconcile.match_batch import read_match_batch
from sparql_endpoint.api.reconcile.query_batch import read_batch, read_single
from sparql_endpoint.api.reconcile.reconcile_page import reconcile_page
from sparql_endpoint.api.reconcile.service_versions import JSON_1_0, media_type_1_0, requested_version
from sparql_endpoint.errors import MethodNotAllowedError, RequestError
from sparql_endpoint.http import languages
from sparql_endpoint.http.formats import HTML
from sparql_endpoint.services.responses import read_request

blueprint = Blueprint("reconcile", __name__)
PATHS = ("/reconcile", "/reconcile/match", "/reconcile/extend", "/reconcile/1.0/match", "/reconcile/1.0/extend")
"""The paths whose requests count as queries of a client."""
_FRAMED = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors *"
"""The policy of a page that clients show in a frame."""


@blueprint.route("/reconcile", methods=["GET", "POST"])
def service() -> werkzeug.Response:
    """Answer a batch of queries, a single query or a data extension query; else with the manifest, or a page."""
    fields = read_fields(read_request())
    callback = check_callback(fields)
    if (value := _answer(fields)) is not None:
        return json_response(value, callback)
    if request.method == "POST":
        raise RequestError("expected a form with the field queries or extend; version 1.0-draft is at /reconcile/match")
    accept = request.headers.get("Accept")
    form = requested_version(accept)
    if form is HTML:
        return reconcile_page(fields)
    if form is JSON_1_0:
        return json_response(service_manifest.manifest_1_0(), media_type=media_type_1_0(accept))
    return json_response(service_manifest.manifest_0_2(), callback)


@blueprint.get("/reconcile/1.0")
def service_1_0() -> werkzeug.Response:
    """Answer with the manifest of version 1.0-draft, or the page."""
    if requested_version(request.headers.get("Accept")) is HTML:
        return reconcile_page({})
    return json_response(service_manifest.manifest_1_0())


def _answer(fields: Mapping[str, str]) -> object | None:
    """Return what answers the fields of a request; None where they ask for nothing."""
    if "queries" in fields:
        batch = read_batch(fields["queries"])
        answers = candidates_json.write_answers(answer_queries(list(batch.values())), "result")
        return dict(zip(batch, answers, strict=True))
    if "query" in fields:
        return candidates_json.write_answers(answer_queries([read_single(fields["query"])]), "result")[0]
    if "extend" in fields:
        meta, cells = extension.extend(read_extension(fields["extend"], "extend"))
        return {"meta": meta, "rows": cells}
    return None


@blueprint.post("/reconcile/match")
@blueprint.post("/reconcile/1.0/match")
def match() -> Response:
    """Answer a batch of queries of version 1.0-draft."""
    queries = read_match_batch(_body())
    return json_response({"results": candidates_json.write_answers(answer_queries(queries), "candidates")})


@blueprint.get("/reconcile/match")
@blueprint.get("/reconcile/1.0/match")
@blueprint.get("/reconcile/extend")
@blueprint.get("/reconcile/1.0/extend")
def refuse_get() -> Response:
    """Refuse a GET of what version 1.0-draft asks by POST (RFC 9110 section 15.5.6)."""
    raise MethodNotAllowedError("queries are sent here by POST, as JSON", {"Allow": "POST, OPTIONS"})


@blueprint.post("/reconcile/extend")
@blueprint.post("/reconcile/1.0/extend")
def extend() -> Response:
    """Answer a data extension query of version 1.0-draft."""
    meta, cells = extension.extend(read_extension(_body(), "the body"), has_languages=True)
    return json_response({"meta": meta, "rows": extension.rows_1_0(cells)})


@blueprint.get("/reconcile/extend/propose")
@blueprint.get("/reconcile/1.0/extend/propose")
def propose() -> Response:
    """Answer with the properties that may be fetched for entities of a type."""
    fields = read_fields(read_request())
    kind, limit = fields.get("type", ""), _limit(fields)
    answer: dict[str, object] = {"properties": property_proposals.propose(kind, languages.negotiate(), limit)}
    answer |= {"type": kind} if kind else {}
    return json_response(answer | ({"limit": limit} if "limit" in fields else {}), check_callback(fields))


def _limit(fields: Mapping[str, str]) -> int:
    """Return how many properties are wanted; 0 means as many as there are. Raises RequestError."""
    text = fields.get("limit", "") or "0"
    if not text.isascii() or not text.isdigit():
        raise RequestError(f"limit: expected a whole number, not {json_text.excerpt(text)}")
    return min(int(text[:9]) or property_proposals.MOST_PROPOSED, property_proposals.MOST_PROPOSED)


@blueprint.get("/reconcile/suggest/<any(entity, type, property):suggested>")
@blueprint.get("/reconcile/1.0/suggest/<any(entity, type, property):suggested>")
def suggest(suggested: str) -> Response:
    """Answer with entities, types or properties whose names begin as the prefix does."""
    fields = read_fields(read_request())
    callback, sought, language = check_callback(fields), suggestions.read_request(fields), languages.negotiate()
    results: object
    if suggested == "entity":
        results = suggestions.suggest_entities(sought)
    elif suggested == "type":
        results = suggestions.suggest_types(sought, language)
    else:
        results = suggestions.suggest_properties(sought, language)
    return json_response({"result": results}, callback)


@blueprint.get("/reconcile/flyout/<any(entity, type, property):suggested>")
def show_flyout(suggested: str) -> Response:
    """Answer with a few lines of HTML, as JSON, about what has an id."""
    fields = read_fields(read_request())
    callback = check_callback(fields)
    return json_response(flyouts.flyout(suggested, fields.get("id", "")), callback)


@blueprint.get("/reconcile/preview")
@blueprint.get("/reconcile/1.0/preview")
def preview() -> Response:
    """Answer with a page about an entity that fits into a frame of the manifest's size."""
    name = read_fields(read_request()).get("id", "")
    node = find_entities([name]).get(name)
    card = entity_card.make_card(node) if node else None
    body = render_template("reconcile/preview.html", card=card, id=name[:200])
    response = Response(body, 200 if card else 404, content_type=HTML.content_type)
    response.headers["Content-Security-Policy"] = _FRAMED
    response.headers["Content-Language"] = languages.negotiate()
    response.vary.update(["Accept", "Accept-Language"])
    return response


def _body() -> str:
    """Return the text of the body, which is JSON in UTF-8 (RFC 8259 section 8.1). Raises RequestError."""
    body = read_request().body
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RequestError(f"the body is not UTF-8 at byte {error.start}, as JSON must be") from error
