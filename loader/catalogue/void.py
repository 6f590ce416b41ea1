"""The release as VoID: what the store's own description says, with the files and where they can be asked.

https://www.w3.org/TR/void/.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef

from loader import identifiers
from loader.catalogue import media_types as formats
from loader.catalogue.dcat import Publication
from loader.namespaces import BASE, DCTERMS, FOAF, RDF, VOID, XSD
from loader.release.model import DataSet
from loader.status_report.quotes import Triple
from loader.store.default_graph import complete, description
from nbkg.rdf.rdflib_terms import to_rdflib


def recounted(store: ox.Store, base: str, scratch: Path) -> Graph:
    """What a store that may have changed holds now: counted in a copy in the folder `scratch`, gone afterwards."""
    void = description(base)
    copy = ox.Store(str(scratch))
    copy.bulk_extend(quad for quad in store if quad.graph_name != void)
    complete(copy, "all", base)
    counted = described(copy, base)
    del copy
    shutil.rmtree(scratch)
    return counted


def described(store: ox.Store, base: str) -> Graph:
    """What a store says of itself, with our own base in place of its; empty where it was never counted."""
    graph = Graph()
    for quad in store.quads_for_pattern(None, None, None, description(base)):
        subject, predicate, value = (to_rdflib(term) for term in (quad.subject, quad.predicate, quad.object))
        graph.add(tuple(_based(term, base) for term in (subject, predicate, value)))  # type: ignore[arg-type]  # three terms
    return graph


def void_triples(of: Publication, counted: Graph) -> Iterator[Triple]:
    """The description of all, of each data set, and of this document."""
    yield from ((URIRef(str(s)), URIRef(str(p)), o) for s, p, o in counted)
    document = of.addresses.release(of.release.version, "void.ttl")
    yield document, RDF.type, VOID.DatasetDescription
    yield document, DCTERMS.issued, Literal(of.release.issued, datatype=XSD.date)
    for whole in counted.subjects(VOID.classes):
        yield document, FOAF.primaryTopic, whole
        yield URIRef(str(whole)), VOID.sparqlEndpoint, of.addresses.sparql
    for dataset in of.release.datasets:
        yield from _dataset(of, dataset)
        if (URIRef(dataset.iri), VOID.classes, None) not in counted:
            yield from _parts(dataset)


def _parts(dataset: DataSet) -> Iterator[Triple]:
    """Its graphs; of the whole those that are counted are told already."""
    node = URIRef(dataset.iri)
    yield from (
        (node, VOID.subset, URIRef(part.iri)) for part in dataset.graphs if part.iri and part.iri != dataset.iri
    )


def _dataset(of: Publication, dataset: DataSet) -> Iterator[Triple]:
    node = URIRef(dataset.iri)
    yield node, RDF.type, VOID.Dataset
    yield from ((node, DCTERMS.title, Literal(title, lang=language)) for language, title in dataset.title.items())
    yield node, DCTERMS.issued, Literal(of.release.issued, datatype=XSD.date)
    if dataset.licence:
        yield node, DCTERMS.license, URIRef(dataset.licence)
    else:
        yield node, DCTERMS.rights, identifiers.part(node, "rights")
    yield node, VOID.sparqlEndpoint, of.addresses.sparql
    for file in dataset.files:
        yield node, VOID.dataDump, of.addresses.release(of.release.version, file.path)
        if feature := formats.feature(file.format):
            yield node, VOID.feature, feature


def _based(term: object, base: str) -> object:
    return URIRef(term.replace(base, BASE)) if base != BASE and isinstance(term, URIRef) else term
