"""A whole graph at its own address, in RDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from sparql_endpoint.errors import NotAcceptableError
from sparql_endpoint.http.etags import Validators, tag
from sparql_endpoint.http.formats import DOCUMENTS, HTML, LINKSET, Format, by_suffix, negotiate
from sparql_endpoint.http.request import Request
from sparql_endpoint.http.request_context import RequestContext
from sparql_endpoint.http.response import Representation, Response
from sparql_endpoint.pages.frame import signposting
from sparql_endpoint.protocol.operation import format_names, parse_arguments
from sparql_endpoint.queries import query
from sparql_endpoint.services.services import Serving
from sparql_endpoint.services.tombstones import find_tombstone
from sparql_endpoint.stores.base import Question

PATH = "/graph"
METHODS = ("GET", "HEAD")
_OFFERED = (*DOCUMENTS, LINKSET)
_ESCAPED_BY_BROWSERS = re.compile(r"(?:%[89A-F][0-9A-F])+")
_ESCAPED_NOT_ASCII = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")


def respond(serving: Serving, request: Request, context: RequestContext) -> Response | None:
    """Return the graph that an address names; None where that is a page, or no graph that is served.

    Called within the context of the Flask application.
    """
    for path, suffix_format in _candidates(request.path.lstrip("/")):
        form = suffix_format or _negotiate(request)
        if form in (None, HTML, LINKSET):
            continue
        for iri in iris(serving.settings.base, path):
            if find_tombstone(serving.store, iri) is None and (response := serialize(serving, request, iri, form)):
                context.is_stable = bool(serving.store.version())
                return response
    return None


def _candidates(path: str) -> Iterator[tuple[str, Format | None]]:
    """Yield the path, and what it is without a suffix that names a format."""
    yield path, None
    if stripped := by_suffix(_OFFERED, path):
        yield stripped


def _negotiate(request: Request) -> Format | None:
    try:
        names = format_names(parse_arguments(request.query_string))
        return negotiate(_OFFERED, request.headers.get("accept"), *names)
    except NotAcceptableError:  # a page says so, where the address names anything at all
        return None


def iris(base: str, path: str) -> Iterator[NamedNode]:
    """Yield the IRIs that a path may stand for, the likeliest first, that of an ontology last."""
    for spelling in dict.fromkeys(_spellings(path)):
        try:
            yield NamedNode(base + spelling)
        except ValueError:
            continue


def _spellings(path: str) -> Iterator[str]:
    """Yield how an IRI may spell a path.

    Browsers escape what is not ASCII, in upper case (https://url.spec.whatwg.org/#string-percent-encode-after-encoding),
    so `%C3%A5` is a link to `å`, and only else the IRI with these escapes, whose own links go by `/resource?iri=`. All
    other escapes are first what they are; some clients escape more, or less, than the IRI does.
    """
    yield _ESCAPED_BY_BROWSERS.sub(_unescape, path)
    yield path
    yield _ESCAPED_NOT_ASCII.sub(_unescape, path)
    decoded = unquote(path)
    yield decoded
    yield quote(decoded, safe=signposting.SAFE)
    yield f"{decoded}#"


def _unescape(match: re.Match[str]) -> str:
    try:
        return unquote(match.group(), errors="strict")
    except UnicodeDecodeError:
        return match.group()


def serialize(serving: Serving, request: Request, iri: NamedNode, form: Format) -> Response | None:
    """Return a graph in an RDF format; None where the store has no graph of that name."""
    store = serving.store
    if not store.select(query("graph-size"), {"iri": iri}):
        return None
    version = store.version()
    validators = Validators(tag(version, iri.value, form.name) if version else "", store.modified())
    link = signposting.header(signposting.links(iri, form, [iri]))
    representation = Representation(form.content_type, version, validators, headers=(("link", link),))
    if not_modified := representation.find_not_modified(request):
        return not_modified
    question = Question(query("graph"), default_graphs=(iri.value,))
    return representation.respond(request, store.answer(question, form, serving.prefixes()))
