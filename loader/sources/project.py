"""The Turtle that a build reads besides its sources: vocabulary, shapes, examples and curated knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from rdflib import Graph

from loader.sources.descriptions import read_descriptions
from loader.sources.source import Source
from nbkg.rdf.turtle import read_files, turtle_files


@dataclass(frozen=True)
class ProjectData:
    """Everything that a build reads, except the documents of its sources."""

    described: Graph
    """`data/sources.ttl` and the other descriptions of sources."""
    sources: tuple[Source, ...]
    ontology: Graph
    schemes: Graph
    """The concept schemes, which are a part of `ontology` too."""
    shapes: Graph
    examples: Graph
    curated: Graph
    reference: Graph
    """`data/reference.ttl`: the controlled values of others that the data names, with their labels."""
    mappings: tuple[Path | Traversable, ...] = ()
    """The mapping files of the project, `data/mappings/*.sssom.tsv`."""

    def sources_of(self, kind: str) -> tuple[Source, ...]:
        """Return the enabled sources of a kind."""
        return tuple(source for source in self.sources if source.kind == kind and source.enabled)


def read_project(
    curated: Path | None = None, descriptions: Sequence[Path] = (), data: Path | Traversable | None = None
) -> ProjectData:
    """Return what stands in the project; `data` takes the place of `data/`, and `curated` that of its `curated/`.

    `descriptions` are files that describe sources, besides `data/sources.ttl`.
    """
    data = data or files("data")
    described = read_descriptions([data / "sources.ttl", *descriptions])
    schemes = read_files(turtle_files(files("ontology") / "schemes"))
    return ProjectData(
        described=described.graph,
        sources=described.sources,
        ontology=read_files(turtle_files(files("ontology"))) + schemes,
        schemes=schemes,
        shapes=read_files(turtle_files(files("shapes"))),
        examples=read_files(_examples(data)),
        curated=read_files(turtle_files(curated or data / "curated")),
        reference=read_files([files("data") / "reference.ttl"]),
        mappings=_mapping_files(data / "mappings"),
    )


def _examples(data: Traversable) -> Sequence[Path | Traversable]:
    examples = data / "examples"
    return turtle_files(examples) if examples.is_dir() else []


def _mapping_files(folder: Path | Traversable) -> tuple[Path | Traversable, ...]:
    each = folder.iterdir() if folder.is_dir() else iter(())
    return tuple(sorted((file for file in each if file.name.endswith(".sssom.tsv")), key=lambda file: file.name))
