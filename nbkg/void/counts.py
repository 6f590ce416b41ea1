"""The numbers of a data set, and what the data claims about its graphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from nbkg.rdf.solutions import Term

_EXAMPLES = 5

Claim = tuple[ox.NamedNode, ox.NamedNode, Term]
"""A statement about a graph or a data set: its subject, property and value."""


@dataclass(frozen=True)
class PropertyCount:
    """How many triples have a property."""

    property: ox.NamedNode
    triples: int


@dataclass(frozen=True)
class ClassCount:
    """How many instances a class has, the first of those that have an IRI, and how often they have each property."""

    name: ox.NamedNode
    entities: int
    example: ox.NamedNode | None = None
    properties: Sequence[PropertyCount] = ()


@dataclass(frozen=True)
class LinkCount:
    """How many triples with a property lead to resources whose IRIs begin with `space`, a scheme and host."""

    property: ox.NamedNode
    space: str
    triples: int


@dataclass(frozen=True)
class GraphCount:
    """How many triples and distinct terms a named graph holds."""

    name: ox.NamedNode
    triples: int
    subjects: int
    objects: int
    properties: int


@dataclass(frozen=True)
class Claims:
    """Statements of the data about its graphs, and about the data sets that they are parts of; sorted."""

    graphs: Sequence[Claim] = ()
    datasets: Sequence[Claim] = ()
    dataset: ox.NamedNode | None = None
    """The one data set that the graphs are parts of; None where there is none or several."""
    namespaces: Sequence[str] = ()
    """The namespaces that the data declares prefixes of."""


@dataclass(frozen=True)
class Counts:
    """The numbers of the merge of some graphs, and of graphs one by one; the largest of each kind stand first."""

    triples: int = 0
    subjects: int = 0
    objects: int = 0
    own: int = 0
    """Subjects below the base IRI."""
    named: int = 0
    """Subjects that have an IRI."""
    class_count: int = 0
    """Classes, also those without an IRI."""
    properties: Sequence[PropertyCount] = ()
    classes: Sequence[ClassCount] = ()
    graphs: Sequence[GraphCount] = ()
    left_out: frozenset[ox.NamedNode] = frozenset()
    """The graphs that are counted one by one only, as the default graph leaves them out."""
    links: Sequence[LinkCount] = ()
    claims: Claims = field(default_factory=Claims)

    @property
    def entities(self) -> int:
        """Return how many subjects are below the base; where none is, how many have an IRI."""
        return self.own or self.named

    @property
    def examples(self) -> Sequence[ox.NamedNode]:
        """Return the first instances of the largest classes, sorted by IRI."""
        first = dict.fromkeys(count.example for count in self.classes if count.example)
        return sorted([*first][:_EXAMPLES], key=lambda example: example.value)
