"""The release as VoID: the store's own description, with the files and the SPARQL endpoint.

https://www.w3.org/TR/void/.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef

from loader import identifiers
from loader.catalogue import media_types
from loader.catalogue.dcat import Publication
from loader.catalogue.knowledge import Triple, rebased_triples
from loader.namespaces import DCTERMS, FOAF, RDF, VOID, XSD
from loader.release.release_index import DataSet
from loader.store.default_graph import find_left_out
from nbkg.void import store_counts
from nbkg.void.description import describe, description_graph


def count_store(store: ox.Store, base: str, scratch: Path) -> Graph:
    """Return the VoID description of a store as it is now, counted in the folder `scratch`, which is removed."""
    counts = store_counts.count_store(store, base, scratch, default=True, left_out=find_left_out(store, base))
    shutil.rmtree(scratch, ignore_errors=True)
    return _rdflib_graph(describe(counts, base), base)


def read_void(store: ox.Store, base: str) -> Graph:
    """Return what a store states of itself, with our own base in place of its; empty where it was never counted."""
    return _rdflib_graph(store.quads_for_pattern(None, None, None, description_graph(base)), base)


def _rdflib_graph(statements: Iterable[ox.Triple | ox.Quad], base: str) -> Graph:
    graph = Graph()
    graph += rebased_triples(statements, base)
    return graph


def void_triples(publication: Publication, counts: Graph) -> Iterator[Triple]:
    """Yield the description of everything, of each data set, and of this document."""
    yield from ((URIRef(str(s)), URIRef(str(p)), o) for s, p, o in counts)
    document = publication.addresses.release(publication.release.name, "void.ttl")
    yield document, RDF.type, VOID.DatasetDescription
    yield document, DCTERMS.issued, Literal(publication.release.issued, datatype=XSD.date)
    for everything in counts.subjects(VOID.classes):
        yield document, FOAF.primaryTopic, everything
        yield URIRef(str(everything)), VOID.sparqlEndpoint, publication.addresses.service("sparql")
    for dataset in publication.release.datasets:
        yield from _dataset(publication, dataset)
        if (URIRef(dataset.iri), VOID.classes, None) not in counts:
            yield from _parts(dataset)


def _parts(dataset: DataSet) -> Iterator[Triple]:
    """Yield the graphs of a data set."""
    node = URIRef(dataset.iri)
    yield from (
        (node, VOID.subset, URIRef(part.iri)) for part in dataset.graphs if part.iri and part.iri != dataset.iri
    )


def _dataset(publication: Publication, dataset: DataSet) -> Iterator[Triple]:
    node = URIRef(dataset.iri)
    yield node, RDF.type, VOID.Dataset
    yield from ((node, DCTERMS.title, Literal(title, lang=language)) for language, title in dataset.title.items())
    yield node, DCTERMS.issued, Literal(publication.release.issued, datatype=XSD.date)
    if dataset.licence:
        yield node, DCTERMS.license, URIRef(dataset.licence)
    else:
        yield node, DCTERMS.rights, identifiers.part(node, "rights")
    yield node, VOID.sparqlEndpoint, publication.addresses.service("sparql")
    for file in dataset.files:
        yield node, VOID.dataDump, publication.addresses.release(publication.release.name, file.path)
        if feature := media_types.feature(file.format):
            yield node, VOID.feature, feature
