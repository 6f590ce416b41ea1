"""A source as its description states it, and one delivery of its bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO

from rdflib import URIRef

from loader.errors import CuratedError
from loader.sources.harvest_plan import HarvestPlan


@dataclass(frozen=True)
class Source:
    """A source of a build: an address, how it is opened, and the kind that makes graphs of it (nbkg:DataSource)."""

    iri: URIRef
    key: str
    """The name of the source in names of graphs, such as `catalogue/{key}` (dcterms:identifier)."""
    kind: str
    """A name in `loader.build.kinds.KINDS`."""
    opener: str
    """A name in `loader.sources.openers.OPENERS`."""
    address: str
    """The path of a file, or an IRI."""
    profile: URIRef | None = None
    """What the content conforms to, which tells a kind how this source differs from others (dcterms:conformsTo)."""
    enabled: bool = True
    harvest: HarvestPlan = field(default_factory=HarvestPlan)
    """How the opener asks a provider for its records."""
    described_in: str = ""
    """The file of the description, for messages."""

    def error(self, problem: str) -> CuratedError:
        """Return an error that names the file of the description and the source."""
        return CuratedError(f"<{self.iri}>: {problem}", file=self.described_in)


@dataclass(frozen=True)
class Document:
    """One delivery of a source: a file, or the body of a response."""

    name: str
    """The path of the file, or the address of the response."""
    stream: IO[bytes]
