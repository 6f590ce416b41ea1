"""A thing that a page tells of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from sparql_endpoint.services.labels import Labels
from sparql_endpoint.services.resource_description import Statement

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(frozen=True)
class Thing:
    """An IRI, what is said of it, and how terms are shown."""

    iri: NamedNode
    statements: Sequence[Statement]
    labels: Labels

    @property
    def classes(self) -> Sequence[NamedNode]:
        """The classes it is said to have."""
        own = (s.value for s in self.statements if s.subject == self.iri and s.property.value == _TYPE)
        return list(dict.fromkeys(value for value in own if isinstance(value, NamedNode)))
