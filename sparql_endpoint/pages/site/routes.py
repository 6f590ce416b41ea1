"""Every IRI that the store holds leads to what is said of it.

`id/…` is a thing: 303 to `doc/…`, its description (https://www.w3.org/TR/cooluris/#r303gendocument). Everything else
below the base is a document itself; a graph's is the whole graph, an ontology's holds all its terms. What is not below
the base is at `resource?iri=…`. IRIs that are no more lead to their successor or say why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, g, redirect, request
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response as Answer

from sparql_endpoint.api import graph_document
from sparql_endpoint.errors import NotFoundError
from sparql_endpoint.http.formats import DOCUMENTS, HTML, LINKSET, Format, by_suffix, negotiate
from sparql_endpoint.pages.frame import signposting
from sparql_endpoint.pages.frame.page_cache import kept
from sparql_endpoint.pages.frame.signposting import SAFE
from sparql_endpoint.pages.resource import incoming, retired
from sparql_endpoint.pages.resource import json_ld as structured
from sparql_endpoint.pages.site import by_class as things
from sparql_endpoint.services.labels import request_labels
from sparql_endpoint.services.resource_description import Statement, describe, glimpse, is_known, serialise, terms
from sparql_endpoint.services.responses import read_request, to_flask
from sparql_endpoint.services.services import serving
from sparql_endpoint.services.tombstones import retirement, successor
from sparql_endpoint.stores.oxigraph import node

blueprint = Blueprint("resource", __name__)
_OFFERED = (*DOCUMENTS, LINKSET)


@blueprint.get("/id/<path:key>")
def thing(key: str) -> Answer:
    """303 to the description of a thing; a suffix goes along."""
    iri, form = _known(f"id/{key}")
    if ended := _ended(iri, form):
        return ended
    rest = iri.value.removeprefix(serving().settings.base + "id/")
    answer = redirect(f"{request.script_root}/doc/{quote(rest, safe=SAFE)}{_suffix(form)}{_asked()}", 303)
    answer.vary.update(["Accept", "Accept-Language"])
    return answer


@blueprint.get("/doc/<path:key>")
def described(key: str) -> Answer:
    """The description of a thing."""
    iri, form = _known(f"id/{key}")
    return _ended(iri, form) or _document(iri, _negotiated(form))


@blueprint.get("/resource")
def resource() -> Answer:
    """The description of any IRI; those below the base have addresses of their own."""
    asked = request.args.get("iri", "").strip()
    iri = node(asked)
    if not is_known(serving().store, iri):
        raise NotFoundError(f"Nothing is known of <{asked}>.")
    of_ours = asked.startswith(serving().settings.base) and not {"#", "?"} & set(asked)
    if of_ours and "incoming" not in request.args and (address := request_labels().addresses.link(asked)):
        kept = urlencode([(name, value) for name, value in request.args.items(multi=True) if name in ("format",)])
        return redirect(f"{address}{'&' if '?' in address else '?'}{kept}" if kept else address, 303)
    return _ended(iri, None) or _document(iri, _negotiated(None))


@blueprint.get("/<path:path>")
def itself(path: str) -> Answer:
    """A document that the graph names: a graph, an ontology, a data set."""
    iri, form = _known(path)
    if ended := _ended(iri, form):
        return ended
    store, chosen = serving().store, _negotiated(form)
    if chosen not in (HTML, LINKSET) and (graph := graph_document.serialize(serving(), read_request(), iri, chosen)):
        return to_flask(graph)
    return _document(iri, chosen, terms(store, iri))


def _known(path: str) -> tuple[NamedNode, Format | None]:
    """The IRI that a path means and the format that its suffix names. Raises NotFoundError."""
    stripped = by_suffix(_OFFERED, path)
    for candidate, form in ((path, None), *([stripped] if stripped else [])):
        for iri in graph_document.iris(serving().settings.base, candidate):
            if is_known(serving().store, iri):
                return iri, form
    raise NotFoundError(f"Nothing is known of <{serving().settings.base}{path}>.")


def _suffix(form: Format | None) -> str:
    return f".{form.suffixes[0]}" if form else ""


def _asked() -> str:
    return f"?{request.query_string.decode('latin-1')}" if request.query_string else ""


def _negotiated(form: Format | None) -> Format:
    return form or negotiate(_OFFERED, request.headers.get("Accept"), request.args.get("format"))


def _ended(iri: NamedNode, form: Format | None) -> Answer | None:
    """301 to the successor of an IRI that is no more, 410 where it has none; None for all others."""
    store, base = serving().store, serving().settings.base
    ended = retirement(store, iri)
    if ended is None:
        return None
    following = successor(store, iri, ended)
    if following is None or not is_known(store, following):
        chosen = _negotiated(form)
        if chosen not in (HTML, LINKSET):
            return _answer(serialise(describe(store, iri), chosen, serving().prefixes()), chosen, iri, [], 410)
        return _answer(retired.html(iri, ended, request_labels()), HTML, iri, [], 410)
    if not following.value.startswith(base):
        return redirect(request_labels().addresses.own_page(following.value), 301)
    rest = quote(following.value.removeprefix(base), safe=SAFE)
    if request.endpoint == "resource.described" and rest.startswith("id/"):
        rest = f"doc/{rest.removeprefix('id/')}"
    return redirect(f"{request.script_root}/{rest.lstrip('/')}{_suffix(form)}{_asked_of_page()}", 301)


def _asked_of_page() -> str:
    """What the request asks besides the IRI."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "iri"]
    return f"?{urlencode(kept)}" if kept else ""


def _document(iri: NamedNode, chosen: Format, statements: list[Statement] | None = None) -> Response:
    """The description in a format; `?incoming=` lists what points at it."""
    store = serving().store
    if chosen is HTML and (prop := request.args.get("incoming")):
        return incoming.listed(iri, node(prop).value, request_labels())
    said = statements or (glimpse if chosen in (HTML, LINKSET) else describe)(store, iri)
    graphs = list(dict.fromkeys(statement.graph for statement in said))
    if chosen is HTML:
        return _answer(kept(lambda: _page(iri, said)), HTML, iri, graphs)
    if chosen is LINKSET:
        return _answer(signposting.linkset(signposting.links(iri, HTML, graphs)), chosen, iri, graphs)
    return _answer(serialise(said, chosen, serving().prefixes()), chosen, iri, graphs)


def _page(iri: NamedNode, said: list[Statement]) -> str:
    labels = request_labels()
    g.structured = partial(structured.thing, iri, said, labels)
    return things.html(iri, said, labels)


def _answer(
    body: bytes | str | Iterable[bytes],
    form: Format,
    iri: NamedNode,
    graphs: Sequence[NamedNode | None],
    status: int = 200,
) -> Response:
    answer = Response(body, status, content_type=form.content_type)
    answer.vary.update(["Accept", "Accept-Language"] if form is HTML else ["Accept"])
    answer.headers["Link"] = signposting.header(signposting.links(iri, form, graphs))
    return answer
