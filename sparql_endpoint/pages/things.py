"""Which page a thing gets, by its class: a line here and a module for each kind; all others get the general page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from sparql_endpoint.description import Statement
from sparql_endpoint.display import Display
from sparql_endpoint.pages import document, ontology

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NBKG = "https://w3id.org/nbkg/ns#"


@dataclass(frozen=True)
class Thing:
    """What a page tells of: an IRI, what is said of it, and how terms are shown."""

    iri: NamedNode
    statements: Sequence[Statement]
    display: Display

    @property
    def classes(self) -> Sequence[str]:
        """The classes it is said to have."""
        own = (s for s in self.statements if s.subject == self.iri and s.property.value == _TYPE)
        return [s.value.value for s in own if isinstance(s.value, NamedNode)]


Page = Callable[[Thing], str]
PAGES: Mapping[str, Page] = {
    "http://www.w3.org/2002/07/owl#Ontology": ontology.html,
}
"""Class IRI → what makes the page of its things; the first that fits."""


def html(iri: NamedNode, statements: Sequence[Statement], display: Display) -> str:
    """The page of a thing."""
    thing = Thing(iri, statements, display)
    classes = set(thing.classes)
    chosen = next((page for kind, page in PAGES.items() if kind in classes), None)
    return chosen(thing) if chosen else document.html(iri, statements, display)
