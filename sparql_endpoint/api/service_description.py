"""The service description: what this endpoint can do, in RDF.

https://www.w3.org/TR/sparql11-service-description/

No vocabulary has terms for a service's limits: they are described as schema:PropertyValue of the service
(https://schema.org/PropertyValue), with the units of UN/CEFACT.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode

from nbkg.rdf.solutions import Term
from nbkg.rdf.vocabulary import DCTERMS, FORMATS, RDFS, SCHEMA, SD, VOID
from nbkg.storage.default_graph import DefaultGraph
from nbkg.void.description import TYPE
from sparql_endpoint.http.formats import GRAPHS, HTML, RESULTS
from sparql_endpoint.protocol.operation import AS_OF
from sparql_endpoint.queries import query
from sparql_endpoint.services import void_counts
from sparql_endpoint.services.resource_description import Statement
from sparql_endpoint.services.services import Serving
from sparql_endpoint.settings import Settings
from sparql_endpoint.sparql import guard

_DEFAULT_GRAPHS = {
    DefaultGraph.PRESENT: "The present: the RDF merge of the graphs that are its parts. History and evidence stand in "
    "the other named graphs; ask for them with GRAPH or FROM.",
    DefaultGraph.UNION: "The RDF merge of all graphs.",
    DefaultGraph.PLAIN: "The store's own unnamed graph. The named graphs are no part of it; ask for them with GRAPH "
    "or FROM.",
}
PREFIXES = {"sd": SD, "dcterms": DCTERMS, "void": VOID, "formats": FORMATS, "schema": SCHEMA, "rdfs": RDFS}


def service_description(serving: Serving, address: str) -> list[Statement]:
    """Return the statements; `address` is where the client reached the endpoint."""
    return [Statement(s, p, o, None) for s, p, o in _triples(serving, NamedNode(address))]


_Triple = tuple[NamedNode | BlankNode, NamedNode, NamedNode | BlankNode | Literal]


def _triples(serving: Serving, service: NamedNode) -> Iterator[_Triple]:
    dataset = BlankNode("dataset")
    yield service, TYPE, _sd("Service")
    yield service, _sd("endpoint"), service
    yield service, _sd("supportedLanguage"), _sd("SPARQL11Query")
    if serving.writable is not None:
        yield service, _sd("supportedLanguage"), _sd("SPARQL11Update")
        for form in GRAPHS:
            yield service, _sd("inputFormat"), NamedNode(FORMATS + form.w3c)
    if serving.settings.hosts:
        yield service, _sd("feature"), _sd("BasicFederatedQuery")
    left_out = _left_out(serving)
    if left_out is not None and not left_out:
        yield service, _sd("feature"), _sd("UnionDefaultGraph")
    for form in (*RESULTS, *GRAPHS):
        if form is not HTML:
            yield service, _sd("resultFormat"), NamedNode(FORMATS + form.w3c)
    yield from _limits(service, serving.settings)
    yield from _releases(service, serving)
    yield service, _sd("defaultDataset"), dataset
    yield dataset, TYPE, _sd("Dataset")
    default = BlankNode("default")
    yield dataset, _sd("defaultGraph"), default
    yield default, TYPE, _sd("Graph")
    yield default, NamedNode(RDFS + "comment"), Literal(_DEFAULT_GRAPHS[serving.settings.default_graph], language="en")
    for number, (graph, count) in enumerate(_graphs(serving)):
        yield from _named_graph(dataset, number, graph, count)
        if left_out is not None and graph.value not in left_out:
            yield default, NamedNode(DCTERMS + "hasPart"), graph


def _graphs(serving: Serving) -> Iterator[tuple[NamedNode, Term | None]]:
    """Yield the named graphs and how many statements they hold; nobody can make another server count them."""
    if serving.store.version():
        for row in serving.store.select(query("graphs")):
            if isinstance(graph := row["graph"], NamedNode):
                yield graph, row["count"]
    else:
        contents = void_counts.contents()
        counts = {graph.name: Literal(graph.triples) for graph in contents.counts.graphs} if contents.counts else {}
        yield from ((graph, counts.get(graph)) for graph in contents.graphs)


def _left_out(serving: Serving) -> Sequence[str] | None:
    """Return the named graphs that the default graph leaves out; None where it holds no named graph at all."""
    if serving.settings.default_graph == DefaultGraph.PLAIN:
        return None
    return serving.store.left_out() if serving.settings.default_graph == DefaultGraph.PRESENT else ()


def _limits(service: NamedNode, settings: Settings) -> Iterator[_Triple]:
    """Yield what limits queries and clients; what has no limit is left out."""
    limits = (
        ("time-limit", "seconds that a query may take", settings.time_limit, "SEC"),
        ("memory-limit", "megabytes that a query may take", settings.memory_limit, "4L"),
        ("queries", "queries that run at once", settings.workers, "C62"),
        ("client-queries", "queries of one client that run at once", settings.client_queries, "C62"),
        ("client-requests", "requests of one client in a minute", settings.client_requests, "C62"),
        ("query-length", "characters of a query", guard.MAX_CHARACTERS, "C62"),
        ("query-depth", "brackets that may nest", guard.MAX_DEPTH, "C62"),
    )
    for key, name, value, unit in limits:
        if value:
            limit = BlankNode(key.replace("-", ""))
            yield service, NamedNode(SCHEMA + "additionalProperty"), limit
            yield limit, TYPE, NamedNode(SCHEMA + "PropertyValue")
            yield limit, NamedNode(SCHEMA + "propertyID"), Literal(key)
            yield limit, NamedNode(SCHEMA + "name"), Literal(name, language="en")
            yield limit, NamedNode(SCHEMA + "value"), Literal(value)
            yield limit, NamedNode(SCHEMA + "unitCode"), Literal(unit)


def _releases(service: NamedNode, serving: Serving) -> Iterator[_Triple]:
    """Yield the releases that a query can name by the parameter `as-of`."""
    names = serving.release_names()
    if names:
        parameter = BlankNode("asof")
        yield service, NamedNode(SCHEMA + "additionalProperty"), parameter
        yield parameter, TYPE, NamedNode(SCHEMA + "PropertyValue")
        yield parameter, NamedNode(SCHEMA + "propertyID"), Literal(AS_OF)
        yield parameter, NamedNode(SCHEMA + "name"), Literal("releases that can be asked", language="en")
        for name in names:
            yield parameter, NamedNode(SCHEMA + "value"), Literal(name)


def _named_graph(dataset: BlankNode, number: int, graph: NamedNode, count: Term | None) -> Iterator[_Triple]:
    node, content = BlankNode(f"named{number}"), BlankNode(f"graph{number}")
    yield dataset, _sd("namedGraph"), node
    yield node, TYPE, _sd("NamedGraph")
    yield node, _sd("name"), graph
    yield node, _sd("graph"), content
    yield content, TYPE, _sd("Graph")
    if isinstance(count, Literal):
        yield content, NamedNode(VOID + "triples"), count


def _sd(term: str) -> NamedNode:
    return NamedNode(SD + term)
