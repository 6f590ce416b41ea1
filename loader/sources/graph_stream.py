"""What a kind gives: graphs as streams of records, each with what the build says of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.term import Node

from nbkg.rdf.rdflib_terms import to_oxigraph

Record = Sequence[ox.Triple]
"""The statements of one record. A shape is checked in batches of whole records: what a record needs stands in it."""


@dataclass(frozen=True)
class GraphStream:
    """A named graph while it is made; its records can be read once."""

    name: str
    """The name below `graph/`, such as `report/2025-10-14` or `catalogue/{key of the source}`."""
    records: Iterable[Record]
    issued: date | None = None
    """The date that the source itself states."""
    used: tuple[URIRef, ...] = ()
    """What the graph was made from, besides curated knowledge (prov:used)."""
    source: URIRef | None = None
    """The source whose title and terms the graph takes over, where `data/sources.ttl` describes no such graph."""
    joint: bool = False
    """Whether shapes look from this graph into others: it is held in memory and validated together with them.

    Other graphs are validated in batches of whole records as they stream by, and may have any size.
    """
    blank_nodes: bool = False
    """Whether a joint graph may hold blank nodes."""


class SourceKind(Protocol):
    """What turns the documents of sources into graphs."""

    def graphs(self) -> Iterator[GraphStream]:
        """Yield the graphs. Each is read to its end before the next one is asked for.

        Raises DataError for a document that cannot be used: it names the document, the line and what to do.
        """

    def warnings(self) -> Sequence[str]:
        """Return what could be read but not believed, once the graphs were read."""

    def summary(self) -> str:
        """Return in a few words what was read, once the graphs were read."""

    def register(self, curated: Path) -> Path | None:
        """Write what must be remembered into the folder of curated Turtle; return the file, or None."""


def to_triples(triples: Iterable[tuple[Node, Node, Node]]) -> list[ox.Triple]:
    """Return triples of rdflib as those of a record."""
    return [ox.Triple(*map(to_oxigraph, triple)) for triple in triples]  # type: ignore[arg-type]  # RDF 1.1 triples
