"""`/.well-known/void`: what is served here, as a data set with its numbers (https://www.w3.org/TR/void/#well-known).

What a store without a description holds is told without numbers, see `sparql_endpoint.services.void_counts`.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, render_template, request
from pyoxigraph import NamedNode

from nbkg.rdf.solutions import Term
from nbkg.rdf.vocabulary import DCTERMS, FOAF, FORMATS, VOID
from nbkg.void.counts import Claim
from nbkg.void.description import TERMS_OF_USE, TYPE, describe, term
from sparql_endpoint.http.formats import DOCUMENTS, GRAPHS, HTML
from sparql_endpoint.services import void_counts
from sparql_endpoint.services.labels import request_labels
from sparql_endpoint.services.requested_format import requested_format
from sparql_endpoint.services.resource_description import Statement, serialise
from sparql_endpoint.services.services import Serving, serving
from sparql_endpoint.services.void_counts import Contents

blueprint = Blueprint("void", __name__)
_PATH = ".well-known/void"
_PREFIXES = {"void": VOID, "dcterms": DCTERMS, "foaf": FOAF, "formats": FORMATS}


@blueprint.get(f"/{_PATH}")
@blueprint.get(f"/{_PATH}.<suffix>")
def void(suffix: str = "") -> Response:
    """Respond with the description in the format that the request accepts, or that the suffix names."""
    form = requested_format(DOCUMENTS, suffix)
    here, contents = serving(), void_counts.contents()
    dataset = contents.dataset(here.settings.base)
    if form is HTML:
        body: bytes | str = _page(dataset, contents)
    else:
        statements = [Statement(*statement, None) for statement in _statements(dataset, contents, here)]
        body = serialise(statements, form, {**here.prefixes(), **_PREFIXES})
    response = Response(body, content_type=form.content_type)
    response.vary.update(["Accept", "Accept-Language"] if form is HTML else ["Accept"])
    response.headers["Link"] = f'{dataset}; rel="describes"'
    return response


def _statements(dataset: NamedNode, contents: Contents, here: Serving) -> Iterator[tuple[NamedNode, NamedNode, Term]]:
    """Yield what this document is, how the data is accessed, then what it holds."""
    document = NamedNode(f"{here.settings.base}{_PATH}")
    yield document, TYPE, term("DatasetDescription")
    yield document, NamedNode(f"{FOAF}primaryTopic"), dataset
    yield dataset, term("sparqlEndpoint"), NamedNode(f"{request.url_root}sparql")
    for form in GRAPHS:
        yield dataset, term("feature"), NamedNode(FORMATS + form.w3c)
    if contents.counts is None:
        yield from _graphs(dataset, contents)
        return
    for triple in describe(contents.counts, here.settings.base):
        if isinstance(triple.subject, NamedNode):
            yield triple.subject, triple.predicate, triple.object


def _graphs(dataset: NamedNode, contents: Contents) -> Iterator[Claim]:
    """Yield the graphs of a data set without numbers, https://www.w3.org/TR/void/#subset."""
    yield dataset, TYPE, term("Dataset")
    claims = contents.claims
    yield from (claim for claim in claims.datasets if claim[0] == dataset and claim[1].value not in TERMS_OF_USE)
    for graph in contents.graphs:
        yield dataset, term("subset"), graph
        yield graph, TYPE, term("Dataset")
    yield from claims.graphs


def _page(dataset: NamedNode, contents: Contents) -> str:
    labels, counts = request_labels(), contents.counts
    triples = {graph.name: graph.triples for graph in counts.graphs} if counts else {}
    return render_template(
        "void.html",
        name=labels.of(dataset),
        iri=dataset.value,
        counts=counts,
        graphs=[
            (labels.of(graph), triples.get(graph), [labels.of(licence) for licence in _licences(graph, contents)])
            for graph in contents.graphs
        ],
        classes=[(labels.of(count.name), count.entities) for count in (counts.classes if counts else ())],
        properties=[(labels.of(count.property), count.triples) for count in (counts.properties if counts else ())],
        links=[(labels.of(link.property), link.space, link.triples) for link in (counts.links if counts else ())],
        formats=GRAPHS,
    )


def _licences(graph: NamedNode, contents: Contents) -> list[Term]:
    return [value for name, prop, value in contents.claims.graphs if name == graph and prop.value == TERMS_OF_USE[0]]
