"""Responses of Flask's views on their way out: validators, content coding, and whether the client has them already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import cast
from urllib.parse import quote

import flask
from flask import Flask, request

from sparql_endpoint.http import content_coding, etags, request_context
from sparql_endpoint.http.etags import Validators
from sparql_endpoint.http.formats import HTML, Format
from sparql_endpoint.http.request import Request
from sparql_endpoint.http.response import Response
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Store

_TAG = "nbkg.tag"
_DAY = "nbkg.day"
_STORE = "nbkg.store"
_TRANSIENT = frozenset({"sparql.health", "sparql.ready", "metrics.metrics", "static"})
"""The views whose responses are not made of the data."""


class FinishedResponse(flask.Response):
    """A response that has its validators and its coding."""


def read_request() -> Request:
    """Return the request that Flask answers as plain values."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    target = quote(request.path, safe="/:@!$&'()*+,;=~")
    server = request.server
    root = request.root_path
    client = request.remote_addr or ""
    return Request(
        request.method, target, request.query_string, headers, request.scheme, root, server, client, request.get_data()
    )


def to_flask(response: Response) -> FinishedResponse:
    """Return a response of plain values as Flask has it."""
    body = response.chunks if response.body is None else response.body
    return FinishedResponse(body, response.status, dict(response.headers))


def response(body: bytes | str | Iterable[bytes], form: Format) -> flask.Response:
    """Return a body in a format."""
    vary = "Accept, Accept-Encoding, Accept-Language" if form is HTML else "Accept, Accept-Encoding"
    return flask.Response(body, headers={"Content-Type": form.content_type, "Vary": vary})


def day() -> date:
    """Return the day, in UTC."""
    return datetime.now(UTC).date()


def today() -> date:
    """Return the day. The response of a request that calls this holds, and is validated, for this day only."""
    now = day()
    request.environ[_DAY] = now.isoformat()
    return now


def is_of_today() -> bool:
    """Return whether the response of this request holds for this day only."""
    return _DAY in request.environ


def of(store: Store) -> None:
    """Declare that the response is made of this store, a release, not of the data as it is now."""
    request.environ[_STORE] = store


def _store() -> Store:
    store: Store | None = request.environ.get(_STORE)
    return store or serving().store


def stable() -> None:
    """Declare that the request gets the same response until the data is of another version.

    A release may be dropped before, so responses made of one are not kept.
    """
    request_context.of(request.environ).is_stable = _STORE not in request.environ


def unchanged(tag: str) -> flask.Response | None:
    """Return 304 where the client has the response of that tag; else None, and it becomes the response's tag."""
    request.environ[_TAG] = tag
    get = request.headers.get
    match = _validators().find_match(get("If-None-Match"), get("If-Modified-Since"), _coding())
    if match is None:
        return None
    return flask.Response(status=304, headers={"ETag": dict(_validators().headers(match))["etag"]})


def _validators() -> Validators:
    """Return what identifies the response; the data's date does not say when one of today changes."""
    return Validators(request.environ.get(_TAG, ""), None if is_of_today() else _store().modified())


def _coding() -> str:
    return content_coding.negotiate(request.headers.get("Accept-Encoding", ""))


def register(app: Flask) -> None:
    """Add to each response its validators and its coding."""
    app.after_request(_finish)


def _finish(response: flask.Response) -> flask.Response:
    if isinstance(response, FinishedResponse) or request.endpoint in _TRANSIENT or request.endpoint is None:
        return response
    if request.blueprint == "dumps":
        return response
    coding = ""
    if request.method in ("GET", "HEAD") and response.status_code in (200, 304):
        response = _validate(response)
    if response.status_code == 200:
        coding = _encode(response)
    if request.method in ("GET", "HEAD") and response.status_code in (200, 304):
        _add_validators(response, coding)
    else:
        response.headers.setdefault("Cache-Control", "no-store" if response.status_code >= 400 else "no-cache")
    if version := _store().version():
        response.headers["Data-Version"] = version
    return response


def _validate(response: flask.Response) -> flask.Response:
    """Return 304 where the client turns out to have the response; else the response, which gets a tag."""
    if _TAG in request.environ or "Cache-Control" in response.headers or not _store().version():
        return response
    language = response.headers.get("Content-Language", "") or request.headers.get("Accept-Language", "")
    of_day = request.environ.get(_DAY, "")
    parts = (request.full_path, request.host, response.content_type or "", language, of_day)
    if not_modified := unchanged(etags.tag(_store().version(), *parts)):
        not_modified.headers["Vary"] = response.headers.get("Vary", "Accept-Encoding")
        return not_modified
    return response


def _add_validators(response: flask.Response, coding: str) -> None:
    """Add Cache-Control, ETag and Last-Modified, but none in place of those that the view gave."""
    for name, value in _validators().headers(coding):
        response.headers.setdefault(name, value)
    if response.status_code == 200 and _TAG in request.environ:
        request_context.of(request.environ).is_stable = not is_of_today() and _STORE not in request.environ


def _encode(response: flask.Response) -> str:
    """Compress the body where the client takes it so; return the coding."""
    if not content_coding.is_worthwhile(response.mimetype or "") or response.direct_passthrough:
        return ""
    response.vary.add("Accept-Encoding")
    if not (coding := _coding()):
        return ""
    if isinstance(response.response, list):
        body = response.get_data()
        if len(body) < content_coding.SMALLEST:
            return ""
        response.set_data(content_coding.encode(body, coding))
    else:
        chunks = cast(Iterable[bytes], response.response)  # our views give bytes where they stream
        response.response = content_coding.EncodedChunks(chunks, coding)
        response.headers.pop("Content-Length", None)
    response.headers["Content-Encoding"] = coding
    return coding
