"""`/sparql`: the SPARQL 1.1 Protocol over HTTP.

https://www.w3.org/TR/sparql11-protocol/
"""

from __future__ import annotations

from dataclasses import replace

from sparql_endpoint.api.service_description import PREFIXES, service_description
from sparql_endpoint.errors import AddressTooLongError, UpdateRefusedError
from sparql_endpoint.http import preconditions
from sparql_endpoint.http.auth import check_permission
from sparql_endpoint.http.etags import Validators, is_of_version, tag
from sparql_endpoint.http.formats import DOCUMENTS, HTML, negotiate
from sparql_endpoint.http.preconditions import Current
from sparql_endpoint.http.request import Request
from sparql_endpoint.http.request_context import RequestContext
from sparql_endpoint.http.response import Representation, Response
from sparql_endpoint.protocol.operation import Message, Query, format_names, parse_arguments, read_operation
from sparql_endpoint.protocol.prepared_query import PreparedQuery, prepare_query
from sparql_endpoint.services.resource_description import serialise
from sparql_endpoint.services.services import Serving
from sparql_endpoint.sparql.form import has_relative_iris
from sparql_endpoint.sparql.hints import hinting
from sparql_endpoint.sparql.text_service import may_have_text_searches
from sparql_endpoint.stores.base import Update, WritableStore

PATH = "/sparql"
METHODS = ("GET", "HEAD", "POST")
MAX_QUERY_STRING = 60_000
"""Bytes of a query string; the gateway reads a little more."""


def prepare_at_once(serving: Serving, request: Request, context: RequestContext) -> PreparedQuery | None:
    """Return the query that a request asks for where that takes a moment only, for those who cannot wait; else None.

    A text search takes longer: the first one may even make the index. Raises what `prepare` raises.
    """
    operation = _read(request)
    if not isinstance(operation, Query) or may_have_text_searches(operation.query):
        return None
    return _prepare(serving, request, operation, context)


def prepare(serving: Serving, request: Request, context: RequestContext) -> PreparedQuery | Update | None:
    """Return the operation that a request asks for; None where it asks for none.

    Raises RequestError, QuerySyntaxError with a hint of what may help, and whatever else `prepare_query` raises.
    """
    operation = _read(request)
    return _prepare(serving, request, operation, context) if isinstance(operation, Query) else operation


def _read(request: Request) -> Query | Update | None:
    if len(request.query_string) > MAX_QUERY_STRING:
        raise AddressTooLongError(
            f"the address has more than {MAX_QUERY_STRING} bytes; send the query by POST",
            words=("address_too_long", {"number": str(MAX_QUERY_STRING)}),
        )
    content_type = request.headers.get("content-type", "")
    return read_operation(Message(request.method, request.query_string, content_type, request.body))


def _prepare(serving: Serving, request: Request, operation: Query, context: RequestContext) -> PreparedQuery:
    with hinting(operation.query, serving.prefixes):
        return prepare_query(serving, request, operation, context)


def respond(serving: Serving, request: Request, context: RequestContext) -> Response | None:
    """Return the response to a request at /sparql; None where it is a page.

    Raises RequestError, StoreError and QuerySyntaxError with a hint of what may help.
    """
    operation = prepare(serving, request, context)
    if operation is None:
        return _describe_service(serving, request)
    if isinstance(operation, PreparedQuery):
        return None if operation.is_page else operation.execute()
    context.operation = operation.text
    base = request.base_url if has_relative_iris(operation.text) else ""
    return _update(serving, request, replace(operation, base=base))


def _update(serving: Serving, request: Request, update: Update) -> Response:
    """Return 204 once the change is on disk and every later query sees it."""
    check_permission(request, serving.settings.write_token)
    store = serving.writable
    if store is None:
        raise UpdateRefusedError("this store only reads")
    with store.exclusive():
        preconditions.check(request.method, request.headers, _state_of_data(store))
        with hinting(update.text, serving.prefixes):
            store.update(update)
    return Response(204, no_store(store.version()))


def _state_of_data(store: WritableStore) -> Current:
    """Return the state that an update depends on: the entity tag of any answer holds until the data changes."""
    version = store.version()
    return Current(lambda entity_tag: is_of_version(entity_tag, version), store.modified())


def no_store(version: str) -> list[tuple[str, str]]:
    """Return the headers of a response to a change: it is not to be used again, and names the new version."""
    return [("cache-control", "no-cache"), *([("data-version", version)] if version else [])]


def _describe_service(serving: Serving, request: Request) -> Response | None:
    names = format_names(parse_arguments(request.query_string))
    form = negotiate((HTML, *DOCUMENTS[:-1]), request.headers.get("accept"), *names)
    if form is HTML:
        return None
    version, url = serving.store.version(), request.base_url
    name = tag(version, url, form.name, *serving.release_names()) if version else ""
    validators = Validators(name, serving.modified())
    representation = Representation(form.content_type, version, validators)
    if not_modified := representation.find_not_modified(request):
        return not_modified
    statements = service_description(serving, url)
    return representation.respond(request, serialise(statements, form, {**serving.prefixes(), **PREFIXES}))
