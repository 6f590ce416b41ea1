"""The data's own concept schemes as SKOS-AP-NO-Begrep: https://data.norge.no/specification/skos-ap-no-begrep.

The profile knows collections, so that each scheme is one as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Literal, URIRef

from loader import identifiers
from loader.catalogue.dcat import Publication
from loader.catalogue.knowledge import Triple, nodes, texts
from loader.namespaces import BASE, DCAT, DCTERMS, ORG, RDF, SKOS, XSD

_CONCEPT_PROPERTIES = (
    SKOS.prefLabel, SKOS.altLabel, SKOS.definition, SKOS.scopeNote, SKOS.example, SKOS.notation, SKOS.inScheme,
    SKOS.topConceptOf, SKOS.broader, SKOS.narrower, SKOS.related,
)  # fmt: skip


def scheme_triples(publication: Publication) -> Iterator[Triple]:
    """Yield the complete record; nothing where the data has no scheme."""
    record = [triple for scheme in _schemes(publication) for triple in _scheme(publication, scheme)]
    yield from record
    yield from publication.knowledge.closure(value for _, _, value in record)


def _schemes(publication: Publication) -> list[URIRef]:
    """Return the schemes with a concept: vocabularies of others that are only named here are not ours to describe."""
    about = publication.knowledge.about
    schemes = {*about.subjects(RDF.type, SKOS.ConceptScheme)} & {*about.objects(None, SKOS.inScheme)}
    return sorted({scheme for scheme in schemes if isinstance(scheme, URIRef) and scheme.startswith(BASE)})


def _scheme(publication: Publication, scheme: URIRef) -> Iterator[Triple]:
    knowledge = publication.knowledge
    concepts = sorted(nodes(knowledge.about.subjects(SKOS.inScheme, scheme)))
    collection = identifiers.part(scheme, "collection")
    yield scheme, RDF.type, SKOS.ConceptScheme
    yield collection, RDF.type, SKOS.Collection
    for node in (scheme, collection):
        yield from ((node, DCTERMS.title, text) for text in texts(knowledge.own(scheme, DCTERMS.title)))
        yield from ((node, DCTERMS.description, text) for text in texts(knowledge.own(scheme, SKOS.definition)))
        yield from _identifier_and_publisher(publication, node)
    yield from ((scheme, SKOS.hasTopConcept, concept) for concept in knowledge.own(scheme, SKOS.hasTopConcept))
    for concept in concepts:
        yield collection, SKOS.member, concept
        yield from _concept(publication, concept)


def _concept(publication: Publication, concept: URIRef) -> Iterator[Triple]:
    yield concept, RDF.type, SKOS.Concept
    for prop in _CONCEPT_PROPERTIES:
        yield from ((concept, prop, value) for value in publication.knowledge.own(concept, prop))
    yield from _identifier_and_publisher(publication, concept)


def _identifier_and_publisher(publication: Publication, node: URIRef) -> Iterator[Triple]:
    """Yield the IRI as an identifier, and the publisher: the profile asks for an organisation."""
    yield node, DCTERMS.identifier, Literal(str(node), datatype=XSD.anyURI)
    for prop in (DCTERMS.publisher, DCAT.contactPoint):
        yield from ((node, prop, value) for value in publication.knowledge.of_everything(prop))
    publishers = nodes(publication.knowledge.of_everything(DCTERMS.publisher))
    yield from ((publisher, RDF.type, ORG.Organization) for publisher in publishers)
