"""The addresses of resources: every IRI that the store holds leads to its description.

`id/…` is a resource: 303 to `doc/…`, its description (https://www.w3.org/TR/cooluris/#r303gendocument). Everything else
below the base is a document itself; a graph's is the whole graph, an ontology's holds all its terms. What is not below
the base is at `resource?iri=…`. IRIs with a tombstone lead to their successor, or tell why they ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from urllib.parse import quote, urlencode

import werkzeug
from flask import Blueprint, Response, g, redirect, request
from pyoxigraph import NamedNode

from sparql_endpoint.api import graph_document
from sparql_endpoint.errors import NotFoundError
from sparql_endpoint.http.formats import DOCUMENTS, HTML, LINKSET, Format, by_suffix, negotiate
from sparql_endpoint.pages.frame import signposting
from sparql_endpoint.pages.frame.page_cache import cached_page
from sparql_endpoint.pages.frame.signposting import SAFE
from sparql_endpoint.pages.resource import incoming, retired
from sparql_endpoint.pages.resource.json_ld import to_json_ld
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.pages.site import by_class
from sparql_endpoint.services.labels import request_labels
from sparql_endpoint.services.resource_description import Statement, describe, glimpse, is_known, serialise, terms
from sparql_endpoint.services.responses import read_request, to_flask
from sparql_endpoint.services.services import serving
from sparql_endpoint.services.tombstones import find_successor, find_tombstone
from sparql_endpoint.stores.oxigraph import node

blueprint = Blueprint("resource", __name__)
_OFFERED = (*DOCUMENTS, LINKSET)


@blueprint.get("/id/<path:key>")
def resource_by_id(key: str) -> werkzeug.Response:
    """Redirect with 303 to the description of a resource; a suffix goes along."""
    iri, form = _known(f"id/{key}")
    if tombstone := _tombstone(iri, form):
        return tombstone
    rest = iri.value.removeprefix(serving().settings.base + "id/")
    response = redirect(f"{request.script_root}/doc/{quote(rest, safe=SAFE)}{_suffix(form)}{_query_string()}", 303)
    response.vary.update(["Accept", "Accept-Language"])
    return response


@blueprint.get("/doc/<path:key>")
def described(key: str) -> werkzeug.Response:
    """Answer the description of a resource."""
    iri, form = _known(f"id/{key}")
    return _tombstone(iri, form) or _document(iri, _negotiated(form))


@blueprint.get("/resource")
def resource() -> werkzeug.Response:
    """Answer the description of any IRI; those below the base are redirected to their own addresses."""
    text = request.args.get("iri", "").strip()
    iri = node(text)
    if not is_known(serving().store, iri):
        raise NotFoundError(f"Nothing is known of <{text}>.")
    of_ours = text.startswith(serving().settings.base) and not {"#", "?"} & set(text)
    if of_ours and "incoming" not in request.args and (address := request_labels().addresses.link(text)):
        chosen = urlencode([(name, value) for name, value in request.args.items(multi=True) if name == "format"])
        return redirect(f"{address}{'&' if '?' in address else '?'}{chosen}" if chosen else address, 303)
    return _tombstone(iri, None) or _document(iri, _negotiated(None))


@blueprint.get("/<path:path>")
def itself(path: str) -> werkzeug.Response:
    """Answer a document that the data names: a graph, an ontology, a data set."""
    iri, form = _known(path)
    if tombstone := _tombstone(iri, form):
        return tombstone
    store, chosen = serving().store, _negotiated(form)
    if chosen not in (HTML, LINKSET) and (graph := graph_document.serialize(serving(), read_request(), iri, chosen)):
        return to_flask(graph)
    return _document(iri, chosen, terms(store, iri))


def _known(path: str) -> tuple[NamedNode, Format | None]:
    """Return the IRI that a path means and the format that its suffix names. Raises NotFoundError."""
    stripped = by_suffix(_OFFERED, path)
    for candidate, form in ((path, None), *([stripped] if stripped else [])):
        for iri in graph_document.iris(serving().settings.base, candidate):
            if is_known(serving().store, iri):
                return iri, form
    raise NotFoundError(f"Nothing is known of <{serving().settings.base}{path}>.")


def _suffix(form: Format | None) -> str:
    return f".{form.suffixes[0]}" if form else ""


def _query_string() -> str:
    return f"?{request.query_string.decode('latin-1')}" if request.query_string else ""


def _negotiated(form: Format | None) -> Format:
    return form or negotiate(_OFFERED, request.headers.get("Accept"), request.args.get("format"))


def _tombstone(iri: NamedNode, form: Format | None) -> werkzeug.Response | None:
    """Redirect an IRI with a tombstone to its successor, 410 where it has none; return None for all others."""
    store, base = serving().store, serving().settings.base
    tombstone = find_tombstone(store, iri)
    if tombstone is None:
        return None
    successor = find_successor(store, iri, tombstone)
    if successor is None or not is_known(store, successor):
        chosen = _negotiated(form)
        if chosen not in (HTML, LINKSET):
            return _respond(serialise(describe(store, iri), chosen, serving().prefixes()), chosen, iri, [], 410)
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
    statements = statements or (glimpse if chosen in (HTML, LINKSET) else describe)(store, iri)
    graphs = list(dict.fromkeys(statement.graph for statement in statements))
    if chosen is HTML:
        return _respond(cached_page(lambda: _page(iri, statements)), HTML, iri, graphs)
    if chosen is LINKSET:
        return _respond(signposting.linkset(signposting.links(iri, HTML, graphs)), chosen, iri, graphs)
    return _respond(serialise(statements, chosen, serving().prefixes()), chosen, iri, graphs)


def _page(iri: NamedNode, statements: list[Statement]) -> str:
    labels = request_labels()
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
