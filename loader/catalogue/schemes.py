"""Our concept schemes as SKOS-AP-NO-Begrep: https://data.norge.no/specification/skos-ap-no-begrep.

The profile knows collections, so that each scheme is one as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Literal, URIRef

from loader import identifiers
from loader.catalogue.curated import nodes, texts
from loader.catalogue.dcat import Publication
from loader.namespaces import BASE, DCAT, DCTERMS, ORG, RDF, SKOS, XSD
from loader.status_report.quotes import Triple

_TAKEN = (
    SKOS.prefLabel, SKOS.altLabel, SKOS.definition, SKOS.scopeNote, SKOS.example, SKOS.notation, SKOS.inScheme,
    SKOS.topConceptOf, SKOS.broader, SKOS.narrower, SKOS.related,
)  # fmt: skip


def scheme_triples(of: Publication) -> Iterator[Triple]:
    """The whole record; nothing where the data has no scheme."""
    made = [triple for scheme in _schemes(of) for triple in _scheme(of, scheme)]
    yield from made
    yield from of.known.closure(value for _, _, value in made)


def _schemes(of: Publication) -> list[URIRef]:
    found = of.known.about.subjects(RDF.type, SKOS.ConceptScheme)
    return sorted({scheme for scheme in found if isinstance(scheme, URIRef) and scheme.startswith(BASE)})


def _scheme(of: Publication, scheme: URIRef) -> Iterator[Triple]:
    known = of.known
    concepts = sorted(nodes(known.about.subjects(SKOS.inScheme, scheme)))
    collection = identifiers.part(scheme, "collection")
    yield scheme, RDF.type, SKOS.ConceptScheme
    yield collection, RDF.type, SKOS.Collection
    for node in (scheme, collection):
        yield from ((node, DCTERMS.title, text) for text in texts(known.own(scheme, DCTERMS.title)))
        yield from ((node, DCTERMS.description, text) for text in texts(known.own(scheme, SKOS.definition)))
        yield from _answered(of, node)
    yield from ((scheme, SKOS.hasTopConcept, concept) for concept in known.own(scheme, SKOS.hasTopConcept))
    for concept in concepts:
        yield collection, SKOS.member, concept
        yield from _concept(of, concept)


def _concept(of: Publication, concept: URIRef) -> Iterator[Triple]:
    yield concept, RDF.type, SKOS.Concept
    for prop in _TAKEN:
        yield from ((concept, prop, value) for value in of.known.own(concept, prop))
    yield from _answered(of, concept)


def _answered(of: Publication, node: URIRef) -> Iterator[Triple]:
    """Its address, and who answers for it: the profile asks for an organisation."""
    yield node, DCTERMS.identifier, Literal(str(node), datatype=XSD.anyURI)
    for prop in (DCTERMS.publisher, DCAT.contactPoint):
        yield from ((node, prop, value) for value in of.known.of_whole(prop))
    yield from ((publisher, RDF.type, ORG.Organization) for publisher in nodes(of.known.of_whole(DCTERMS.publisher)))
