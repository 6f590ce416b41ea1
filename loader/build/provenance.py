"""`graph/meta`: what each named graph is, from where, on what terms, made by what (DCAT, PROV)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import version

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from loader import identifiers
from loader.errors import CuratedError
from loader.namespaces import DCAT, DCTERMS, NBKG, PREFIXES, PROV, RDF, RDFS, SH, VOID, XSD
from loader.status_report.model.report import Report
from loader.status_report.quotes import Triple
from nbkg.rdf.canonical import CanonicalGraph

_STANDING = (DCTERMS.title, DCTERMS.description, DCTERMS.rights, RDFS.comment)
_INHERITED = (DCTERMS.title, DCTERMS.description, DCTERMS.license, DCTERMS.rights, DCTERMS.source, DCTERMS.publisher)


def meta_triples(
    described: Graph, about: Graph, graphs: Mapping[str, CanonicalGraph], reports: Sequence[Report]
) -> Iterator[Triple]:
    """The catalogue and the description of each graph in `graphs` (name to content).

    Titles and terms come from `data/sources.ttl`, the standing from the curated Turtle `about`.

    Raises CuratedError for a graph that `data/sources.ttl` does not describe.
    """
    tool = identifiers.thing("software", f"nbkg-{version('nbkg')}")
    yield tool, RDF.type, PROV.SoftwareAgent
    yield tool, DCTERMS.title, Literal("nbkg", lang="en")
    yield tool, NBKG.version, Literal(version("nbkg"))
    newest = max((report.issued for report in reports), default=None)
    for name, content in graphs.items():
        yield from _graph(described, name, content, newest, tool)
    yield from _prefixes()
    yield from _catalogue(about, graphs)
    yield from ((URIRef(str(s)), URIRef(str(p)), o) for s, p, o in described)


def _catalogue(about: Graph, graphs: Iterable[str]) -> Iterator[Triple]:
    """The catalogue, which says of itself what the data set says: its standing, its terms, how to report an error."""
    catalogue, whole = identifiers.dataset("catalogue"), identifiers.dataset("nbkg")
    yield catalogue, RDF.type, DCAT.Catalog
    yield catalogue, DCAT.dataset, whole
    yield from ((catalogue, DCAT.dataset, identifiers.graph(name)) for name in graphs)
    for prop in _STANDING:
        yield from ((catalogue, prop, value) for value in about.objects(whole, prop))


def _prefixes() -> Iterator[Triple]:
    """The prefixes of our files, for whoever reads or asks the graph (https://www.w3.org/TR/shacl/#sparql-prefixes)."""
    for prefix, namespace in PREFIXES.items():
        node = identifiers.thing("prefix", prefix)
        yield identifiers.dataset("nbkg"), SH.declare, node
        yield node, SH.prefix, Literal(prefix)
        yield node, SH.namespace, Literal(namespace, datatype=XSD.anyURI)


def _graph(described: Graph, name: str, content: CanonicalGraph, newest: date | None, tool: URIRef) -> Iterator[Triple]:
    iri = identifiers.graph(name)
    kind, _, issued = name.partition("/")
    template = identifiers.graph(kind)
    if (template, DCTERMS.title, None) not in described:
        raise CuratedError(f"the graph <{template}> is not described; give it a title and terms", file="sources.ttl")
    activity = identifiers.thing("activity", "build", *name.split("/"))
    yield iri, RDF.type, DCAT.Dataset
    yield iri, RDF.type, PROV.Entity
    yield iri, DCTERMS.isPartOf, identifiers.dataset("nbkg")
    yield iri, VOID.triples, Literal(len(content.triples))
    yield iri, NBKG.sha256, Literal(content.sha256)
    yield iri, PROV.wasGeneratedBy, activity
    yield activity, RDF.type, PROV.Activity
    yield activity, PROV.wasAssociatedWith, tool
    day = date.fromisoformat(issued) if issued else newest
    if day:
        yield iri, DCTERMS.issued if issued else DCTERMS.modified, Literal(day)
    for prop in _INHERITED:
        for value in described.objects(template, prop):
            yield iri, prop, _dated(value, issued) if prop == DCTERMS.title else value
    if issued:
        yield activity, PROV.used, identifiers.text(date.fromisoformat(issued))


def _dated(title: Node, issued: str) -> Node:
    if not issued or not isinstance(title, Literal):
        return title
    return Literal(f"{title}, {issued}", lang=title.language)
