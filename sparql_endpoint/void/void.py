"""`/.well-known/void`: what is served here, as a data set with its numbers.

https://www.w3.org/TR/void/#well-known. A store that `nbkg load` made holds its numbers. In others they are counted
once for each version of the data; the first request after a change waits for it, for ten million triples some minutes.
Where one of the counts passes the limits of a query the answer is 503 with Retry-After: such a store needs higher
limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from flask import Blueprint, Response, current_app, render_template, request
from flask.blueprints import BlueprintSetupState
from pyoxigraph import BlankNode, Literal, NamedNode

from sparql_endpoint.errors import NotFoundError
from sparql_endpoint.http.formats import DOCUMENTS, GRAPHS, HTML, Format, by_suffix, negotiate
from sparql_endpoint.services.labels import request_labels
from sparql_endpoint.services.per_version import Versioned
from sparql_endpoint.services.resource_description import Statement, serialise
from sparql_endpoint.services.services import Serving, serving
from sparql_endpoint.stores import is_built
from sparql_endpoint.stores.base import Term
from sparql_endpoint.void.census import Census, ClassCount, GraphCount, LinkCount, PropertyCount, census
from sparql_endpoint.void.stored_census import stored_census

blueprint = Blueprint("void", __name__)
_NAME = "sparql_endpoint.void.void"
_PATH = ".well-known/void"
_VOID = "http://rdfs.org/ns/void#"
_DCTERMS = "http://purl.org/dc/terms/"
_FOAF = "http://xmlns.com/foaf/0.1/"
_FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PREFIXES = {"void": _VOID, "dcterms": _DCTERMS, "foaf": _FOAF, "formats": _FORMATS}
_TERMS_OF_USE = (f"{_DCTERMS}license", f"{_DCTERMS}rights")

_Triple = tuple[NamedNode | BlankNode, NamedNode, Term]


@blueprint.record
def _installed(state: BlueprintSetupState) -> None:
    """Each application keeps one description."""
    state.app.extensions[_NAME] = Versioned[Census]()


@blueprint.get(f"/{_PATH}")
def void() -> Response:
    """The description."""
    return _answered(negotiate(DOCUMENTS, request.headers.get("Accept"), request.args.get("format")))


@blueprint.get(f"/{_PATH}.<suffix>")
def void_as(suffix: str) -> Response:
    """The description in the format that a suffix names."""
    found = by_suffix(DOCUMENTS, f"{_PATH}.{suffix}")
    if not found:
        raise NotFoundError(f"There is no format with the suffix “{suffix}”.")
    return _answered(found[1])


def _answered(form: Format) -> Response:
    here, numbers = serving(), counted()
    dataset = _dataset(numbers, here)
    if form is HTML:
        body: bytes | str = _page(dataset, numbers)
    else:
        statements = [Statement(s, p, o, None) for s, p, o in _triples(dataset, numbers, here)]
        body = serialise(statements, form, {**here.prefixes(), **_PREFIXES})
    answer = Response(body, content_type=form.content_type)
    answer.vary.update(["Accept", "Accept-Language"] if form is HTML else ["Accept"])
    answer.headers["Link"] = f'{dataset}; rel="describes"'
    return answer


def counted() -> Census:
    """The numbers of the data that is served now, counted once for each version of it."""
    here = serving()
    kept = cast(Versioned[Census], current_app.extensions[_NAME])
    most = here.settings.threads // 2
    version = here.store.version
    return kept.get(version, lambda: _census(here), most)


def known() -> Census | None:
    """The numbers, where a built store holds them; None where they would have to be counted."""
    here = serving()
    return counted() if _is_built(here) and here.store.has_graph(f"{here.settings.base}graph/void") else None


def _census(here: Serving) -> Census:
    stored = stored_census(here.store, here.settings.base) if _is_built(here) else None
    return stored or census(here.store, here.settings.base)


def _is_built(here: Serving) -> bool:
    return here.writable is None and is_built(here.settings.store)


def _dataset(counted: Census, here: Serving) -> NamedNode:
    """What the data says that the graphs are parts of; else `#dataset` of this document."""
    return counted.dataset or NamedNode(f"{here.settings.base}{_PATH}#dataset")


def _triples(dataset: NamedNode, counted: Census, here: Serving) -> Iterator[_Triple]:
    """Section by section of https://www.w3.org/TR/void/: general metadata, access, structure."""
    document = NamedNode(f"{here.settings.base}{_PATH}")
    yield document, _TYPE, _void("DatasetDescription")
    yield document, NamedNode(f"{_FOAF}primaryTopic"), dataset
    yield dataset, _TYPE, _void("Dataset")
    yield from (said for said in counted.said.of_wholes if said[0] == dataset and said[1].value not in _TERMS_OF_USE)
    yield dataset, _void("sparqlEndpoint"), NamedNode(f"{request.url_root}sparql")
    for form in GRAPHS:
        yield dataset, _void("feature"), NamedNode(_FORMATS + form.w3c)
    if counted.based:
        yield dataset, _void("uriSpace"), Literal(here.settings.base)
    yield from ((dataset, _void("exampleResource"), example) for example in counted.examples)
    yield from ((dataset, _void("vocabulary"), NamedNode(name)) for name in _vocabularies(counted.properties, here))
    yield from _numbers(dataset, counted)
    yield from _subsets(dataset, counted)
    for place, of_class in enumerate(counted.classes):
        yield from _class_partition(dataset, BlankNode(f"class{place}"), of_class)
    yield from _property_partitions(dataset, "property", counted.properties)
    yield from _linksets(dataset, counted.links)


def _numbers(dataset: NamedNode, counted: Census) -> Iterator[_Triple]:
    """https://www.w3.org/TR/void/#statistics."""
    yield dataset, _void("triples"), Literal(counted.triples)
    yield dataset, _void("entities"), Literal(counted.entities)
    yield dataset, _void("distinctSubjects"), Literal(counted.subjects)
    yield dataset, _void("distinctObjects"), Literal(counted.objects)
    yield dataset, _void("properties"), Literal(len(counted.properties))
    yield dataset, _void("classes"), Literal(counted.class_count)


def _subsets(dataset: NamedNode, counted: Census) -> Iterator[_Triple]:
    """https://www.w3.org/TR/void/#subset: the named graphs, each with its own title and terms."""
    yield from ((dataset, _void("subset"), graph.name) for graph in counted.graphs)
    for graph in counted.graphs:
        yield from _graph(graph)
        yield from (said for said in counted.said.of_graphs if said[0] == graph.name)


def _graph(graph: GraphCount) -> Iterator[_Triple]:
    yield graph.name, _TYPE, _void("Dataset")
    yield graph.name, _void("triples"), Literal(graph.triples)
    yield graph.name, _void("distinctSubjects"), Literal(graph.subjects)
    yield graph.name, _void("distinctObjects"), Literal(graph.objects)
    yield graph.name, _void("properties"), Literal(graph.properties)


def _class_partition(dataset: NamedNode, node: BlankNode, of_class: ClassCount) -> Iterator[_Triple]:
    """https://www.w3.org/TR/void/#class-property-partitions."""
    yield dataset, _void("classPartition"), node
    yield node, _void("class"), of_class.name
    yield node, _void("entities"), Literal(of_class.entities)
    yield from _property_partitions(node, f"{node.value}property", of_class.properties)


def _property_partitions(
    whole: NamedNode | BlankNode, label: str, properties: Sequence[PropertyCount]
) -> Iterator[_Triple]:
    for place, count in enumerate(properties):
        node = BlankNode(f"{label}{place}")
        yield whole, _void("propertyPartition"), node
        yield node, _void("property"), count.property
        yield node, _void("triples"), Literal(count.triples)


def _linksets(dataset: NamedNode, links: Sequence[LinkCount]) -> Iterator[_Triple]:
    """https://www.w3.org/TR/void/#linkset."""
    targets = {space: BlankNode(f"target{place}") for place, space in enumerate(sorted({link.space for link in links}))}
    for place, link in enumerate(links):
        node = BlankNode(f"linkset{place}")
        yield dataset, _void("subset"), node
        yield node, _TYPE, _void("Linkset")
        yield node, _void("linkPredicate"), link.property
        yield node, _void("subjectsTarget"), dataset
        yield node, _void("objectsTarget"), targets[link.space]
        yield node, _void("triples"), Literal(link.triples)
    for space, target in targets.items():
        yield target, _TYPE, _void("Dataset")
        yield target, _void("uriSpace"), Literal(space)


def _vocabularies(properties: Sequence[PropertyCount], here: Serving) -> list[str]:
    """The namespaces of the properties: those that the data declares, else all before the last `#`, `/` or `:`."""
    declared = sorted(here.prefixes().values(), key=len, reverse=True)
    return sorted({_namespace(count.property.value, declared) for count in properties})


def _namespace(iri: str, declared: Sequence[str]) -> str:
    end = max(iri.rfind("#"), iri.rfind("/"), iri.rfind(":")) + 1
    return next((name for name in declared if iri.startswith(name)), iri[:end])


def _page(dataset: NamedNode, counted: Census) -> str:
    labels = request_labels()
    terms = {graph.name: [labels.of(value) for value in _terms_of(graph, counted)] for graph in counted.graphs}
    return render_template(
        "void.html",
        name=labels.of(dataset),
        iri=dataset.value,
        counted=counted,
        graphs=[(labels.of(graph.name), graph.triples, terms[graph.name]) for graph in counted.graphs],
        classes=[(labels.of(of.name), of.entities) for of in counted.classes],
        properties=[(labels.of(count.property), count.triples) for count in counted.properties],
        links=[(labels.of(link.property), link.space, link.triples) for link in counted.links],
        formats=GRAPHS,
    )


def _terms_of(graph: GraphCount, counted: Census) -> list[Term]:
    """The licences of a graph."""
    licence = _TERMS_OF_USE[0]
    return [value for name, prop, value in counted.said.of_graphs if name == graph.name and prop.value == licence]


def _void(term: str) -> NamedNode:
    return NamedNode(_VOID + term)
