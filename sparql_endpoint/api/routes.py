"""The protocols as Flask routes, and the pages at their addresses.

`nbkg serve` answers the protocols before Flask, by the same functions; what comes here then is a page or an error.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from nbkg.errors import StoreUnavailableError
from sparql_endpoint.api import graph_store, query
from sparql_endpoint.http import languages, request_context
from sparql_endpoint.http.formats import HTML, JSON
from sparql_endpoint.pages.results import results
from sparql_endpoint.protocol.prepared_query import PreparedQuery
from sparql_endpoint.services import responses
from sparql_endpoint.services.responses import read_request, to_flask
from sparql_endpoint.services.services import serving
from sparql_endpoint.sparql.form import parse_form
from sparql_endpoint.stores.base import Question

blueprint = Blueprint("endpoint", __name__)


@blueprint.route(query.PATH, methods=query.METHODS)
def sparql_protocol() -> Response:
    """Answer a query or an update, or show a result as a page; without either lead to the query page."""
    plain, context = read_request(), request_context.of(request.environ)
    if response := query.respond(serving(), plain, context):
        return to_flask(response)
    operation = query.prepare(serving(), plain, context)
    if isinstance(operation, PreparedQuery):
        return _result_page(operation)
    return Response(status=303, headers={"Location": languages.linked("query_page.query_page"), "Vary": "Accept"})


@blueprint.route(graph_store.PATH, methods=graph_store.METHODS)
@blueprint.route(f"{graph_store.PATH}/<path:_path>", methods=graph_store.METHODS)
def graph_store_protocol(_path: str = "") -> Response:
    """Read, replace, extend or remove one graph."""
    return to_flask(graph_store.respond(serving(), read_request(), request_context.of(request.environ)))


@blueprint.get("/healthz")
def health() -> Response:
    """Answer that this process is alive."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/readyz")
def ready() -> Response:
    """Answer whether queries are answered. Raises what a query would raise."""
    if b"".join(serving().store.answer(Question("ASK {}"), JSON)).find(b"true") < 0:
        raise StoreUnavailableError("the store does not answer")
    return Response("ready\n", content_type="text/plain; charset=utf-8")


def _result_page(prepared: PreparedQuery) -> Response:
    """Return the page of a query's result, which is fetched in a format that the page reads."""
    plan = prepared.plan
    if prepared.operation.as_of:
        responses.of(prepared.store)
    if plan.is_stable:
        if not_modified := responses.unchanged(plan.tag(languages.negotiate())):
            return not_modified
        responses.stable()
    query_form = parse_form(prepared.operation.query)
    source = replace(prepared, plan=replace(plan, format=results.source(query_form)))
    with prepared.hints():
        result = source.fetch()
    chunks = [result] if isinstance(result, bytes) else result
    return _add_date(responses.response(results.page(prepared.operation, query_form, chunks), HTML), prepared)


def _add_date(response: Response, prepared: PreparedQuery) -> Response:
    """Return a response with the date of the release that it is made of."""
    for name, value in prepared.representation.headers:
        response.headers.add(name, value)
    return response
