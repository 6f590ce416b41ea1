"""What nbkg is built from, as `data/sources.ttl` tells it: the reports, their files, publisher and terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from rdflib import Graph, URIRef

from loader import identifiers
from loader.errors import CuratedError
from loader.namespaces import DCTERMS, NBKG
from nbkg.rdf.turtle import read_files, turtle_files

SERIES = identifiers.dataset("status-reports")


@dataclass(frozen=True)
class Sources:
    """Everything that a build reads, but for reports named on the command line."""

    described: Graph
    """`data/sources.ttl`"""
    ontology: Graph
    schemes: Graph
    shapes: Graph
    examples: Graph
    curated: Graph
    reports: tuple[Path, ...]

    @property
    def publisher(self) -> URIRef:
        """Who publishes the status reports."""
        publisher = self.described.value(SERIES, DCTERMS.publisher)
        if not isinstance(publisher, URIRef):
            raise CuratedError(f"<{SERIES}> has no dcterms:publisher", file="sources.ttl")
        return publisher


def read_sources(curated: Path | None = None) -> Sources:
    """The sources that stand in the project; `curated` takes the place of `data/curated/`."""
    data = files("data")
    described = read_files([data / "sources.ttl"])
    schemes = read_files(turtle_files(files("ontology") / "schemes"))
    return Sources(
        described=described,
        ontology=read_files(turtle_files(files("ontology"))) + schemes,
        schemes=schemes,
        shapes=read_files(turtle_files(files("shapes"))),
        examples=read_files(_examples(data)),
        curated=read_files(turtle_files(curated or data / "curated")),
        reports=tuple(_report_files(described, data)),
    )


def _examples(data: Traversable) -> Sequence[Path | Traversable]:
    place = data / "examples"
    return turtle_files(place) if place.is_dir() else []


def _report_files(described: Graph, data: Traversable) -> list[Path]:
    names = sorted(str(name) for name in described.objects(None, NBKG.file))
    return [Path(str(data / name)) for name in names]
