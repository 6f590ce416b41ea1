"""Errors as responses: problem+json, plain text or HTML, by Accept.

RFC 9457, https://www.rfc-editor.org/rfc/rfc9457
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import cast

from flask import Flask, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from nbkg.errors import NbkgError, UnwritableError
from sparql_endpoint.errors import (
    BadGatewayError,
    BusyError,
    DocumentSyntaxError,
    GatewayTimeoutError,
    MethodNotAllowedError,
    NotAcceptableError,
    QuerySyntaxError,
    QueryTooComplexError,
    QueryTooLargeError,
    QueryTooSlowError,
    RequestError,
    ServiceRefusedError,
    TooManyRequestsError,
    UpdateRefusedError,
)
from sparql_endpoint.http import languages
from sparql_endpoint.http.formats import HTML, RDF_XML, XML, Format, negotiate, without
from sparql_endpoint.services import failed_query
from sparql_endpoint.sparql.hints import Hint

_LOG = logging.getLogger(__name__)
_PROBLEM = Format("problem", "application/problem+json", (), ("application/json",))
_TEXT = Format("text", "text/plain", ())
_OFFERED = (_PROBLEM, HTML, _TEXT)

_KINDS: Mapping[type, str] = {
    DocumentSyntaxError: "document",
    QuerySyntaxError: "syntax",
    QueryTooComplexError: "complex",
    ServiceRefusedError: "service",
    UpdateRefusedError: "update",
    NotAcceptableError: "format",
    QueryTooSlowError: "slow",
    QueryTooLargeError: "memory",
    BusyError: "busy",
    TooManyRequestsError: "requests",
    BadGatewayError: "upstream",
    GatewayTimeoutError: "upstream",
}
"""Errors of queries whose title and advice are in the page's language; their details are the engine's, in English."""
_KIND = "kind"


def register(app: Flask) -> None:
    """Add the handlers: of the project's own errors, of those of HTTP, and of unknown ones, which are logged."""
    app.register_error_handler(UnwritableError, _unwritable)
    app.register_error_handler(NbkgError, _known)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _unknown)


def _unwritable(error: UnwritableError) -> ResponseReturnValue:
    """Answer in what the client takes next where the XML that it likes best cannot hold the data."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or "Accept" not in request.headers:
        return _known(error)
    request.environ["HTTP_ACCEPT"] = without(request.headers["Accept"], (RDF_XML, XML))
    try:
        return cast(ResponseReturnValue, view(**(request.view_args or {})))
    except (UnwritableError, NotAcceptableError):
        return _known(error)


def _known(error: NbkgError) -> Response:
    if error.status == 500:
        _LOG.error("%s %s: %s", request.method, request.path, error, exc_info=error)
    key, values = error.words if isinstance(error, RequestError) else ("", {})
    language = _language()
    if not key:
        kind = next((_KINDS[kind] for kind in type(error).__mro__ if kind in _KINDS), "")
        title = languages.say(f"problem_{kind}_title", language) if kind else error.title
        return _respond(error.status, title, str(error), {**_extensions(error), _KIND: kind}, error.headers)
    title, detail = languages.say(f"{key}_title", language), languages.say(key, language, **values)
    headers = {**error.headers, "Content-Language": language}
    return _respond(error.status, title, detail, _extensions(error), headers)


def _language() -> str:
    """Return the language of the page, or of the request; a program that names none gets English."""
    is_named = _format() is HTML or "lang" in request.args or "Accept-Language" in request.headers
    return languages.negotiate() if is_named else "en"


def _extensions(error: NbkgError) -> Mapping[str, object]:
    if isinstance(error, QuerySyntaxError):
        hint = error.hint.text(_language()) if isinstance(error.hint, Hint) else ""
        values = {"line": error.line, "column": error.column, "hint": hint}
        return {name: value for name, value in values.items() if value}
    if isinstance(error, NotAcceptableError):
        return {"offered": list(error.offered)}
    return {}


def _of_http(error: HTTPException) -> Response:
    if error.code is not None and 300 <= error.code < 400:
        return Response(response=error.get_body(), status=error.code, headers=error.get_headers())
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        allowed = ", ".join(sorted(error.valid_methods))
        return _known(method_not_allowed(request.method, allowed))
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return _respond(error.code or 500, error.name, error.description or error.name, {}, headers)


def method_not_allowed(method: str, allowed: str) -> MethodNotAllowedError:
    """Return the error of a method that an address does not have, with those that it has."""
    return MethodNotAllowedError(
        f"{method} is not one of {allowed}",
        {"Allow": allowed},
        ("method_not_allowed", {"method": method, "allowed": allowed}),
    )


def _unknown(error: Exception) -> Response:
    _LOG.error("%s %s", request.method, request.path, exc_info=error)
    return _respond(500, "The server failed", "The error has been logged.", {}, {})


def _respond(
    status: int, title: str, detail: str, extensions: Mapping[str, object], headers: Mapping[str, str]
) -> Response:
    form = _format()
    kind, extensions = extensions.get(_KIND), {name: value for name, value in extensions.items() if name != _KIND}
    if form is HTML:
        advice = languages.say(f"problem_{kind}", _language()) if kind else ""
        body = _page(status, title, detail, {**extensions, "advice": advice}, headers)
    elif form is _TEXT:
        body = f"{status} {title}\n{detail}\n" + (f"{hint}\n" if (hint := extensions.get("hint")) else "")
    else:
        problem = {"type": "about:blank", "title": title, "status": status, "detail": detail, **extensions}
        body = json.dumps(problem, ensure_ascii=False) + "\n"
    response = Response(body, status=status, content_type=form.content_type, headers=dict(headers))
    response.vary.add("Accept")
    return response


def _page(status: int, title: str, detail: str, extensions: Mapping[str, object], headers: Mapping[str, str]) -> str:
    """Return the page of a problem; it shows the query where there is one, so that it can be corrected."""
    query = failed_query.find_query()
    line, column = extensions.get("line"), extensions.get("column")
    excerpt = failed_query.excerpt(query, line, column) if isinstance(line, int) and isinstance(column, int) else None
    values = {"status": status, "title": title, "detail": detail, "query": query, "excerpt": excerpt}
    values["words_language"] = headers.get("Content-Language", "en")
    values["title_language"] = _language() if extensions.get("advice") else values["words_language"]
    return render_template("problem.html", **values, **extensions)


def _format() -> Format:
    try:
        return negotiate(_OFFERED, request.headers.get("Accept"))
    except NotAcceptableError:
        return _PROBLEM
