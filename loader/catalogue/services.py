"""The services that the reports name, as CPSV-AP-NO: https://data.norge.no/specification/cpsv-ap-no.

A record apart from the data sets: the profiles want other things of the same catalogue and agents. Whoever runs a
public service (`cpsv:PublicService` in the data) is the public organisation that answers for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Literal, URIRef
from rdflib.term import Node

from loader import identifiers
from loader.catalogue.curated import nodes, texts
from loader.catalogue.dcat import Publication
from loader.namespaces import ADMS, CPSV, CPSVNO, CV, DCAT, DCATNO, DCTERMS, FOAF, NBKG, ORG, RDF, SKOS
from loader.status_report.quotes import Triple

CATALOGUE = identifiers.dataset("services")


def service_triples(of: Publication) -> Iterator[Triple]:
    """The whole record; nothing where the data knows no service."""
    services = [service for service in _services(of) if _operators(of, service)]
    if not services:
        return
    made = [*_catalogue(of), *(triple for service in services for triple in _service(of, service))]
    yield from made
    yield from of.known.closure(value for _, _, value in made)


def _services(of: Publication) -> list[URIRef]:
    """Those that people use, sorted; interfaces are in the record of the data sets."""
    about = of.known.about
    found = {s for s in about.subjects(RDF.type, NBKG.Service) if (s, RDF.type, DCAT.DataService) not in about}
    return sorted(service for service in found if isinstance(service, URIRef))


def _operators(of: Publication, service: URIRef) -> list[URIRef]:
    return [node for node in of.known.own(service, NBKG.operator) if isinstance(node, URIRef)]


def _catalogue(of: Publication) -> Iterator[Triple]:
    known = of.known
    yield CATALOGUE, RDF.type, DCAT.Catalog
    yield CATALOGUE, DCTERMS.identifier, Literal(str(CATALOGUE))
    for prop in (DCTERMS.title, DCTERMS.description):
        yield from ((CATALOGUE, prop, text) for text in texts(known.own(CATALOGUE, prop)))
    for prop in (DCTERMS.publisher, DCTERMS.language, DCTERMS.spatial):
        yield from ((CATALOGUE, prop, value) for value in known.values(CATALOGUE, prop))
    for publisher in nodes(known.values(CATALOGUE, DCTERMS.publisher)):
        yield publisher, DCTERMS.identifier, Literal(str(publisher))
        yield from ((publisher, DCTERMS.title, name) for name in texts(known.own(publisher, FOAF.name)))
    for licence in known.own(CATALOGUE, DCTERMS.license):
        if address := known.licence(str(licence)):
            yield CATALOGUE, DCTERMS.license, address
    yield CATALOGUE, DCTERMS.modified, of.issued
    yield CATALOGUE, FOAF.homepage, of.addresses.home
    yield from _contact(CATALOGUE, of.addresses.home)
    yield from ((CATALOGUE, DCATNO.containsService, s) for s in _services(of) if _operators(of, s))


def _service(of: Publication, service: URIRef) -> Iterator[Triple]:
    public = (service, RDF.type, CPSV.PublicService) in of.known.about
    yield service, RDF.type, CPSV.PublicService if public else CPSVNO.Service
    yield service, DCTERMS.identifier, Literal(str(service))
    yield from ((service, DCTERMS.title, text) for text in texts(of.known.own(service, SKOS.prefLabel)))
    yield from ((service, DCTERMS.description, text) for text in texts(of.known.own(service, SKOS.definition)))
    pages = of.known.own(service, DCAT.landingPage)
    yield from ((service, FOAF.homepage, page) for page in pages)
    for operator in _operators(of, service):
        yield service, CV.hasCompetentAuthority if public else CV.ownedBy, operator
        yield operator, RDF.type, CV.PublicOrganisation if public else ORG.Organization
        yield from _organisation(of, operator)
    homes = [page for operator in _operators(of, service) for page in of.known.own(operator, FOAF.homepage)]
    for page in (pages or homes)[:1]:
        yield from _contact(service, page)


def _organisation(of: Publication, node: URIRef) -> Iterator[Triple]:
    yield node, DCTERMS.identifier, _identifier(of, node)
    yield from ((node, SKOS.prefLabel, text) for text in texts(of.known.own(node, SKOS.prefLabel)))
    yield from ((node, DCTERMS.spatial, place) for place in of.known.of_whole(DCTERMS.spatial))
    yield from ((node, FOAF.homepage, page) for page in of.known.own(node, FOAF.homepage))


def _identifier(of: Publication, node: URIRef) -> Literal:
    """The number in Norway's register of organisations, where the data has it; else the node's own address."""
    about = of.known.about
    scheme = identifiers.concept("identifier-scheme", "orgnr")
    for identifier in of.known.own(node, ADMS.identifier):
        if (identifier, NBKG.scheme, scheme) in about:
            return Literal(str(about.value(identifier, SKOS.notation)))
    return Literal(str(node))


def _contact(node: URIRef, page: Node) -> Iterator[Triple]:
    """A page to turn to: no other way is known to the data."""
    contact = identifiers.part(node, "contact")
    yield node, CV.contactPoint, contact
    yield contact, RDF.type, CV.ContactPoint
    yield contact, CV.contactPage, page
