"""The release as DCAT-AP-NO 3.0: a catalogue, its data sets with their distributions, and the services.

https://data.norge.no/specification/dcat-ap-no. One file passes the shapes of versions 2.0 (by which data.norge.no
scores), 2.2 and 3, and of the EU's DCAT-AP 3.0.1. They contradict each other on dcat:byteSize (xsd:decimal in 2, else
xsd:nonNegativeInteger) and on check sums (SHA-1 only in 2), so that those stand in the `full` record alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef

from loader import identifiers
from loader.catalogue import media_types
from loader.catalogue.addresses import Addresses
from loader.catalogue.knowledge import Knowledge, Triple, texts
from loader.namespaces import DCAT, DCTERMS, FOAF, ODRS, RDF, RDFS, SCHEMA, SKOS, SPDX, XSD
from loader.release.release_index import DataFile, DataSet, Release

CATALOGUE = identifiers.dataset("catalogue")
_SERVICES = {"sparql": "", "reconcile": "", "oai": "catalogues/", "sru": "catalogues/"}
"""The services by their paths, with what the names of the data sets begin with that they serve."""
_DATASET_PROPERTIES = (
    DCTERMS.publisher, DCAT.contactPoint, DCAT.theme, DCAT.keyword, DCTERMS.language, DCTERMS.accessRights,
    DCTERMS.accrualPeriodicity,
)  # fmt: skip
_OWN_PROPERTIES = (DCTERMS.spatial, DCTERMS.temporal)
"""The properties that a data set does not take from the data set of everything."""
_CATALOGUE_PROPERTIES = (DCTERMS.publisher, DCAT.contactPoint, DCTERMS.language, DCTERMS.spatial)
_SERVICE_PROPERTIES = (DCTERMS.publisher, DCAT.contactPoint, DCAT.theme, DCAT.keyword, DCTERMS.accessRights)


@dataclass(frozen=True)
class Offer:
    """A data set in one format and compression: a file of a release, or the path that it will have."""

    suffix: str
    compression: str
    path: str
    file: DataFile | None = None


@dataclass(frozen=True)
class Publication:
    """A release, the addresses where it is published, and what is known of it."""

    release: Release
    addresses: Addresses
    knowledge: Knowledge
    full: bool = False
    """Whether it has sizes and SHA-256, as version 3 and the EU's profile want them and version 2 does not allow."""

    @property
    def issued(self) -> Literal:
        """Return the day of the release."""
        return Literal(self.release.issued, datatype=XSD.date)

    def offers(self, dataset: DataSet) -> list[Offer]:
        """Return the formats and compressions in which a data set is published."""
        if dataset.files:
            return [Offer(file.format, file.compression, file.path, file) for file in dataset.files]
        path = f"{dataset.folder}/{dataset.name}"
        return [
            Offer(suffix, compression, f"{path}.{suffix}.{compression}")
            for suffix in media_types.ALWAYS
            for compression in media_types.COMPRESSIONS
        ]


def catalogue_triples(publication: Publication) -> Iterator[Triple]:
    """Yield the complete record, with the descriptions of the values that it names."""
    record = list(_record(publication))
    yield from record
    yield from publication.knowledge.closure(value for _, _, value in record)


def _record(publication: Publication) -> Iterator[Triple]:
    yield from _catalogue(publication)
    for dataset in publication.release.datasets:
        yield from _dataset(publication, dataset)
    for path, served in _served(publication).items():
        yield from _service(publication, path, served)


def _catalogue(publication: Publication) -> Iterator[Triple]:
    yield CATALOGUE, RDF.type, DCAT.Catalog
    yield CATALOGUE, DCTERMS.identifier, Literal(str(CATALOGUE))
    yield from _titles(publication, CATALOGUE)
    yield from _values(publication, CATALOGUE, _CATALOGUE_PROPERTIES)
    yield from ((CATALOGUE, DCTERMS.license, licence) for licence in publication.knowledge.licences(CATALOGUE))
    yield from _dates(publication, CATALOGUE)
    yield CATALOGUE, FOAF.homepage, publication.addresses.home
    yield publication.addresses.home, RDF.type, FOAF.Document
    yield from ((CATALOGUE, DCAT.dataset, URIRef(dataset.iri)) for dataset in publication.release.datasets)
    yield from ((CATALOGUE, DCAT.service, identifiers.dataset(path)) for path in _served(publication))


def _dataset(publication: Publication, dataset: DataSet) -> Iterator[Triple]:
    node = URIRef(dataset.iri)
    yield node, RDF.type, DCAT.Dataset
    yield node, DCTERMS.identifier, Literal(dataset.iri)
    yield from ((node, DCTERMS.title, Literal(title, lang=language)) for language, title in dataset.title.items())
    yield from _descriptions(publication, dataset)
    yield from _values(publication, node, _DATASET_PROPERTIES)
    for prop in _OWN_PROPERTIES:
        yield from ((node, prop, value) for value in publication.knowledge.own_or_series(node, prop))
    yield from _dates(publication, node)
    yield node, DCAT.version, Literal(publication.release.name)
    page = publication.addresses.release(publication.release.name)
    yield node, DCAT.landingPage, page
    yield page, RDF.type, FOAF.Document
    shapes = identifiers.graph("shapes")
    yield node, DCTERMS.conformsTo, shapes
    yield shapes, RDF.type, DCTERMS.Standard
    yield from ((shapes, DCTERMS.title, title) for title in publication.knowledge.own(shapes, DCTERMS.title))
    yield from _rights(publication, dataset)
    for offer in publication.offers(dataset):
        yield from _distribution(publication, dataset, offer)


def _descriptions(publication: Publication, dataset: DataSet) -> Iterator[Triple]:
    """Yield the data set's own description, else the titles of its graphs, in each language."""
    node = URIRef(dataset.iri)
    own = publication.knowledge.own_or_series(node, DCTERMS.description)
    yield from ((node, DCTERMS.description, text) for text in own)
    if own:
        return
    for language in dataset.title:
        titles = [_title(publication, graph.iri, language) for graph in dataset.graphs if graph.iri]
        description = "; ".join(title for title in titles if title) or dataset.title[language]
        yield node, DCTERMS.description, Literal(description, lang=language)


def _title(publication: Publication, iri: str, language: str) -> str:
    titles = texts(publication.knowledge.own(URIRef(iri), DCTERMS.title))
    return next((str(title) for title in titles if title.language == language), "")


def _rights(publication: Publication, dataset: DataSet) -> Iterator[Triple]:
    """Yield the rights statement that its distributions share: the texts of its graphs' terms, or its licence."""
    node = identifiers.part(URIRef(dataset.iri), "rights")
    yield node, RDF.type, DCTERMS.RightsStatement
    yield node, RDF.type, ODRS.RightsStatement
    knowledge = publication.knowledge
    if dataset.licence is None:
        graphs = (URIRef(graph.iri) for graph in dataset.graphs if graph.iri)
        rights = {text for graph in graphs for text in knowledge.own(graph, DCTERMS.rights)}
        labels = texts(rights or knowledge.of_everything(DCTERMS.rights))
        yield from ((node, RDFS.label, text) for text in labels)
        return
    licence = knowledge.licence(dataset.licence)
    yield node, ODRS.dataLicense, URIRef(dataset.licence)
    yield from ((node, RDFS.label, text) for text in texts(knowledge.reference.objects(licence, SKOS.prefLabel)))


def _distribution(publication: Publication, dataset: DataSet, offer: Offer) -> Iterator[Triple]:
    parent = URIRef(dataset.iri)
    node = identifiers.part(parent, f"{offer.suffix}.{offer.compression}")
    yield parent, DCAT.distribution, node
    yield node, RDF.type, DCAT.Distribution
    yield from _distribution_titles(publication, dataset, offer, node)
    yield node, DCAT.accessURL, publication.addresses.release(publication.release.name)
    yield node, DCAT.downloadURL, publication.addresses.release(publication.release.name, offer.path)
    yield from _formats(node, offer)
    if licence := publication.knowledge.licence(dataset.licence):
        yield node, DCTERMS.license, licence
    yield node, DCTERMS.rights, identifiers.part(parent, "rights")
    yield from _dates(publication, node)
    own_checksum = publication.knowledge.own_property(SCHEMA.sha256)
    if offer.file and own_checksum:
        yield node, own_checksum, Literal(offer.file.sha256)
    if offer.file and publication.full:
        yield from _size_and_checksum(node, offer.file)


def _formats(node: URIRef, offer: Offer) -> Iterator[Triple]:
    kind, media = media_types.file_type(offer.suffix), media_types.media_type(offer.suffix)
    compression = media_types.compression(offer.compression)
    for prop, value in ((DCTERMS.format, kind), (DCAT.mediaType, media), (DCAT.compressFormat, compression)):
        if value is not None:
            yield node, prop, value


def _distribution_titles(publication: Publication, dataset: DataSet, offer: Offer, node: URIRef) -> Iterator[Triple]:
    kind = media_types.file_type(offer.suffix)
    for label in texts(publication.knowledge.reference.objects(kind, SKOS.prefLabel)):
        if title := dataset.title.get(str(label.language)):
            yield node, DCTERMS.title, Literal(f"{title}, {label} ({offer.compression})", lang=label.language)


def _size_and_checksum(node: URIRef, file: DataFile) -> Iterator[Triple]:
    checksum = URIRef(f"{node}.sha256")
    yield node, DCAT.byteSize, Literal(file.bytes, datatype=XSD.nonNegativeInteger)
    yield node, SPDX.checksum, checksum
    yield checksum, RDF.type, SPDX.Checksum
    yield checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256
    yield checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)


def _served(publication: Publication) -> Mapping[str, Sequence[URIRef]]:
    """Return the data sets that each service serves; one that serves none is not there."""
    iris = [URIRef(dataset.iri) for dataset in publication.release.datasets]
    starts = {path: str(identifiers.dataset(start)) for path, start in _SERVICES.items()}
    served = {path: [iri for iri in iris if iri.startswith(start)] for path, start in starts.items()}
    return {path: own for path, own in served.items() if own}


def _service(publication: Publication, path: str, served: Sequence[URIRef]) -> Iterator[Triple]:
    node, addresses = identifiers.dataset(path), publication.addresses
    yield node, RDF.type, DCAT.DataService
    yield node, DCTERMS.identifier, Literal(str(node))
    yield from _titles(publication, node)
    yield from _values(publication, node, _SERVICE_PROPERTIES)
    for prop in (DCTERMS.conformsTo, DCTERMS.format):
        yield from ((node, prop, value) for value in publication.knowledge.own(node, prop))
    yield node, DCAT.endpointURL, addresses.service(path)
    yield node, DCAT.endpointDescription, addresses.void if path == "sparql" else addresses.openapi
    yield from ((node, DCAT.servesDataset, iri) for iri in served)


def _titles(publication: Publication, node: URIRef) -> Iterator[Triple]:
    """Yield the title and description of a node, or those of everything."""
    for prop in (DCTERMS.title, DCTERMS.description):
        yield from ((node, prop, text) for text in texts(publication.knowledge.values(node, prop)))


def _values(publication: Publication, node: URIRef, props: Sequence[URIRef]) -> Iterator[Triple]:
    for prop in props:
        yield from ((node, prop, value) for value in publication.knowledge.values(node, prop))


def _dates(publication: Publication, node: URIRef) -> Iterator[Triple]:
    yield node, DCTERMS.issued, publication.issued
    yield node, DCTERMS.modified, publication.issued
