"""A resource in the words of schema.org, for programs that read pages (https://schema.org/docs/gs.html).

It stands in the page as a data block, which no browser runs (https://html.spec.whatwg.org/#data-block).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from nbkg.rdf.vocabulary import DCTERMS, RDF, SKOS
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Labels
from sparql_endpoint.services.resource_description import Statement
from sparql_endpoint.stores.rows import among

_SCHEMA = ("https://schema.org/", "http://schema.org/")
_CLASSES = {
    "http://www.w3.org/ns/dcat#Dataset": "Dataset",
    "http://www.w3.org/ns/dcat#Catalog": "DataCatalog",
    "http://www.w3.org/2004/02/skos/core#Concept": "DefinedTerm",
    "http://www.w3.org/2004/02/skos/core#ConceptScheme": "DefinedTermSet",
    "http://www.w3.org/ns/org#FormalOrganization": "Organization",
    "http://xmlns.com/foaf/0.1/Group": "Organization",
    "http://xmlns.com/foaf/0.1/Person": "Person",
    "http://id.loc.gov/ontologies/bibframe/Person": "Person",
    "http://id.loc.gov/ontologies/bibframe/Work": "CreativeWork",
    "http://id.loc.gov/ontologies/bibframe/Instance": "Book",
}
"""Classes of common vocabularies; the classes of the data's own ontology have alignments with schema.org."""
_TEXTS = {
    "name": (f"{SKOS}prefLabel", f"{DCTERMS}title", "http://www.w3.org/2000/01/rdf-schema#label"),
    "alternateName": (f"{SKOS}altLabel",),
    "description": (f"{SKOS}definition", f"{DCTERMS}description"),
    "identifier": (f"{DCTERMS}identifier", f"{SKOS}notation"),
    "dateCreated": (f"{DCTERMS}date",),
    "datePublished": (f"{DCTERMS}issued",),
    "dateModified": (f"{DCTERMS}modified",),
}
_LINKS = {
    "sameAs": (f"{SKOS}exactMatch", "http://www.w3.org/2002/07/owl#sameAs"),
    "license": (f"{DCTERMS}license",),
    "publisher": (f"{DCTERMS}publisher",),
    "isPartOf": (f"{DCTERMS}isPartOf",),
    "url": ("http://xmlns.com/foaf/0.1/homepage",),
}
_MAX_LENGTH = 5000
"""Characters of a text."""


def to_json_ld(iri: NamedNode, statements: Sequence[Statement], labels: Labels) -> Mapping[str, object]:
    """Return the JSON-LD of a resource."""
    own = [statement for statement in statements if statement.subject == iri]
    label = labels.of(iri)
    document: dict[str, object] = {"@context": "https://schema.org/", "@id": iri.value, "@type": _types(own, labels)}
    document["name"] = {"@value": label.text, "@language": label.language} if label.language else label.text
    for word, properties in _TEXTS.items():
        if texts := [s.value for s in own if s.property.value in properties and isinstance(s.value, Literal)]:
            document[word] = [_literal(text) for text in dict.fromkeys(texts)]
    for word, properties in _LINKS.items():
        if nodes := [s.value for s in own if s.property.value in properties and isinstance(s.value, NamedNode)]:
            document[word] = [{"@id": node.value} for node in dict.fromkeys(nodes)]
    return document


def _literal(value: Literal) -> object:
    text = value.value[:_MAX_LENGTH]
    return {"@value": text, "@language": value.language} if value.language else text


def _types(statements: Sequence[Statement], labels: Labels) -> str | list[str]:
    types = [s.value for s in statements if s.property.value == f"{RDF}type" and isinstance(s.value, NamedNode)]
    names = [_CLASSES[node.value] for node in types if node.value in _CLASSES]
    rows = labels.serving.store.select(among(query("schema-types"), "class", types)) if types else ()
    names += [node.value for row in rows if isinstance(node := row["type"], NamedNode)]
    names += [node.value for node in types if node.value.startswith(_SCHEMA)]
    for namespace in _SCHEMA:
        names = [name.removeprefix(namespace) for name in names]
    return list(dict.fromkeys(names)) or "Thing"
