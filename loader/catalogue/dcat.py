"""The release as DCAT-AP-NO 3.0: a catalogue, its data sets with their distributions, and the SPARQL service.

https://data.norge.no/specification/dcat-ap-no. One file passes the shapes of versions 2.0 (by which data.norge.no
scores), 2.2 and 3, and of the EU's DCAT-AP 3.0.1. They contradict each other on dcat:byteSize (xsd:decimal in 2, else
xsd:nonNegativeInteger) and on check sums (SHA-1 only in 2), so that those stand in the `full` record alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef

from loader import identifiers
from loader.catalogue import media_types as formats
from loader.catalogue.addresses import Addresses
from loader.catalogue.curated import Knowledge, texts
from loader.namespaces import DCAT, DCTERMS, FOAF, NBKG, ODRS, RDF, RDFS, SKOS, SPDX, XSD
from loader.release.model import DataFile, DataSet, Release
from loader.status_report.quotes import Triple

CATALOGUE = identifiers.dataset("catalogue")
SERVICE = identifiers.dataset("sparql")
_OF_DATASETS = (
    DCTERMS.publisher, DCAT.contactPoint, DCAT.theme, DCAT.keyword, DCTERMS.language, DCTERMS.accessRights,
    DCTERMS.accrualPeriodicity,
)  # fmt: skip
_OWN = (DCTERMS.spatial, DCTERMS.temporal)
"""What holds for a data set only where it is said of it."""
_OF_THE_CATALOGUE = (DCTERMS.publisher, DCAT.contactPoint, DCTERMS.language, DCTERMS.spatial)
_OF_THE_SERVICE = (DCTERMS.publisher, DCAT.contactPoint, DCAT.theme, DCAT.keyword, DCTERMS.accessRights)


@dataclass(frozen=True)
class Offer:
    """A data set in one format and compression: a file of a release, or before there is one what its path will be."""

    ending: str
    compression: str
    path: str
    file: DataFile | None = None


@dataclass(frozen=True)
class Publication:
    """What is published, where, and what is known of it."""

    release: Release
    addresses: Addresses
    known: Knowledge
    full: bool = False
    """With sizes and SHA-256, as version 3 and the EU's profile want them and version 2 does not allow."""

    @property
    def issued(self) -> Literal:
        """The day of the release."""
        return Literal(self.release.issued, datatype=XSD.date)

    def offers(self, dataset: DataSet) -> list[Offer]:
        """What the data set is offered as."""
        if dataset.files:
            return [Offer(file.format, file.compression, file.path, file) for file in dataset.files]
        kinds = [(ending, packed) for ending in formats.ALWAYS for packed in formats.COMPRESSIONS]
        return [Offer(*kind, f"{dataset.folder}/{dataset.name}.{kind[0]}.{kind[1]}") for kind in kinds]


def catalogue_triples(of: Publication) -> Iterator[Triple]:
    """The whole record, with the reference closure of the values that it names."""
    made = list(_record(of))
    yield from made
    yield from of.known.closure(value for _, _, value in made)


def _record(of: Publication) -> Iterator[Triple]:
    yield from _catalogue(of)
    for dataset in of.release.datasets:
        yield from _dataset(of, dataset)
    yield from _service(of)


def _catalogue(of: Publication) -> Iterator[Triple]:
    yield CATALOGUE, RDF.type, DCAT.Catalog
    yield CATALOGUE, DCTERMS.identifier, Literal(str(CATALOGUE))
    yield from _worded(of, CATALOGUE)
    yield from _taken(of, CATALOGUE, _OF_THE_CATALOGUE)
    yield from _licensed(of, CATALOGUE)
    yield from _dated(of, CATALOGUE)
    yield CATALOGUE, FOAF.homepage, of.addresses.home
    yield of.addresses.home, RDF.type, FOAF.Document
    yield from ((CATALOGUE, DCAT.dataset, URIRef(dataset.iri)) for dataset in of.release.datasets)
    yield CATALOGUE, DCAT.service, SERVICE


def _dataset(of: Publication, dataset: DataSet) -> Iterator[Triple]:
    node = URIRef(dataset.iri)
    yield node, RDF.type, DCAT.Dataset
    yield node, DCTERMS.identifier, Literal(dataset.iri)
    yield from ((node, DCTERMS.title, Literal(title, lang=language)) for language, title in dataset.title.items())
    yield from _described(of, dataset)
    yield from _taken(of, node, _OF_DATASETS)
    for prop in _OWN:
        yield from ((node, prop, value) for value in of.known.own_or_series(node, prop))
    yield from _dated(of, node)
    yield node, DCAT.version, Literal(of.release.version)
    page = of.addresses.release(of.release.version)
    yield node, DCAT.landingPage, page
    yield page, RDF.type, FOAF.Document
    shapes = identifiers.graph("shapes")
    yield node, DCTERMS.conformsTo, shapes
    yield shapes, RDF.type, DCTERMS.Standard
    yield from ((shapes, DCTERMS.title, title) for title in of.known.own(shapes, DCTERMS.title))
    yield from _rights(of, dataset)
    for offer in of.offers(dataset):
        yield from _distribution(of, dataset, offer)


def _described(of: Publication, dataset: DataSet) -> Iterator[Triple]:
    """The data set's own description; else the titles of its graphs, in each language."""
    node = URIRef(dataset.iri)
    own = of.known.own_or_series(node, DCTERMS.description)
    yield from ((node, DCTERMS.description, text) for text in own)
    if own:
        return
    for language in dataset.title:
        titles = [_title(of, graph.iri, language) for graph in dataset.graphs if graph.iri]
        told = "; ".join(title for title in titles if title) or dataset.title[language]
        yield node, DCTERMS.description, Literal(told, lang=language)


def _title(of: Publication, iri: str, language: str) -> str:
    titles = texts(of.known.own(URIRef(iri), DCTERMS.title))
    return next((str(title) for title in titles if title.language == language), "")


def _rights(of: Publication, dataset: DataSet) -> Iterator[Triple]:
    """The statement that its distributions share: the words of its graphs' terms, or its licence."""
    node = identifiers.part(URIRef(dataset.iri), "rights")
    yield node, RDF.type, DCTERMS.RightsStatement
    yield node, RDF.type, ODRS.RightsStatement
    said = {text for graph in dataset.graphs if graph.iri for text in of.known.own(URIRef(graph.iri), DCTERMS.rights)}
    if dataset.licence is None:
        yield from ((node, RDFS.label, text) for text in texts(said or of.known.of_whole(DCTERMS.rights)))
        return
    licence = of.known.licence(dataset.licence)
    yield node, ODRS.dataLicense, URIRef(dataset.licence)
    yield from ((node, RDFS.label, text) for text in texts(of.known.reference.objects(licence, SKOS.prefLabel)))


def _distribution(of: Publication, dataset: DataSet, offer: Offer) -> Iterator[Triple]:
    whole = URIRef(dataset.iri)
    node = identifiers.part(whole, f"{offer.ending}.{offer.compression}")
    yield whole, DCAT.distribution, node
    yield node, RDF.type, DCAT.Distribution
    yield from _named(of, dataset, offer, node)
    yield node, DCAT.accessURL, of.addresses.release(of.release.version)
    yield node, DCAT.downloadURL, of.addresses.release(of.release.version, offer.path)
    yield from _formatted(node, offer)
    if licence := of.known.licence(dataset.licence):
        yield node, DCTERMS.license, licence
    yield node, DCTERMS.rights, identifiers.part(whole, "rights")
    yield from _dated(of, node)
    if offer.file:
        yield node, NBKG.sha256, Literal(offer.file.sha256)
    if offer.file and of.full:
        yield from _measured(node, offer.file)


def _formatted(node: URIRef, offer: Offer) -> Iterator[Triple]:
    kind, media = formats.file_type(offer.ending), formats.media_type(offer.ending)
    packed = formats.compression(offer.compression)
    for prop, value in ((DCTERMS.format, kind), (DCAT.mediaType, media), (DCAT.compressFormat, packed)):
        if value is not None:
            yield node, prop, value


def _named(of: Publication, dataset: DataSet, offer: Offer, node: URIRef) -> Iterator[Triple]:
    kind = formats.file_type(offer.ending)
    for label in texts(of.known.reference.objects(kind, SKOS.prefLabel)):
        if title := dataset.title.get(str(label.language)):
            yield node, DCTERMS.title, Literal(f"{title}, {label} ({offer.compression})", lang=label.language)


def _measured(node: URIRef, file: DataFile) -> Iterator[Triple]:
    checksum = URIRef(f"{node}.sha256")
    yield node, DCAT.byteSize, Literal(file.bytes, datatype=XSD.nonNegativeInteger)
    yield node, SPDX.checksum, checksum
    yield checksum, RDF.type, SPDX.Checksum
    yield checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256
    yield checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)


def _service(of: Publication) -> Iterator[Triple]:
    yield SERVICE, RDF.type, DCAT.DataService
    yield SERVICE, DCTERMS.identifier, Literal(str(SERVICE))
    yield from _worded(of, SERVICE)
    yield from _taken(of, SERVICE, _OF_THE_SERVICE)
    for prop in (DCTERMS.conformsTo, DCTERMS.format):
        yield from ((SERVICE, prop, value) for value in of.known.own(SERVICE, prop))
    yield SERVICE, DCAT.endpointURL, of.addresses.sparql
    yield SERVICE, DCAT.endpointDescription, of.addresses.void
    yield from ((SERVICE, DCAT.servesDataset, URIRef(dataset.iri)) for dataset in of.release.datasets)


def _worded(of: Publication, node: URIRef) -> Iterator[Triple]:
    """Title and description, its own or those of the whole."""
    for prop in (DCTERMS.title, DCTERMS.description):
        yield from ((node, prop, text) for text in texts(of.known.values(node, prop)))


def _taken(of: Publication, node: URIRef, props: Sequence[URIRef]) -> Iterator[Triple]:
    for prop in props:
        yield from ((node, prop, value) for value in of.known.values(node, prop))


def _licensed(of: Publication, node: URIRef) -> Iterator[Triple]:
    for value in of.known.own(node, DCTERMS.license):
        if licence := of.known.licence(str(value)):
            yield node, DCTERMS.license, licence


def _dated(of: Publication, node: URIRef) -> Iterator[Triple]:
    yield node, DCTERMS.issued, of.issued
    yield node, DCTERMS.modified, of.issued
