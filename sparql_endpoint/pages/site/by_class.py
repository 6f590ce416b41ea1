"""Which page a resource has, by its class: a line here and a module for each; all others have the general page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sparql_endpoint.pages.library import (
    agent_page,
    conflict_page,
    decision_page,
    hub_page,
    instance_page,
    record_page,
    subject_page,
    work_page,
)
from sparql_endpoint.pages.resource import general_page, ontology
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.pages.strategy.entity import entity
from sparql_endpoint.pages.strategy.measure import measure
from sparql_endpoint.pages.strategy.reports import report

_NBKG = "https://w3id.org/nbkg/ns#"
_BF = "http://id.loc.gov/ontologies/bibframe/"
_MADS = "http://www.loc.gov/mads/rdf/v1#"

RenderPage = Callable[[ResourceView], str]
"""Returns the page of a resource as HTML."""


def _data_set(view: ResourceView) -> str:
    """Return the page of a data set: measures may be about one of others; ours are documents, without `id/`."""
    is_of_others = view.iri.value.startswith(f"{view.labels.addresses.base}id/")
    return entity.of("dataset", "services.services")(view) if is_of_others else general_page.render(view)


PAGES: Mapping[str, RenderPage] = {
    "http://www.w3.org/2002/07/owl#Ontology": ontology.render,
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
    f"{_NBKG}LinkConflict": conflict_page.render,
    f"{_NBKG}MatchDecision": decision_page.render,
    f"{_BF}Hub": hub_page.render,
    f"{_BF}Work": work_page.render,
    f"{_BF}Instance": instance_page.render,
    f"{_BF}AdminMetadata": record_page.render,
    **{f"{_BF}{kind}": agent_page.render for kind in ("Person", "Family", "Organization", "Jurisdiction", "Meeting")},
    f"{_BF}Agent": agent_page.render,
    **{f"{_BF}{kind}": subject_page.render for kind in ("Topic", "Place", "Temporal", "GenreForm", "Event")},
    f"{_MADS}ComplexSubject": subject_page.render,
    **{f"{_MADS}{kind}": agent_page.render for kind in ("PersonalName", "CorporateName", "ConferenceName")},
    "http://www.w3.org/2004/02/skos/core#Concept": entity.of("concept", "concepts.concepts"),
    "http://www.w3.org/2004/02/skos/core#ConceptScheme": entity.of("scheme", "concepts.concepts"),
}
"""The IRI of a class → what renders the page of its instances; the first that fits."""


def render(view: ResourceView) -> str:
    """Return the page of a resource."""
    classes = {kind.value for kind in view.classes}
    chosen = next((render_page for kind, render_page in PAGES.items() if kind in classes), general_page.render)
    return chosen(view)
