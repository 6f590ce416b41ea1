"""`graph/meta`: what each named graph is, from where, on what terms, made by what (DCAT, PROV)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date
from importlib.metadata import version

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from loader import identifiers
from loader.build.graph_files import WrittenGraph
from loader.errors import CuratedError
from loader.namespaces import DCAT, DCTERMS, PREFIXES, PROV, RDF, RDFS, SH, SKOS, VOID, XSD
from loader.sources.project import ProjectData

Triple = tuple[URIRef, URIRef, Node]

_ABOUT = (DCTERMS.title, DCTERMS.description, DCTERMS.rights, RDFS.comment)
_INHERITED = (
    DCTERMS.title,
    DCTERMS.description,
    DCTERMS.license,
    DCTERMS.rights,
    DCTERMS.source,
    DCTERMS.publisher,
    identifiers.term("inDefaultGraph"),
)


def meta_triples(project: ProjectData, graphs: Sequence[WrittenGraph]) -> Iterator[Triple]:
    """Yield the catalogue, the description of each graph, and the names of the values of others that they use.

    Titles and terms come from the descriptions of sources, what the catalogue says of itself from the curated data.
    Raises CuratedError for a graph that no description names.
    """
    described, about = project.described, project.curated
    tool = identifiers.resource("software", f"nbkg-{version('nbkg')}")
    yield tool, RDF.type, PROV.SoftwareAgent
    yield tool, DCTERMS.title, Literal("nbkg", lang="en")
    yield tool, identifiers.term("version"), Literal(version("nbkg"))
    newest = max((graph.stream.issued for graph in graphs if graph.stream.issued), default=None)
    for graph in graphs:
        yield from _graph(described, graph, newest, tool)
    yield from _prefixes()
    names = [graph.stream.name for graph in graphs]
    yield from _catalogue(about, names)
    yield from _members(described, names)
    yield from ((URIRef(str(s)), URIRef(str(p)), o) for s, p, o in described)
    yield from _names(project.reference, {*described.objects(), *about.objects()})


def _names(reference: Graph, values: Set[Node]) -> Iterator[Triple]:
    """Yield what the lists of others call those of the values that they hold, and in which list each is."""
    for prop in (SKOS.prefLabel, SKOS.inScheme):
        yield from ((URIRef(str(s)), prop, o) for s, o in reference.subject_objects(prop) if s in values)


def _catalogue(about: Graph, graphs: Iterable[str]) -> Iterator[Triple]:
    """Yield the catalogue, which says of itself what the data set says: standing, terms, how to report an error."""
    catalogue, dataset = identifiers.dataset("catalogue"), identifiers.dataset("nbkg")
    yield catalogue, RDF.type, DCAT.Catalog
    yield catalogue, DCAT.dataset, dataset
    yield from ((catalogue, DCAT.dataset, identifiers.graph(name)) for name in graphs)
    for prop in _ABOUT:
        yield from ((catalogue, prop, value) for value in about.objects(dataset, prop))


def _members(described: Graph, graphs: Sequence[str]) -> Iterator[Triple]:
    """Yield the data sets of each series: `dataset/report/2025-10-14` holds the graphs of that date."""
    for series, part in described.subject_objects(DCTERMS.hasPart):
        if (series, RDF.type, DCAT.DatasetSeries) not in described:
            continue
        for graph in map(identifiers.graph, graphs):
            if graph.startswith(f"{part}/"):
                key = graph.removeprefix(f"{part}/")
                member = URIRef(f"{series}/{key}")
                yield member, RDF.type, DCAT.Dataset
                yield member, DCAT.inSeries, series
                yield member, DCTERMS.hasPart, graph
                for name in described.objects(series, DCTERMS.identifier):
                    yield member, DCTERMS.identifier, Literal(f"{name}-{key.replace('/', '-')}")
                for title in described.objects(series, DCTERMS.title):
                    if isinstance(title, Literal):
                        yield member, DCTERMS.title, Literal(f"{title}, {key}", lang=title.language)


def _prefixes() -> Iterator[Triple]:
    """Yield the prefixes of our files for readers and queries (https://www.w3.org/TR/shacl/#sparql-prefixes)."""
    for prefix, namespace in PREFIXES.items():
        node = identifiers.resource("prefix", prefix)
        yield identifiers.dataset("nbkg"), SH.declare, node
        yield node, SH.prefix, Literal(prefix)
        yield node, SH.namespace, Literal(namespace, datatype=XSD.anyURI)


def _graph(described: Graph, graph: WrittenGraph, newest: date | None, tool: URIRef) -> Iterator[Triple]:
    name, issued = graph.stream.name, graph.stream.issued
    iri, activity = identifiers.graph(name), identifiers.resource("activity", "build", *name.split("/"))
    yield iri, RDF.type, DCAT.Dataset
    yield iri, RDF.type, PROV.Entity
    yield iri, DCTERMS.isPartOf, identifiers.dataset("nbkg")
    yield iri, VOID.triples, Literal(graph.count)
    yield iri, identifiers.term("sha256"), Literal(graph.sha256)
    yield iri, PROV.wasGeneratedBy, activity
    yield activity, RDF.type, PROV.Activity
    yield activity, PROV.wasAssociatedWith, tool
    if day := issued or newest:
        yield iri, DCTERMS.issued if issued else DCTERMS.modified, Literal(day)
    yield from _described(described, graph, iri)
    yield from ((activity, PROV.used, entity) for entity in graph.stream.used)


def _described(described: Graph, graph: WrittenGraph, iri: URIRef) -> Iterator[Triple]:
    """Yield title and terms: those of the description of such graphs (`graph:report`), else those of the source.

    A source has graphs of several kinds where it has more than one: what such graphs hold is then added to the title.
    """
    template = identifiers.graph(graph.stream.name.partition("/")[0])
    candidates = [node for node in (template, graph.stream.source) if node and (node, DCTERMS.title, None) in described]
    if not candidates:
        raise CuratedError(f"the graph <{template}> is not described; give it a title and terms", file="sources.ttl")
    for prop in _INHERITED:
        for value in described.objects(candidates[0], prop):
            title = _with_content(value, template, described)
            yield iri, prop, _dated(title, graph.stream.issued) if prop == DCTERMS.title else value


def _with_content(title: Node, template: URIRef, described: Graph) -> Node:
    """Return a title with what graphs of a kind hold (`graph:crosswalk rdfs:label`), in the language of the title."""
    labels = {getattr(label, "language", None): label for label in described.objects(template, RDFS.label)}
    if not labels or not isinstance(title, Literal):
        return title
    content = labels.get(title.language) or labels[min(labels, key=str)]
    return Literal(f"{title}: {content}", lang=title.language)


def _dated(title: Node, issued: date | None) -> Node:
    if not issued or not isinstance(title, Literal):
        return title
    return Literal(f"{title}, {issued}", lang=title.language)
