"""Which page a thing gets, by its class: a line here and a module for each kind; all others get the general page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pyoxigraph import NamedNode

from sparql_endpoint.description import Statement
from sparql_endpoint.display import Display
from sparql_endpoint.pages import document, ontology, report
from sparql_endpoint.pages.thing import Thing

_NBKG = "https://w3id.org/nbkg/ns#"

Page = Callable[[Thing], str]
PAGES: Mapping[str, Page] = {
    "http://www.w3.org/2002/07/owl#Ontology": ontology.html,
    f"{_NBKG}StatusReport": report.html,
}
"""Class IRI → what makes the page of its things; the first that fits."""


def html(iri: NamedNode, statements: Sequence[Statement], display: Display) -> str:
    """The page of a thing."""
    thing = Thing(iri, statements, display)
    classes = {kind.value for kind in thing.classes}
    chosen = next((page for kind, page in PAGES.items() if kind in classes), None)
    return chosen(thing) if chosen else document.html(iri, statements, display)
