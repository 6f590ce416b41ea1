"""`/data`: the SPARQL 1.1 Graph Store HTTP Protocol.

https://www.w3.org/TR/sparql11-http-rdf-update/

A graph is named by `?graph=IRI`, `?default` (section 4.2, indirectly), or by the request's own address below `/data/`
(section 4.1, directly). `?default` is the plain default graph, whatever a query's default graph is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from flask import Blueprint, Response, request

from sparql_endpoint.errors import NotFoundError, RequestError, UnsupportedMediaTypeError, UpdateRefusedError
from sparql_endpoint.http import auth as permission
from sparql_endpoint.http.formats import GRAPHS, Format, negotiate
from sparql_endpoint.protocol import protocol
from sparql_endpoint.services.responses import response
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Document, Question, WritableStore

blueprint = Blueprint("graph_store", __name__)
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_BY_MEDIA_TYPE: Mapping[str, Format] = {name: form for form in reversed(GRAPHS) for name in form.media_types}


@dataclass(frozen=True)
class Target:
    """The graph that a request is about; None is the default graph."""

    graph: str | None


@blueprint.route("/data", methods=["GET", "PUT", "POST", "DELETE"])
@blueprint.route("/data/<path:_path>", methods=["GET", "PUT", "POST", "DELETE"])
def graph_store(_path: str = "") -> Response:
    """Reads, replaces, extends or removes one graph."""
    target = _target(direct=bool(_path))
    if request.method in ("GET", "HEAD"):
        return _read(_expected(target))
    permission.check(dict(request.headers), serving().settings.write_token, request.host)
    match request.method:
        case "PUT":
            return _written(_expected(target), replace=True)
        case "DELETE":
            return _deleted(_expected(target))
    return _written(target or _new(), replace=False, is_new=target is None)


def _target(*, direct: bool) -> Target | None:
    """What the request names; None where it names no graph. Raises RequestError."""
    names = {name: values for name, values in request.args.lists() if name in ("graph", "default")}
    graphs = names.get("graph", [])
    if direct:
        if names:
            raise RequestError("the address names a graph by itself; leave out graph and default")
        return Target(request.base_url)
    if len(graphs) + len(names.get("default", [])) > 1:
        raise RequestError("one graph, please: either graph=IRI once, or default")
    if graphs:
        return Target(protocol.absolute(graphs[0], "graph"))
    return Target(None) if "default" in names else None


def _expected(target: Target | None) -> Target:
    if target is None:
        raise RequestError("which graph? Add ?default or ?graph=IRI")
    return target


def _new() -> Target:
    """A graph that the server names (section 5.5): after the content, so that the same content has one name."""
    digest = hashlib.sha256(request.get_data(cache=True)).hexdigest()[:16]
    return Target(f"{request.base_url.rstrip('/')}/{digest}")


def _read(target: Target) -> Response:
    form = negotiate(GRAPHS, request.headers.get("Accept"), request.args.get("format"))
    store = serving().store
    if not store.has_graph(target.graph):
        raise _missing(target)
    question = Question(_ALL, plain=True) if target.graph is None else Question(_ALL, default_graphs=(target.graph,))
    return response(store.answer(question, form, serving().prefixes()), form)


def _written(target: Target, *, replace: bool, is_new: bool = False) -> Response:
    documents = list(_documents(target))
    made = _store().write_graph(target.graph, documents, replace=replace)
    if not made and not is_new:
        return Response(status=204)
    answer = Response(status=201)
    if target.graph is not None:
        answer.headers["Location"] = target.graph if is_new or not request.args else request.url
    return answer


def _deleted(target: Target) -> Response:
    if not _store().delete_graph(target.graph):
        raise _missing(target)
    return Response(status=204)


def _missing(target: Target) -> NotFoundError:
    return NotFoundError(f"there is no graph <{target.graph}>")


def _documents(target: Target) -> Iterator[Document]:
    """The request's documents: its body, or each file of a multipart/form-data (section 5.5)."""
    base = target.graph or request.base_url
    if request.mimetype == "multipart/form-data":
        for file in chain.from_iterable(request.files.listvalues()):
            yield Document(file.read(), _format(file.mimetype), base)
    else:
        yield Document(request.get_data(), _format(request.mimetype), base)


def _format(media_type: str) -> Format:
    try:
        return _BY_MEDIA_TYPE[media_type.lower()]
    except KeyError:
        known = ", ".join(form.media_type for form in GRAPHS)
        told = f"the type “{media_type}” cannot be read" if media_type else "the document says no Content-Type"
        raise UnsupportedMediaTypeError(f"{told}; expected one of {known}") from None


def _store() -> WritableStore:
    store = serving().writable
    if store is None:
        raise UpdateRefusedError("this store only reads")
    return store
