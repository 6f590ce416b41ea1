"""The services that the data describes, as CPSV-AP-NO: https://data.norge.no/specification/cpsv-ap-no.

This is a record of its own, because the profiles want other properties of the same catalogue and agents. The operator
of a public service (`cpsv:PublicService` in the data) is the public organisation that answers for it. Which nodes of
the data are services, operators and organisation numbers stands in queries/catalogue/*.rq.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rdflib import Literal, URIRef
from rdflib.term import Node

from loader import identifiers
from loader.catalogue.dcat import Publication
from loader.catalogue.knowledge import Knowledge, Triple, nodes, texts
from loader.namespaces import CPSV, CPSVNO, CV, DCAT, DCATNO, DCTERMS, FOAF, ORG, RDF, SKOS
from nbkg.grouping import group_values

CATALOGUE = identifiers.dataset("services")


def service_triples(publication: Publication) -> Iterator[Triple]:
    """Yield the complete record; nothing where the data knows no service."""
    knowledge = publication.knowledge
    operators = _operators(knowledge)
    if not operators:
        return
    numbers = {str(row["organisation"]): str(row["number"]) for row in knowledge.select("organisation-numbers")}
    record = list(_catalogue(publication, [*operators]))
    for service, of_service in operators.items():
        record.extend(_service(knowledge, service, of_service))
        record.extend(triple for node in of_service for triple in _organisation(knowledge, node, numbers))
    yield from record
    yield from knowledge.closure(value for _, _, value in record)


def _operators(knowledge: Knowledge) -> Mapping[URIRef, list[URIRef]]:
    """Return the services that people use, each with its operators; interfaces are in the record of the data sets."""
    pairs = {(str(row["service"]), str(row["operator"])) for row in knowledge.select("services")}
    return group_values((URIRef(service), URIRef(operator)) for service, operator in sorted(pairs))


def _catalogue(publication: Publication, services: Sequence[URIRef]) -> Iterator[Triple]:
    knowledge = publication.knowledge
    yield CATALOGUE, RDF.type, DCAT.Catalog
    yield CATALOGUE, DCTERMS.identifier, Literal(str(CATALOGUE))
    for prop in (DCTERMS.title, DCTERMS.description):
        yield from ((CATALOGUE, prop, text) for text in texts(knowledge.own(CATALOGUE, prop)))
    for prop in (DCTERMS.publisher, DCTERMS.language, DCTERMS.spatial):
        yield from ((CATALOGUE, prop, value) for value in knowledge.values(CATALOGUE, prop))
    for publisher in nodes(knowledge.values(CATALOGUE, DCTERMS.publisher)):
        yield publisher, DCTERMS.identifier, Literal(str(publisher))
        yield from ((publisher, DCTERMS.title, name) for name in texts(knowledge.own(publisher, FOAF.name)))
    yield from ((CATALOGUE, DCTERMS.license, licence) for licence in knowledge.licences(CATALOGUE))
    yield CATALOGUE, DCTERMS.modified, publication.issued
    yield CATALOGUE, FOAF.homepage, publication.addresses.home
    yield from _contact(CATALOGUE, publication.addresses.home)
    yield from ((CATALOGUE, DCATNO.containsService, service) for service in services)


def _service(knowledge: Knowledge, service: URIRef, operators: Sequence[URIRef]) -> Iterator[Triple]:
    public = (service, RDF.type, CPSV.PublicService) in knowledge.about
    yield service, RDF.type, CPSV.PublicService if public else CPSVNO.Service
    yield service, DCTERMS.identifier, Literal(str(service))
    yield from ((service, DCTERMS.title, text) for text in texts(knowledge.own(service, SKOS.prefLabel)))
    yield from ((service, DCTERMS.description, text) for text in texts(knowledge.own(service, SKOS.definition)))
    pages = knowledge.own(service, DCAT.landingPage)
    yield from ((service, FOAF.homepage, page) for page in pages)
    for operator in operators:
        yield service, CV.hasCompetentAuthority if public else CV.ownedBy, operator
        yield operator, RDF.type, CV.PublicOrganisation if public else ORG.Organization
    homes = [page for operator in operators for page in knowledge.own(operator, FOAF.homepage)]
    for page in (pages or homes)[:1]:
        yield from _contact(service, page)


def _organisation(knowledge: Knowledge, node: URIRef, numbers: Mapping[str, str]) -> Iterator[Triple]:
    """Yield what identifies an organisation: its number in Norway's register where the data has it, else its IRI."""
    yield node, DCTERMS.identifier, Literal(numbers.get(str(node), str(node)))
    yield from ((node, SKOS.prefLabel, text) for text in texts(knowledge.own(node, SKOS.prefLabel)))
    yield from ((node, DCTERMS.spatial, area) for area in knowledge.of_everything(DCTERMS.spatial))
    yield from ((node, FOAF.homepage, page) for page in knowledge.own(node, FOAF.homepage))


def _contact(node: URIRef, page: Node) -> Iterator[Triple]:
    """Yield a page as the contact point: the data knows no other."""
    contact = identifiers.part(node, "contact")
    yield node, CV.contactPoint, contact
    yield contact, RDF.type, CV.ContactPoint
    yield contact, CV.contactPage, page
