"""`/sparql`: the SPARQL 1.1 Protocol over HTTP. And how the server is: `/healthz`, `/readyz`, `/metrics`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from flask import Blueprint, Response, request

from nbkg.errors import StoreUnavailableError
from sparql_endpoint.api.service_description import PREFIXES, service_description
from sparql_endpoint.errors import AddressTooLongError, QuerySyntaxError, UpdateRefusedError
from sparql_endpoint.http import auth as permission
from sparql_endpoint.http import languages
from sparql_endpoint.http import request_context as exchange
from sparql_endpoint.http.formats import DOCUMENTS, HTML, JSON, negotiate
from sparql_endpoint.pages.results import results
from sparql_endpoint.protocol import memento, protocol
from sparql_endpoint.protocol.protocol import Message, Query
from sparql_endpoint.protocol.query_plan import Plan, plan
from sparql_endpoint.services import responses as answering
from sparql_endpoint.services.resource_description import serialise
from sparql_endpoint.services.responses import response
from sparql_endpoint.services.services import serving
from sparql_endpoint.sparql import form as sparql
from sparql_endpoint.sparql import hints
from sparql_endpoint.stores.base import Question, Store, Update

blueprint = Blueprint("endpoint", __name__)
MAX_QUERY_STRING = 60_000
"""Bytes of a query string; the server in front reads a little more."""


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql_protocol() -> Response:
    """A query's answer; without a query the form, or for those who want RDF the service description."""
    if len(request.query_string) > MAX_QUERY_STRING:
        raise AddressTooLongError(f"the address has more than {MAX_QUERY_STRING} bytes; send the query by POST")
    message = Message(request.method, request.query_string, request.headers.get("Content-Type", ""), request.get_data())
    operation = protocol.operation(message)
    if operation is None:
        return _described()
    text = operation.text if isinstance(operation, Update) else operation.query
    exchange.of(request.environ).text = text
    base = request.base_url if sparql.has_relative_iris(text) else ""
    try:
        if isinstance(operation, Update):
            return _updated(replace(operation, base=base))
        return _answered(operation, base)
    except QuerySyntaxError as error:
        hints.give(error, text, serving().prefixes())
        raise


@blueprint.get("/healthz")
def health() -> Response:
    """Whether this process answers."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/readyz")
def ready() -> Response:
    """Whether queries are answered. Raises what a query would be told."""
    if b"".join(serving().store.answer(Question("ASK {}"), JSON)).find(b"true") < 0:
        raise StoreUnavailableError("the store does not answer")
    return Response("ready\n", content_type="text/plain; charset=utf-8")


def _updated(update: Update) -> Response:
    """204 once the change is on disk and every later query sees it."""
    permission.check(dict(request.headers), serving().settings.write_token, request.host)
    store = serving().writable
    if store is None:
        raise UpdateRefusedError("this store only reads")
    store.update(update)
    return Response(status=204)


def _answered(operation: Query, base: str) -> Response:
    accept, wanted = request.headers.get("Accept"), request.args.get("format")
    store = serving().at(operation.as_of)
    made = plan(operation, accept, wanted, base, store.version())
    if operation.as_of:
        answering.of(store)
    if made.stable:
        same = answering.unchanged(made.tag(languages.wanted() if made.form is HTML else ""))
        if same and request.method != "POST":
            same.headers["Vary"] = "Accept, Accept-Encoding"
            return _dated(same, operation)
        answering.stable()
    if made.form is HTML:
        kind = sparql.form(operation.query)
        blocks = _blocks(replace(made, form=results.source(kind)), store)
        return _dated(response(results.page(operation, kind, blocks), HTML), operation)
    return _dated(response(_blocks(made, store), made.form), operation)


def _dated(answer: Response, operation: Query) -> Response:
    """An answer with the date of the release that it is of."""
    if operation.as_of and (releases := serving().releases):
        asked = request.query_string.decode() if request.method == "GET" else ""
        for name, value in memento.headers(releases.name(operation.as_of), asked):
            answer.headers.add(name, value)
    return answer


def _blocks(made: Plan, store: Store) -> Iterable[bytes]:
    """The answer, kept from the time before where the data is the same and the query always answered the same."""
    cache = serving().answers
    if not made.stable or not cache.largest:
        return store.answer(made.question, made.form)
    if (kept := cache.get(made.key)) is not None:
        return [kept]
    blocks = store.answer(made.question, made.form)
    if not isinstance(blocks, list):
        return _Kept(blocks, made.key)
    whole = b"".join(blocks)
    cache.put(made.key, whole)
    return [whole]


class _Kept:
    """The blocks of an answer as they come; they are kept when all of them came and are not too many."""

    def __init__(self, blocks: Iterable[bytes], key: tuple[str, Question, str]) -> None:
        self._all = blocks
        self._blocks = iter(blocks)
        self._key = key
        self._cache = serving().answers
        self._seen: list[bytes] | None = []
        self._left = self._cache.largest

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            block = next(self._blocks)
        except StopIteration:
            if self._seen is not None:
                self._cache.put(self._key, b"".join(self._seen))
            raise
        if self._seen is not None:
            self._left -= len(block)
            if self._left >= 0:
                self._seen.append(block)
            else:
                self._seen = None
        return block

    def close(self) -> None:
        """Nobody wants the rest."""
        if close := getattr(self._all, "close", None):
            close()


def _described() -> Response:
    form = negotiate((HTML, *DOCUMENTS[:-1]), request.headers.get("Accept"), request.args.get("format"))
    if form is HTML:
        return Response(status=303, headers={"Location": languages.linked("desk.desk"), "Vary": "Accept"})
    statements = service_description(serving(), request.base_url)
    return response(serialise(statements, form, {**serving().prefixes(), **PREFIXES}), form)
