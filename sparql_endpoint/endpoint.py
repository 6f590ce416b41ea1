"""`/sparql`: the SPARQL 1.1 Protocol over HTTP. And `/healthz`."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from sparql_endpoint import languages, protocol, sparql
from sparql_endpoint.dataset import dataset
from sparql_endpoint.description import serialise
from sparql_endpoint.display import Display
from sparql_endpoint.errors import RequestError
from sparql_endpoint.formats import DOCUMENTS, GRAPHS, HTML, JSON, RESULTS, Format, negotiate
from sparql_endpoint.protocol import Message, Operation
from sparql_endpoint.service_description import PREFIXES, service_description
from sparql_endpoint.serving import serving
from sparql_endpoint.stores.base import Question

blueprint = Blueprint("endpoint", __name__)
_MAX_PAGE = 4 << 20
"""Bytes of an answer, as JSON, that is shown as a page."""


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql_protocol() -> Response:
    """A query's answer; without a query the form, or for those who want RDF the service description."""
    message = Message(request.method, request.query_string, request.headers.get("Content-Type", ""), request.get_data())
    operation = protocol.operation(message)
    return _described() if operation is None else _answered(operation)


@blueprint.get("/healthz")
def health() -> Response:
    """Whether this process answers."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


def _answered(operation: Operation) -> Response:
    reading = sparql.read(operation.query)
    offered = GRAPHS if reading.form.gives_graph else RESULTS
    form = negotiate(offered, request.headers.get("Accept"), operation.format or request.args.get("format"))
    named = operation if operation.has_dataset else dataset(operation.query)
    question = Question(operation.query, named.default_graphs, named.named_graphs)
    if form is HTML:
        return _response(_table(operation.query, serving().store.answer(question, JSON)), HTML)
    return _response(serving().store.answer(question, form), form)


def _table(text: str, answer: Iterable[bytes]) -> str:
    """The page of a SELECT's rows or an ASK's answer."""
    display = Display(serving(), languages.wanted(), request.script_root, "lang" in request.args)
    results = ox.parse_query_results(BytesIO(_within_a_page(answer)), ox.QueryResultsFormat.JSON)
    if isinstance(results, ox.QueryBoolean):
        return render_template("results.html", query=text, answer=bool(results))
    names = [variable.value for variable in results.variables]
    rows = [[None if term is None else display.plain(term) for term in row] for row in results]
    return render_template("results.html", query=text, names=names, rows=rows)


def _within_a_page(answer: Iterable[bytes]) -> bytes:
    body = b""
    for block in answer:
        body += block
        if len(body) > _MAX_PAGE:
            raise RequestError("the answer is too long for a page; ask for it as CSV or JSON, or with a LIMIT")
    return body


def _described() -> Response:
    form = negotiate((HTML, *DOCUMENTS[:-1]), request.headers.get("Accept"), request.args.get("format"))
    if form is HTML:
        return _response(render_template("query.html", query=""), HTML)
    statements = service_description(serving(), request.base_url)
    return _response(serialise(statements, form, {**serving().prefixes(), **PREFIXES}), form)


def _response(body: bytes | str | Iterable[bytes], form: Format) -> Response:
    answer = Response(body, content_type=form.content_type)
    answer.vary.update(["Accept", "Accept-Language"] if form is HTML else ["Accept"])
    return answer
