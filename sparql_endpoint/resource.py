"""Every IRI below the base leads to what the store says of it.

`id/…` is a thing: 303 to `doc/…`, its description (https://www.w3.org/TR/cooluris/#r303gendocument). Everything else
below the base is a document itself; a graph's is the whole graph, an ontology's holds all its terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from flask import Blueprint, Response, redirect, request
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response as Answer

from sparql_endpoint.description import Statement, describe, is_known, serialise, terms
from sparql_endpoint.errors import NotFoundError
from sparql_endpoint.formats import DOCUMENTS, HTML, Format, by_suffix, negotiate
from sparql_endpoint.pages import things
from sparql_endpoint.pages.page import display
from sparql_endpoint.queries import query
from sparql_endpoint.serving import serving
from sparql_endpoint.stores.base import Question

blueprint = Blueprint("resource", __name__)
_SAFE = "/:@!$&'()*+,;=~-._%"


@blueprint.get("/id/<path:key>")
def thing(key: str) -> Answer:
    """303 to the description of a thing; a suffix goes along."""
    iri, form = _known(f"id/{key}")
    rest = iri.value.removeprefix(serving().settings.base + "id/")
    suffix = f".{form.suffixes[0]}" if form else ""
    asked = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    answer = redirect(f"{request.script_root}/doc/{quote(rest, safe=_SAFE)}{suffix}{asked}", 303)
    answer.vary.update(["Accept", "Accept-Language"])
    return answer


@blueprint.get("/doc/<path:key>")
def described(key: str) -> Response:
    """The description of a thing."""
    iri, form = _known(f"id/{key}")
    return _document(iri, form, describe(serving().store, iri))


@blueprint.get("/<path:path>")
def itself(path: str) -> Response:
    """A document that the graph names: a graph, an ontology, a data set."""
    iri, form = _known(path)
    store = serving().store
    chosen = _negotiated(form)
    if chosen is not HTML and store.select(query("graph-size"), {"iri": iri}):
        text = query("graph")
        blocks = store.answer(Question(text, default_graphs=(iri.value,)), chosen, serving().prefixes())
        return _answer(blocks, chosen, iri, [iri])
    return _document(iri, chosen, terms(store, iri) or describe(store, iri))


def _known(path: str) -> tuple[NamedNode, Format | None]:
    """The IRI that a path means and the format that its suffix names. Raises NotFoundError."""
    stripped = by_suffix(DOCUMENTS, path)
    for candidate, form in ((path, None), *([stripped] if stripped else [])):
        for iri in _iris(candidate):
            if is_known(serving().store, iri):
                return iri, form
    raise NotFoundError(f"Nothing is known of <{serving().settings.base}{path}>.")


def _iris(path: str) -> Iterator[NamedNode]:
    """The IRIs that a decoded path may stand for: as it is, with what must be escaped, or the ontology's with #."""
    base = serving().settings.base
    for spelled in dict.fromkeys((path, quote(path, safe=_SAFE), f"{path}#")):
        try:
            yield NamedNode(base + spelled)
        except ValueError:
            continue


def _negotiated(form: Format | None) -> Format:
    return form or negotiate(DOCUMENTS, request.headers.get("Accept"), request.args.get("format"))


def _document(iri: NamedNode, form: Format | None, statements: list[Statement]) -> Response:
    chosen = _negotiated(form)
    graphs = list(dict.fromkeys(statement.graph for statement in statements))
    if chosen is not HTML:
        return _answer(serialise(statements, chosen, serving().prefixes()), chosen, iri, graphs)
    return _answer(things.html(iri, statements, display()), HTML, iri, graphs)


def _answer(
    body: bytes | str | Iterable[bytes], form: Format, iri: NamedNode, graphs: Sequence[NamedNode | None]
) -> Response:
    answer = Response(body, content_type=form.content_type)
    answer.vary.update(["Accept", "Accept-Language"] if form is HTML else ["Accept"])
    base = serving().settings.base
    named = quote(iri.value, safe=_SAFE + "#?")
    links = [f'<{named}>; rel="describes"', f'<{named.replace(f"{base}id/", f"{base}doc/", 1)}>; rel="canonical"']
    if licence := _licence(graphs):
        links.append(f'<{quote(licence.value, safe=_SAFE + "#?")}>; rel="license"')
    answer.headers["Link"] = ", ".join(links)
    return answer


def _licence(graphs: Sequence[NamedNode | None]) -> NamedNode | None:
    """The one licence that all of the graphs are on; None where one is on another, or on none."""
    told = {row["graph"]: row["licence"] for row in serving().store.select(query("licences"))}
    found = {told.get(graph) if graph is not None else None for graph in graphs}
    only = found.pop() if len(found) == 1 else None
    return only if isinstance(only, NamedNode) else None
