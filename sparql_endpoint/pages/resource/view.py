"""A resource that a page is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from nbkg.rdf.vocabulary import RDF
from sparql_endpoint.services.labels import Labels
from sparql_endpoint.services.resource_description import Statement


@dataclass(frozen=True)
class ResourceView:
    """An IRI, the statements about it and the blank nodes below it, and the labels of the request."""

    iri: NamedNode
    statements: Sequence[Statement]
    labels: Labels

    @cached_property
    def own(self) -> Sequence[Statement]:
        """The statements about the IRI itself."""
        return [statement for statement in self.statements if statement.subject == self.iri]

    @property
    def classes(self) -> Sequence[NamedNode]:
        """The classes that the data gives it, each once."""
        values = (statement.value for statement in self.own if statement.property.value == f"{RDF}type")
        return list(dict.fromkeys(value for value in values if isinstance(value, NamedNode)))
