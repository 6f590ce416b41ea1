"""An answer on its way out: its validators, its content coding, and whether the client has it already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from flask import Flask, Response, request

from sparql_endpoint.http import content_coding as codings
from sparql_endpoint.http import etags as conditional
from sparql_endpoint.http import request_context as exchange
from sparql_endpoint.http.formats import HTML, Format
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Store

_TAG = "nbkg.tag"
_DAY = "nbkg.day"
_STORE = "nbkg.store"
_TRANSIENT = frozenset({"endpoint.health", "endpoint.ready", "observing.metrics", "static"})
"""What is not of the data."""


def response(body: bytes | str | Iterable[bytes], form: Format) -> Response:
    """A body in a format."""
    vary = "Accept, Accept-Encoding, Accept-Language" if form is HTML else "Accept, Accept-Encoding"
    return Response(body, headers={"Content-Type": form.content_type, "Vary": vary})


def day() -> date:
    """The day, in UTC."""
    return datetime.now(UTC).date()


def today() -> date:
    """The day. The answer of a request that asks for it so holds for this day only, and is validated so."""
    now = day()
    request.environ[_DAY] = now.isoformat()
    return now


def is_of_today() -> bool:
    """Whether the answer of this request holds for this day only."""
    return _DAY in request.environ


def of(store: Store) -> None:
    """The answer is of this store, a release, not of the data as it is now."""
    request.environ[_STORE] = store


def _store() -> Store:
    found: Store | None = request.environ.get(_STORE)
    return found or serving().store


def unchanged(name: str) -> Response | None:
    """304 where the client has the answer of that name; else None, and it becomes the answer's entity tag."""
    request.environ[_TAG] = name
    headers = request.headers
    coding = codings.wanted(headers.get("Accept-Encoding", ""))
    if if_none_match := headers.get("If-None-Match"):
        found = conditional.matching(if_none_match, name, coding)
    else:
        since = "" if is_of_today() else headers.get("If-Modified-Since", "")
        same = since and conditional.is_unmodified(since, _store().modified())
        found = conditional.etag(name, coding) if same else ""
    return Response(status=304, headers={"ETag": found}) if found else None


def register(app: Flask) -> None:
    """Adds to each answer its validators and coding."""
    app.after_request(_finished)


def _finished(answer: Response) -> Response:
    if request.endpoint in _TRANSIENT or request.endpoint is None or request.blueprint == "dumps":
        return answer
    if request.method in ("GET", "HEAD") and answer.status_code in (200, 304):
        answer = _validated(answer)
    else:
        answer.headers.setdefault("Cache-Control", "no-store" if answer.status_code >= 400 else "no-cache")
    if version := _store().version():
        answer.headers["Data-Version"] = version
    if answer.status_code == 200:
        _code(answer)
    return answer


def _validated(answer: Response) -> Response:
    """With ETag, Last-Modified and Cache-Control; 304 where the client turns out to have it."""
    stable = bool(_store().version())
    if _TAG not in request.environ and "Cache-Control" not in answer.headers and stable:
        language = answer.headers.get("Content-Language", "") or request.headers.get("Accept-Language", "")
        of_day = request.environ.get(_DAY, "")
        parts = (request.full_path, request.host, answer.content_type or "", language, of_day)
        if same := unchanged(conditional.tag(_store().version(), *parts)):
            same.headers["Vary"] = answer.headers.get("Vary", "Accept-Encoding")
            answer = same
    if name := request.environ.get(_TAG):
        if answer.status_code == 200:
            exchange.of(request.environ).stable = not is_of_today() and _STORE not in request.environ
            answer.headers["ETag"] = conditional.etag(name)
        modified = None if is_of_today() else _store().modified()
        if told := conditional.last_modified(modified):
            answer.headers["Last-Modified"] = told
    if "Cache-Control" not in answer.headers:
        answer.headers["Cache-Control"] = conditional.NO_CACHE if _TAG in request.environ else conditional.NO_STORE
    return answer


def _code(answer: Response) -> None:
    """Compresses the body where the client takes it so."""
    if not codings.is_worthwhile(answer.mimetype or "") or answer.direct_passthrough:
        return
    if "Accept-Encoding" not in answer.headers.get("Vary", ""):
        answer.vary.add("Accept-Encoding")
    coding = codings.wanted(request.headers.get("Accept-Encoding", ""))
    if not coding:
        return
    body = answer.response
    if isinstance(body, list):
        whole = b"".join(block.encode() if isinstance(block, str) else block for block in body)
        if len(whole) < codings.SMALLEST:
            return
        answer.set_data(codings.compressed(whole, coding))
    else:
        answer.response = codings.CompressedBlocks(body, coding)  # type: ignore[arg-type]  # we give bytes
        answer.headers.pop("Content-Length", None)
    answer.headers["Content-Encoding"] = coding
    if name := request.environ.get(_TAG):
        answer.headers["ETag"] = conditional.etag(name, coding)


def stable() -> None:
    """The same request gets the same answer until the data is of another version; a release may be dropped before."""
    exchange.of(request.environ).stable = _STORE not in request.environ
