"""Responses of Flask's views on their way out: validators, content coding, and whether the client has them already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote, unquote

import flask
from flask import Flask, current_app, request
from werkzeug.datastructures import Headers

from sparql_endpoint.errors import PreconditionFailedError
from sparql_endpoint.http import content_coding, etags, preconditions, request_context
from sparql_endpoint.http.etags import Validators
from sparql_endpoint.http.formats import GRAPHS, Format
from sparql_endpoint.http.preconditions import Current
from sparql_endpoint.http.request import Request
from sparql_endpoint.http.response import Response
from sparql_endpoint.services.lru_cache import BoundedCache
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Store

_TAG = "nbkg.tag"
_BEYOND = "nbkg.beyond"
_STORE = "nbkg.store"
_HEADERS = "nbkg.headers"
_MAX_HEADERS = 1 << 20
"""Bytes of headers that are kept for 304s."""
_OF_BODY = ("Content-Type", "Content-Length", "Content-Encoding")
_TRANSIENT = frozenset({"endpoint.health", "endpoint.ready", "metrics.metrics", "static"})
"""The views whose responses are not made of the data."""


class FinishedResponse(flask.Response):
    """A response that has its validators and its coding."""


def read_request() -> Request:
    """Return the request that Flask answers as plain values."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    server = request.server
    root = request.root_path
    client = request.remote_addr or ""
    plain = Request(
        request.method,
        raw_path(),
        request.query_string,
        headers,
        request.scheme,
        root,
        server,
        client,
        request.get_data(),
    )
    plain.decode_body(request.max_content_length or 0)
    return plain


def raw_path() -> str:
    """Return the path of the request as the client spelled it: `%28` and `(` may be in two IRIs of the data."""
    scope = request.environ.get("asgi.scope", {})
    sent = scope["raw_path"].decode("latin-1") if scope else request.environ.get("RAW_URI", "").partition("?")[0]
    return sent if unquote(sent) == request.path else quote(request.path, safe="/:@!$&'()*+,;=~")


def to_flask(response: Response) -> FinishedResponse:
    """Return a response of plain values as Flask has it."""
    body = response.chunks if response.body is None else response.body
    return FinishedResponse(body, response.status, dict(response.headers))


def response(body: bytes | str | Iterable[bytes], form: Format) -> flask.Response:
    """Return a body in a format; pages, JSON and tables have names in the language of the request."""
    vary = "Accept, Accept-Encoding" if form in GRAPHS else "Accept, Accept-Encoding, Accept-Language"
    return flask.Response(body, headers={"Content-Type": form.content_type, "Vary": vary})


def day() -> date:
    """Return the day, in UTC."""
    return datetime.now(UTC).date()


def today() -> date:
    """Return the day. The response of a request that calls this holds, and is validated, for this day only."""
    now = day()
    depends_on(now.isoformat())
    return now


def depends_on(state: str) -> None:
    """Declare that the response is not made of the data alone, and name the state of what else it is made of."""
    request.environ[_BEYOND] = tuple(dict.fromkeys((*beyond(), state)))


def beyond() -> tuple[str, ...]:
    """Return the states besides the data that the response of this request is made of: a day, a release's name."""
    return cast(tuple[str, ...], request.environ.get(_BEYOND, ()))


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
    """Return 304 where the client has the response of that tag; else None, and it becomes the response's tag.

    A 304 has the headers of the response it stands for. Where they are not known from an earlier one, that is made.
    """
    request.environ[_TAG] = etags.extend(tag, *serving().release_names())
    headers = _known_headers().get(_headers_key())
    return None if headers is None else _find_not_modified(flask.Response(headers=headers))


def _find_not_modified(response: flask.Response) -> flask.Response | None:
    """Return the 304 in place of a response that the client has. Raises PreconditionFailedError."""
    validators = _validators()
    headers = {name.lower(): value for name, value in request.headers.items()}
    preconditions.check(request.method, headers, Current(validators.has, validators.modified))
    match = validators.find_match(headers.get("if-none-match"), headers.get("if-modified-since"), _coding())
    if match is None or request.method not in preconditions.READS:
        return None
    _add_validators(response, match)
    return not_modified(_with_version(response))


class _NotModified(FinishedResponse):
    """A 304 with all the headers that it is given: werkzeug would remove some that the response of status 200 has."""

    def get_wsgi_headers(self, environ: dict[str, Any]) -> Headers:  # noqa: ARG002  # werkzeug's signature
        return self.headers


def not_modified(response: flask.Response) -> flask.Response:
    """Return the 304 that stands for a response: its headers, but those of its body (RFC 9110 section 15.4.5)."""
    answer = _NotModified(status=HTTPStatus.NOT_MODIFIED, headers=response.headers)
    for name in _OF_BODY:
        answer.headers.pop(name, None)
    return answer


def _known_headers() -> BoundedCache[Headers]:
    """Return the headers of earlier responses by their tags."""
    return cast(BoundedCache[Headers], current_app.extensions[_HEADERS])


def _headers_key() -> tuple[str, str]:
    """Return the key of the headers: addresses in them begin with the address by which the request came."""
    return request.environ.get(_TAG, ""), request.url_root


def _validators() -> Validators:
    """Return what identifies the response, without a date where it is made of more than the data and the releases."""
    return Validators(request.environ.get(_TAG, ""), None if beyond() else serving().modified(_store()))


def _coding() -> str:
    return content_coding.negotiate(request.headers.get("Accept-Encoding", ""))


def register(app: Flask) -> None:
    """Add to each response its validators and its coding."""
    app.extensions[_HEADERS] = BoundedCache[Headers](_MAX_HEADERS, lambda headers: len(str(headers)))
    app.after_request(_finish)


def _finish(response: flask.Response) -> flask.Response:
    if isinstance(response, FinishedResponse) or request.endpoint is None or request.blueprint == "dumps":
        return response
    if request.endpoint in _TRANSIENT:
        response.headers.setdefault("Cache-Control", "no-store")
        return not_modified(response) if response.status_code == HTTPStatus.NOT_MODIFIED else response
    _with_version(response)
    if response.status_code != HTTPStatus.OK:
        response.headers.setdefault("Cache-Control", "no-store" if response.status_code >= 400 else "no-cache")
        return response
    is_coded = content_coding.is_worthwhile(response.mimetype or "") and not response.direct_passthrough
    if is_coded:
        response.vary.add("Accept-Encoding")
    try:
        if same := _validate(response):
            return same
    except PreconditionFailedError as error:
        return current_app.make_response(current_app.handle_user_exception(error))
    _add_validators(response, _encode(response) if is_coded else "")
    return response


def _validate(response: flask.Response) -> flask.Response | None:
    """Return 304 where the client turns out to have the response; else None, and the response gets a tag."""
    is_read = request.method in preconditions.READS
    if is_read and _TAG not in request.environ and "Cache-Control" not in response.headers and _store().version():
        language = response.headers.get("Content-Language", "") or request.headers.get("Accept-Language", "")
        address = (raw_path(), request.full_path, request.url_root, response.content_type or "", language)
        request.environ[_TAG] = etags.tag(_store().version(), *address, *beyond(), *serving().release_names())
    if _TAG not in request.environ:
        return None
    _known_headers().put(_headers_key(), response.headers.copy())
    return _find_not_modified(response)


def _with_version(response: flask.Response) -> flask.Response:
    if version := _store().version():
        response.headers["Data-Version"] = version
    return response


def _add_validators(response: flask.Response, coding: str) -> None:
    """Add Cache-Control, ETag and Last-Modified, but none in place of those that the view gave."""
    if request.method not in preconditions.READS:
        response.headers.setdefault("Cache-Control", "no-cache")
        return
    for name, value in _validators().headers(coding):
        response.headers.setdefault(name, value)
    if _TAG in request.environ:
        request_context.of(request.environ).is_stable = not beyond() and _STORE not in request.environ


def _encode(response: flask.Response) -> str:
    """Compress the body where the client takes it so; return the coding."""
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
