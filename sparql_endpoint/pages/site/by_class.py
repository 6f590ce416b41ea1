"""Which page a thing gets, by its class: a line here and a module for each kind; all others get the general page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pyoxigraph import NamedNode

from sparql_endpoint.pages.resource import ontology
from sparql_endpoint.pages.resource import statements as document
from sparql_endpoint.pages.resource.view import Thing
from sparql_endpoint.pages.strategy.entity import entity
from sparql_endpoint.pages.strategy.measure import measure
from sparql_endpoint.pages.strategy.reports import report
from sparql_endpoint.services.labels import Labels
from sparql_endpoint.services.resource_description import Statement

_NBKG = "https://w3id.org/nbkg/ns#"

Page = Callable[[Thing], str]


def _data_set(thing: Thing) -> str:
    """A data set of others is a thing that measures may be about; one of ours is a document, with no `id/`."""
    other = thing.iri.value.startswith(f"{thing.labels.addresses.base}id/")
    page = entity.of("dataset", "services.services")
    return page(thing) if other else document.html(thing.iri, thing.statements, thing.labels)


PAGES: Mapping[str, Page] = {
    "http://www.w3.org/2002/07/owl#Ontology": ontology.html,
    f"{_NBKG}Measure": measure.html,
    f"{_NBKG}StatusReport": report.html,
    f"{_NBKG}Unit": entity.of("unit", "units.units"),
    f"{_NBKG}Post": entity.of("post", "units.units"),
    f"{_NBKG}Service": entity.of("service", "services.services"),
    f"{_NBKG}Programme": entity.of("programme", "services.services"),
    f"{_NBKG}Project": entity.of("project", "services.services"),
    f"{_NBKG}Agreement": entity.of("agreement", "services.services"),
    f"{_NBKG}Law": entity.of("law", "services.services"),
    f"{_NBKG}Strategy": entity.of("strategy", "services.services"),
    "http://www.w3.org/ns/dcat#Dataset": _data_set,
    "http://purl.org/dc/terms/Standard": entity.of("standard", "services.services"),
    "http://www.w3.org/ns/org#FormalOrganization": entity.of("organisation", "partners.partners"),
    "http://xmlns.com/foaf/0.1/Group": entity.of("group", "partners.partners"),
    "http://www.w3.org/2004/02/skos/core#Concept": entity.of("concept", "concepts.concepts"),
    "http://www.w3.org/2004/02/skos/core#ConceptScheme": entity.of("scheme", "concepts.concepts"),
}
"""Class IRI → what makes the page of its things; the first that fits."""


def html(iri: NamedNode, statements: Sequence[Statement], labels: Labels) -> str:
    """The page of a thing."""
    thing = Thing(iri, statements, labels)
    classes = {kind.value for kind in thing.classes}
    chosen = next((page for kind, page in PAGES.items() if kind in classes), None)
    return chosen(thing) if chosen else document.html(iri, statements, labels)
