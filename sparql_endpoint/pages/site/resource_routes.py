"""The addresses of resources: every IRI that the store holds leads to its description.

`id/…` is a resource: 303 to `doc/…`, its description (https://www.w3.org/TR/cooluris/#r303gendocument). Everything else
below the base is a document itself; a graph's is the whole graph, an ontology's holds all its terms. What is not below
the base is at `resource?iri=…`. IRIs with a tombstone lead to their successor, or tell why they ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from urllib.parse import quote, unquote, urlencode

import werkzeug
from flask import Blueprint, Response, g, redirect, request
from pyoxigraph import NamedNode

from sparql_endpoint.api import graph_document
from sparql_endpoint.errors import NotFoundError, RequestError
from sparql_endpoint.http.formats import DOCUMENTS, HTML, LINKSET, Format, by_suffix
from sparql_endpoint.pages.frame import signposting
from sparql_endpoint.pages.frame.page_cache import cached_page
from sparql_endpoint.pages.frame.signposting import SAFE
from sparql_endpoint.pages.resource import incoming, retired
from sparql_endpoint.pages.resource.data_set import is_data_set, newest_release
from sparql_endpoint.pages.resource.json_ld import to_json_ld
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.pages.site import by_class
from sparql_endpoint.services import responses
from sparql_endpoint.services.earlier_releases import find_last_tombstone, find_retired, last_store
from sparql_endpoint.services.fragments import find_fragments
from sparql_endpoint.services.labels import request_labels
from sparql_endpoint.services.requested_format import requested_format
from sparql_endpoint.services.resource_description import Statement, describe, glimpse, is_known, serialise, terms
from sparql_endpoint.services.responses import raw_path, read_request, to_flask
from sparql_endpoint.services.services import serving
from sparql_endpoint.services.tombstones import find_successor
from sparql_endpoint.stores.oxigraph import node

blueprint = Blueprint("resource", __name__)
_OFFERED = (*DOCUMENTS, LINKSET)


@blueprint.get("/id/<path:key>")
def resource_by_id(key: str) -> werkzeug.Response:  # noqa: ARG001  # as the client spelled it: `_known`
    """Redirect with 303 to the description of a resource; a suffix goes along."""
    iri, form = _known()
    if tombstone := _tombstone(iri, form):
        return tombstone
    rest = raw_path().removeprefix("/id/").removesuffix(_suffix(form))
    response = redirect(f"{request.script_root}/doc/{quote(rest, safe=SAFE)}{_suffix(form)}{_query_string()}", 303)
    response.vary.update(["Accept", "Accept-Language"])
    return response


@blueprint.get("/doc/<path:key>")
def described(key: str) -> werkzeug.Response:  # noqa: ARG001  # as the client spelled it: `_known`
    """Answer the description of a resource, or of all that a document is about that is known by its fragments only."""
    iri, form = _known()
    return _tombstone(iri, form) or _document(iri, _negotiated(form))


@blueprint.get("/resource")
def resource() -> werkzeug.Response:
    """Answer the description of any IRI; those below the base are redirected to their own addresses."""
    iri = _named()
    address = request_labels().addresses.link(iri.value) if iri.value.startswith(serving().settings.base) else None
    if address and "incoming" not in request.args and _leads_to(address, iri):
        chosen = urlencode([(name, value) for name, value in request.args.items(multi=True) if name == "format"])
        return redirect(f"{address}{'&' if '?' in address else '?'}{chosen}" if chosen else address, 303)
    return _tombstone(iri, None) or _document(iri, _negotiated(None))


@blueprint.get("/<path:path>")
def itself(path: str) -> werkzeug.Response:  # noqa: ARG001  # as the client spelled it: `_known`
    """Answer a document that the data names: a graph, an ontology, a data set."""
    iri, form = _known()
    if tombstone := _tombstone(iri, form):
        return tombstone
    store, chosen = serving().store, _negotiated(form)
    if chosen not in (HTML, LINKSET) and (graph := graph_document.serialize(serving(), read_request(), iri, chosen)):
        return to_flask(graph)
    return _document(iri, chosen, terms(store, iri))


def _named() -> NamedNode:
    """Return the IRI of `?iri=`. Raises RequestError where it is none, NotFoundError where nothing is known of it.

    It may have been put there without escapes: a space was a plus then, and what looks like an escape is of the IRI.
    """
    text = request.args.get("iri", "").strip().replace(" ", "+")
    if not text:
        raise RequestError("no IRI is named; add ?iri=IRI", words=("iri_missing", {}))
    raw = request.query_string.decode("latin-1")
    unescaped = [value for name, _, value in (part.partition("=") for part in raw.split("&")) if name == "iri"]
    for spelling in (text, *unescaped):
        if spelling == text or ":" in spelling:
            iri = node(spelling)
            if is_known(serving().store, iri):
                return iri
    if retired_iri := find_retired(serving(), [node(text)]):
        return retired_iri
    raise NotFoundError(f"Nothing is known of <{text}>.")


def _leads_to(address: str, iri: NamedNode) -> bool:
    """Return whether a path here is the IRI's own: it is not where two IRIs are spelled alike in addresses."""
    path, _, fragment = address.removeprefix(request.script_root).partition("?")[0].partition("#")
    if fragment or path == "/resource":
        return False
    spellings = graph_document.iris(serving().settings.base, quote(path.lstrip("/"), safe=SAFE))
    return next((one for one in spellings if is_known(serving().store, one)), None) == iri


def _known() -> tuple[NamedNode, Format | None]:
    """Return the IRI that the request's path means and the format that its suffix names. Raises NotFoundError."""
    path, base, store = _resource_path(), serving().settings.base, serving().store
    stripped = by_suffix(_OFFERED, path)
    candidates = [(path, None), *([stripped] if stripped else [])]
    spellings = [(iri, form) for candidate, form in candidates for iri in graph_document.iris(base, candidate)]
    for iri, form in spellings:
        if is_known(store, iri):
            return iri, form
    for iri, form in spellings:
        if find_fragments(iri):
            return iri, form
    if retired_iri := find_retired(serving(), (iri for iri, _form in spellings)):
        return retired_iri, dict(spellings)[retired_iri]
    raise NotFoundError(f"Nothing is known of <{base}{unquote(path)}>.")


def _resource_path() -> str:
    """Return the path of the IRI that the request's path means: documents of things are at `doc/…`."""
    path = raw_path().lstrip("/")
    return f"id/{path.removeprefix('doc/')}" if request.endpoint == "resource.described" else path


def _suffix(form: Format | None) -> str:
    return f".{form.suffixes[0]}" if form else ""


def _query_string() -> str:
    return f"?{request.query_string.decode('latin-1')}" if request.query_string else ""


def _negotiated(form: Format | None) -> Format:
    return form or requested_format(_OFFERED)


def _tombstone(iri: NamedNode, form: Format | None) -> werkzeug.Response | None:
    """Redirect an IRI with a tombstone to its successor, 410 where it has none; return None for all others."""
    base = serving().settings.base
    find = partial(find_last_tombstone, serving())
    tombstone = find(iri)
    if tombstone is None:
        return None
    successor = find_successor(find, iri, tombstone)
    if successor is None or not is_known(serving().store, successor):
        chosen = _negotiated(form)
        if chosen not in (HTML, LINKSET):
            statements = describe(last_store(serving(), iri), iri)
            return _respond(serialise(statements, chosen, serving().prefixes()), chosen, iri, [], 410)
        return _respond(retired.render(iri, tombstone, request_labels()), HTML, iri, [], 410)
    if not successor.value.startswith(base):
        return redirect(request_labels().addresses.own_page(successor.value), 301)
    rest = quote(successor.value.removeprefix(base), safe=SAFE)
    if request.endpoint == "resource.described" and rest.startswith("id/"):
        rest = f"doc/{rest.removeprefix('id/')}"
    return redirect(f"{request.script_root}/{rest.lstrip('/')}{_suffix(form)}{_other_arguments()}", 301)


def _other_arguments() -> str:
    """Return the query string without the IRI."""
    others = [(name, value) for name, value in request.args.items(multi=True) if name != "iri"]
    return f"?{urlencode(others)}" if others else ""


def _document(iri: NamedNode, chosen: Format, statements: list[Statement] | None = None) -> Response:
    """Return the description in a format; `?incoming=` lists what points at the IRI."""
    store = serving().store
    if chosen is HTML and (prop := request.args.get("incoming")):
        return incoming.list_page(iri, node(prop), request_labels())
    read = glimpse if chosen in (HTML, LINKSET) else describe
    statements = (
        statements or read(store, iri) or [one for member in find_fragments(iri) for one in read(store, member)]
    )
    graphs = list(dict.fromkeys(statement.graph for statement in statements))
    if chosen is HTML:
        if is_data_set(iri, serving()):
            newest = newest_release(serving().settings.dumps)
            responses.depends_on(newest.name if newest else "")
        return _respond(cached_page(lambda: _page(iri, statements)), HTML, iri, graphs)
    if chosen is LINKSET:
        return _respond(signposting.linkset(signposting.links(iri, HTML, graphs)), chosen, iri, graphs)
    return _respond(serialise(statements, chosen, serving().prefixes()), chosen, iri, graphs)


def _page(iri: NamedNode, statements: list[Statement]) -> str:
    labels = request_labels()
    subjects = _subjects(iri, statements)
    if len(subjects) == 1:  # the thing itself, also where it is known by its fragment only
        iri = subjects[0]
    g.json_ld = partial(to_json_ld, iri, statements, labels)
    return by_class.render(ResourceView(iri, statements, labels))


def _respond(
    body: bytes | str | Iterable[bytes],
    form: Format,
    iri: NamedNode,
    graphs: Sequence[NamedNode | None],
    status: int = 200,
) -> Response:
    response = Response(body, status, content_type=form.content_type)
    response.vary.update(["Accept", "Accept-Language"] if form is HTML else ["Accept"])
    response.headers["Link"] = signposting.header(signposting.links(iri, form, graphs))
    return response


def _subjects(iri: NamedNode, statements: list[Statement]) -> Sequence[NamedNode]:
    """Return what a page is about: the subjects, or the fragments that are values only and have no statements."""
    subjects = list(dict.fromkeys(one.subject for one in statements if isinstance(one.subject, NamedNode)))
    return subjects if subjects or is_known(serving().store, iri) else find_fragments(iri)
