"""`/dumps/`: the releases, for people and machines, with ranges, ETags and digests.

RFC 9110 sections 8.8 and 14 (validators, ranges), RFC 9530 (digests), https://www.rfc-editor.org/rfc/rfc9530
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, request

from sparql_endpoint.dumps import index, ranges
from sparql_endpoint.errors import NotFoundError
from sparql_endpoint.http import languages, preconditions
from sparql_endpoint.http.formats import HTML, TURTLE, Format
from sparql_endpoint.http.preconditions import Current
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.services.release_folder import LATEST, Release, ReleaseFile, ReleaseFolder
from sparql_endpoint.services.requested_format import requested_format
from sparql_endpoint.services.responses import not_modified, read_request
from sparql_endpoint.services.services import serving

blueprint = Blueprint("dumps", __name__, url_prefix="/dumps")
JSON = Format("json", "application/json", ("json",))
_OFFERED = (HTML, JSON, TURTLE)
_FOREVER = "public, max-age=31536000, immutable"
"""A release never changes."""
_BLOCK = 1 << 20
"""Bytes of a file that are read at a time: each block goes from a thread to the loop."""


@blueprint.get("/", strict_slashes=True)
def dumps() -> Response:
    """Return the releases as a page, JSON or DCAT."""
    return _index(requested_format(_OFFERED))


@blueprint.get("/index.json")
def as_json() -> Response:
    """Return the releases as JSON, at the address where a plain site has them too."""
    return _index(JSON)


@blueprint.get("/index.ttl")
def as_turtle() -> Response:
    """Return the releases as DCAT."""
    return _index(TURTLE)


@blueprint.get(f"/{index.FEED}")
def feed() -> Response:
    """Return the changes of all releases as an ordered collection of ActivityStreams 2."""
    body = index.serialize_feed(_folder().releases(), _address())
    return _revalidated(Response(body, content_type="application/activity+json"))


@blueprint.get("/<version>/", strict_slashes=True)
def release(version: str) -> Response:
    """Return the page of a release, with its files."""
    if version == LATEST:
        return _redirect_to_latest("")
    return _revalidated(page("dumps/release.html", release=_find_release(version), query=_language_query()))


@blueprint.get("/<version>/<path:path>")
def file(version: str, path: str) -> Response:
    """Return a file of a release, or the range of it that is requested."""
    if version == LATEST:
        return _redirect_to_latest(path)
    match = _find_release(version).find_file(path)
    if match is None:
        raise NotFoundError(f"The release {version} has no file “{path}”; release.json names those that it has.")
    return _send_file(*match)


def _index(chosen: Format) -> Response:
    folder = _folder()
    if chosen is HTML:
        releases, latest = folder.releases(), folder.latest()
        return _revalidated(page("dumps/index.html", releases=releases, latest=latest, query=_language_query()))
    body = (index.serialize_json if chosen is JSON else index.serialize_turtle)(folder, _address())
    response = Response(body, content_type=chosen.content_type)
    response.vary.add("Accept")
    return _revalidated(response)


def _language_query() -> str:
    """Return the query string by which links keep the language that was asked for."""
    return f"?lang={languages.negotiate()}" if "lang" in request.args else ""


def _revalidated(response: Response) -> Response:
    """Return a response that depends on which releases exist now: caches must ask whether it has changed."""
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return _find_not_modified(response, response.get_etag()[0] or "") or response


def _find_not_modified(response: Response, entity_tag: str) -> Response | None:
    """Return the 304 in place of a response that the client has. Raises PreconditionFailedError."""
    current = Current(lambda sent: sent == entity_tag)
    preconditions.check(request.method, read_request().headers, current)
    return not_modified(response) if request.if_none_match.contains_weak(entity_tag) else None


def _send_file(path: Path, file: ReleaseFile) -> Response:
    entity_tag = file.sha256[:24] if file.sha256 else f"{path.stat().st_mtime_ns:x}-{file.bytes:x}"
    etag = f'"{entity_tag}"'
    headers = {"ETag": etag, "Cache-Control": _FOREVER, "Accept-Ranges": "bytes", "Content-Type": file.content_type}
    if file.sha256:
        headers["Repr-Digest"] = digest = f"sha-256=:{base64.b64encode(bytes.fromhex(file.sha256)).decode()}:"
    if same := _find_not_modified(Response(headers=headers), entity_tag):
        return same
    range_ = request.headers.get("Range", "") if request.method == "GET" else ""
    span = ranges.find_range(range_, request.headers.get("If-Range", ""), etag, file.bytes)
    start, end = span or (0, file.bytes)
    if span:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.bytes}"
    elif file.sha256:
        headers["Content-Digest"] = digest
    headers["Content-Length"] = str(end - start)
    response = Response(_read(path, start, end), 206 if span else 200, headers)
    response.direct_passthrough = True
    return response


def _read(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as stream:
        stream.seek(start)
        while start < end:
            block = stream.read(min(_BLOCK, end - start))
            if not block:
                raise OSError(f"{path}: has become shorter")
            start += len(block)
            yield block


def _redirect_to_latest(path: str) -> Response:
    name = _folder().latest()
    if name is None:
        raise NotFoundError("There is no release yet.")
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    location = f"{request.script_root}/dumps/{name}/{quote(path)}{query}"
    return Response(status=302, headers={"Location": location, "Cache-Control": "no-cache"})


def _find_release(name: str) -> Release:
    release = _folder().find(name)
    if release is None:
        raise NotFoundError(f"There is no release “{name}”.")
    return release


def _folder() -> ReleaseFolder:
    return ReleaseFolder(Path(serving().settings.dumps))


def _address() -> str:
    """Return the address of the folder, as this request reached it."""
    return f"{request.url_root}dumps/"
