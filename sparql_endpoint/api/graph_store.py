"""`/data`: the SPARQL 1.1 Graph Store HTTP Protocol.

https://www.w3.org/TR/sparql11-http-rdf-update/

A graph is named by `?graph=IRI`, `?default` (section 4.2, indirectly), or by the request's own address below `/data/`
(section 4.1, directly). `?default` is the plain default graph, whatever a query's default graph is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from werkzeug.http import parse_options_header

from sparql_endpoint.api.query import no_store
from sparql_endpoint.errors import NotFoundError, RequestError, UnsupportedMediaTypeError, UpdateRefusedError
from sparql_endpoint.http import form_parts, preconditions
from sparql_endpoint.http.auth import check_permission
from sparql_endpoint.http.charsets import read_charset, to_utf_8
from sparql_endpoint.http.etags import Validators, tag
from sparql_endpoint.http.formats import GRAPHS, Format, negotiate
from sparql_endpoint.http.preconditions import Current
from sparql_endpoint.http.request import Request
from sparql_endpoint.http.request_coding import decode
from sparql_endpoint.http.request_context import RequestContext
from sparql_endpoint.http.response import Representation, Response
from sparql_endpoint.protocol.operation import absolute, format_names, parse_arguments
from sparql_endpoint.services.services import Serving
from sparql_endpoint.stores.base import Document, Question, Store, WritableStore

PATH = "/data"
METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE")
MAX_BODY = 64 << 20
"""Bytes of a request that changes the store, when its content codings are undone."""
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_BY_MEDIA_TYPE: Mapping[str, Format] = {name: form for form in reversed(GRAPHS) for name in form.media_types}


@dataclass(frozen=True)
class Target:
    """The graph that a request is about; None is the default graph."""

    graph: str | None


def respond(serving: Serving, request: Request, context: RequestContext) -> Response:
    """Read, replace, extend or remove one graph. Raises RequestError or StoreError."""
    target = _find_target(request)
    if request.method in ("GET", "HEAD"):
        return _read(serving, request, _require(target), context)
    check_permission(request, serving.settings.write_token)
    if serving.writable is None:
        raise UpdateRefusedError("this store only reads")
    if request.method == "DELETE":
        return _delete(serving.writable, request, _require(target))
    if request.method == "PUT":
        return _write(serving.writable, request, _require(target), replace=True)
    return _write(serving.writable, request, target or _name_new(request), replace=False, is_new=target is None)


def _find_target(request: Request) -> Target | None:
    """Return the graph that the request names; None where it names none. Raises RequestError."""
    arguments = [pair for pair in parse_arguments(request.query_string) if pair[0] in ("graph", "default")]
    if len(arguments) > 1:
        arguments = [pair for pair in arguments if pair != ("graph", "")]
    if request.path.rstrip("/") != PATH:
        if arguments:
            raise RequestError("the address names a graph by itself; leave out graph and default")
        return Target(request.base_url)
    if len(arguments) > 1:
        raise RequestError("a request is about one graph; send either graph=IRI once, or default")
    if not arguments:
        return None
    ((name, value),) = arguments
    if name == "graph" and not value.strip():  # a variable that is empty must not make a graph without a name
        raise RequestError("no graph is named: graph= is empty; add ?default or ?graph=IRI")
    return Target(absolute(value, "graph") if name == "graph" else None)


def _require(target: Target | None) -> Target:
    if target is None:
        raise RequestError("no graph is named; add ?default or ?graph=IRI")
    return target


def _name_new(request: Request) -> Target:
    """Return a graph that the server names (section 5.5): by a digest, so that the same content has one name."""
    digest = hashlib.sha256(request.body).hexdigest()[:16]
    return Target(f"{request.base_url.rstrip('/')}/{digest}")


def _read(serving: Serving, request: Request, target: Target, context: RequestContext) -> Response:
    form = negotiate(GRAPHS, request.headers.get("accept"), *format_names(parse_arguments(request.query_string)))
    store = serving.store
    if not store.has_graph(target.graph):
        raise _missing(target)
    version = store.version()
    context.is_stable = bool(version)
    representation = Representation(form.content_type, version, _validators(store, target, form))
    if not_modified := representation.find_not_modified(request):
        return not_modified
    question = Question(_ALL, plain=True) if target.graph is None else Question(_ALL, default_graphs=(target.graph,))
    return representation.respond(request, store.answer(question, form, serving.prefixes()))


def _validators(store: Store, target: Target, form: Format) -> Validators:
    version = store.version()
    return Validators(tag(version, PATH, target.graph or "", form.name) if version else "", store.modified())


def _check_preconditions(store: WritableStore, request: Request, target: Target, *, exists: bool) -> None:
    """Raise PreconditionFailedError where the graph is not as the client read it, in whatever format and coding."""
    validators = [_validators(store, target, form) for form in GRAPHS]
    has_tag = lambda entity_tag: any(one.has(entity_tag) for one in validators)  # noqa: E731  # used once
    preconditions.check(request.method, request.headers, Current(has_tag, store.modified(), exists))


def _write(store: WritableStore, request: Request, target: Target, *, replace: bool, is_new: bool = False) -> Response:
    documents = list(_documents(request, target))
    with store.exclusive():
        if any(name in request.headers for name in preconditions.HEADERS):
            _check_preconditions(store, request, target, exists=store.has_graph(target.graph))
        is_created = store.write_graph(target.graph, documents, replace=replace)
    headers = no_store(store.version())
    if not is_created and not is_new:
        return Response(204, headers)
    if target.graph is not None:
        url = f"{request.base_url}?{request.query_string.decode('latin-1')}"
        headers.append(("location", target.graph if is_new or not request.query_string else url))
    return Response(201, headers)


def _delete(store: WritableStore, request: Request, target: Target) -> Response:
    with store.exclusive():
        if any(name in request.headers for name in preconditions.HEADERS):
            if not store.has_graph(target.graph):  # without the preconditions it would be 404 too (section 13.2.1)
                raise _missing(target)
            _check_preconditions(store, request, target, exists=True)
        if not store.delete_graph(target.graph):
            raise _missing(target)
    return Response(204, no_store(store.version()))


def _missing(target: Target) -> NotFoundError:
    return NotFoundError(f"there is no graph <{target.graph}>")


def _documents(request: Request, target: Target) -> Iterator[Document]:
    """Yield the request's documents: its body, or each file of a multipart/form-data (section 5.5)."""
    base, room = target.graph or request.base_url, MAX_BODY
    content_type = request.headers.get("content-type", "")
    media_type = parse_options_header(content_type)[0].lower()
    if media_type != form_parts.MEDIA_TYPE:
        yield _document(request.body, media_type, read_charset(content_type), base)
        return
    for part in form_parts.read_parts(request.body, content_type):
        if not part.is_file:
            raise RequestError(f"the part “{part.name}” is not a file: it has no filename, so its format is unknown")
        content = decode(part.content, part.content_encoding, room)
        room -= len(content)
        yield _document(content, part.media_type, part.charset, base)


def _document(content: bytes, media_type: str, charset: str, base: str) -> Document:
    form = _find_format(media_type)
    return Document(to_utf_8(content, media_type, charset), form, base)


def _find_format(media_type: str) -> Format:
    try:
        return _BY_MEDIA_TYPE[media_type]
    except KeyError:
        expected = ", ".join(form.media_type for form in GRAPHS)
        fault = f"the type “{media_type}” cannot be read" if media_type else "the document says no Content-Type"
        raise UnsupportedMediaTypeError(f"{fault}; expected one of {expected}") from None
