"""`/dumps/`: the releases, for people and machines, with ranges, entity tags and digests.

RFC 9110 sections 8.8 and 14 (validators, ranges), RFC 9530 (digests), https://www.rfc-editor.org/rfc/rfc9530
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, request

from sparql_endpoint.dumps import index, ranges
from sparql_endpoint.dumps.release_folder import Held, Part, Shelf
from sparql_endpoint.errors import NotFoundError
from sparql_endpoint.http import languages
from sparql_endpoint.http import request_context as exchange
from sparql_endpoint.http.formats import HTML, TURTLE, Format, negotiate
from sparql_endpoint.http.request_context import Span
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.services.services import serving

blueprint = Blueprint("dumps", __name__, url_prefix="/dumps")
JSON = Format("json", "application/json", ("json",))
_OFFERED = (HTML, JSON, TURTLE)
_FOREVER = "public, max-age=31536000, immutable"
"""A release never changes."""
_BLOCK = 1 << 18


@blueprint.get("/", strict_slashes=True)
def dumps() -> Response:
    """The releases: a page, JSON or DCAT."""
    chosen = negotiate(_OFFERED, request.headers.get("Accept"), request.args.get("format"))
    return _index(chosen)


@blueprint.get("/index.json")
def as_json() -> Response:
    """The releases as JSON, at the address where a plain site has them too."""
    return _index(JSON)


@blueprint.get("/index.ttl")
def as_turtle() -> Response:
    """The releases as DCAT."""
    return _index(TURTLE)


@blueprint.get(f"/{index.FEED}")
def feed() -> Response:
    """What changed, over all releases: an ordered collection of ActivityStreams 2."""
    return _made(Response(index.feed(_shelf().releases(), _address()), content_type="application/activity+json"))


@blueprint.get("/<version>/", strict_slashes=True)
def release(version: str) -> Response:
    """A release: a page of its files."""
    if version == "latest":
        return _to_latest("")
    held = _held(version)
    return _made(page("dumps/release.html", release=held, asked=_language()))


@blueprint.get("/<version>/<path:path>")
def file(version: str, path: str) -> Response:
    """A file of a release, or the part of it that is asked for."""
    if version == "latest":
        return _to_latest(path)
    found = _held(version).file(path)
    if found is None:
        raise NotFoundError(f"The release {version} has no file “{path}”; release.json names those that it has.")
    return _given(*found)


def _index(chosen: Format) -> Response:
    shelf = _shelf()
    if chosen is HTML:
        return _made(page("dumps/index.html", found=shelf.releases(), latest=shelf.latest(), asked=_language()))
    body = (index.as_json if chosen is JSON else index.as_turtle)(shelf, _address())
    answer = Response(body, content_type=chosen.content_type)
    answer.vary.add("Accept")
    return _made(answer)


def _language() -> str:
    """What links add to go on asking for this language."""
    return f"?lang={languages.wanted()}" if "lang" in request.args else ""


def _made(answer: Response) -> Response:
    """What is made of the releases there are now: to be asked for again, and told where it is the same."""
    answer.headers["Cache-Control"] = "no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _given(place: Path, part: Part) -> Response:
    tag = f'"{part.sha256[:24]}"' if part.sha256 else f'"{place.stat().st_mtime_ns:x}-{part.bytes:x}"'
    headers = {"ETag": tag, "Cache-Control": _FOREVER, "Accept-Ranges": "bytes", "Content-Type": part.content_type}
    if part.sha256:
        headers["Repr-Digest"] = digest = f"sha-256=:{base64.b64encode(bytes.fromhex(part.sha256)).decode()}:"
    if tag in {one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")}:
        return Response(status=304, headers=headers)
    asked = request.headers.get("Range", "") if request.method == "GET" else ""
    span = ranges.wanted(asked, request.headers.get("If-Range", ""), tag, part.bytes)
    start, end = span or (0, part.bytes)
    if span:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{part.bytes}"
    elif part.sha256:
        headers["Content-Digest"] = digest
    headers["Content-Length"] = str(end - start)
    answer = Response(_body(place, start, end), 206 if span else 200, headers)
    answer.direct_passthrough = True
    return answer


def _body(place: Path, start: int, end: int) -> Iterator[bytes]:
    """The bytes; where our own server is in front it is told the file and sends it itself."""
    told = exchange.told(request.environ)
    if told is not None and request.method == "GET":
        told.span = Span(str(place), start, end)
        return iter(())
    return _read(place, start, end)


def _read(place: Path, start: int, end: int) -> Iterator[bytes]:
    with place.open("rb") as stream:
        stream.seek(start)
        while start < end:
            block = stream.read(min(_BLOCK, end - start))
            if not block:
                raise OSError(f"{place}: has become shorter")
            start += len(block)
            yield block


def _to_latest(path: str) -> Response:
    version = _shelf().latest()
    if version is None:
        raise NotFoundError("There is no release yet.")
    asked = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    where = f"{request.script_root}/dumps/{version}/{quote(path)}{asked}"
    return Response(status=302, headers={"Location": where, "Cache-Control": "no-cache"})


def _held(version: str) -> Held:
    held = _shelf().release(version)
    if held is None:
        raise NotFoundError(f"There is no release “{version}”.")
    return held


def _shelf() -> Shelf:
    return Shelf(Path(serving().settings.dumps))


def _address() -> str:
    """The address of the folder, as this request reached it."""
    return f"{request.url_root}dumps/"
