"""Reads the descriptions of sources: `data/sources.ttl`, and the files of whoever runs the build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox
from rdflib import BNode, Graph, URIRef

from loader.errors import CuratedError
from loader.namespaces import BASE
from loader.queries import rows, store_of
from loader.sources.graph_stream import to_triples
from loader.sources.harvest_plan import HarvestPlan
from loader.sources.openers import SCHEMES
from loader.sources.source import Source
from loader.validate import Severity, validate
from loader.validate.read import read
from nbkg.grouping import group_values
from nbkg.rdf.solutions import Row, text
from nbkg.rdf.turtle import read_files

_FALSE = {"false", "0"}
_SHAPES = ("sources.ttl", "prefixes.ttl")


@dataclass(frozen=True)
class Descriptions:
    """The descriptions as they stand in the files, and the sources that they describe."""

    graph: Graph
    sources: tuple[Source, ...]
    """In the order of their keys, disabled ones too."""


def read_descriptions(described_in: Sequence[Path | Traversable]) -> Descriptions:
    """Return what the files describe.

    Raises UsageError for a file that cannot be read, CuratedError (file, source, what to do) for one that is not
    Turtle, for a source that breaks `shapes/sources.ttl`, and for two sources with one key.
    """
    graph, sources = Graph(), dict[str, Source]()
    switches = dict[str, bool]()
    for file in described_in:
        described = read_files([file])
        _check(described, file.name)
        for source in _sources(described, file):
            if source.key in sources:
                other = sources[source.key]
                raise source.error(f"<{other.iri}> in {other.described_in} has the key “{source.key}” too; change one")
            sources[source.key] = source
        switches |= _switches(described, graph)
        graph += described
    for key, source in sources.items():
        sources[key] = replace(source, enabled=switches.get(str(source.iri), source.enabled))
    return Descriptions(graph, tuple(sources[key] for key in sorted(sources)))


def _switches(described: Graph, before: Graph) -> dict[str, bool]:
    """Return which sources of earlier files a file switches on or off; what these state of it leaves `before`."""
    switched = list(rows(store_of(to_triples(described)), "sources/switches", BASE))
    for row in switched:
        before.remove((URIRef(text(row, "source")), URIRef(text(row, "property")), None))
    return {text(row, "source"): text(row, "enabled") not in _FALSE for row in switched}


def _check(described: Graph, file: str) -> None:
    if any(isinstance(node, BNode) for node in described.all_nodes()):
        raise CuratedError("holds a blank node; give an IRI to what it describes", file=file)
    shapes = read([Path(str(files("shapes") / name)) for name in _SHAPES])
    for result in validate(described, shapes=shapes).results:
        if result.severity is Severity.VIOLATION:
            raise CuratedError(f"<{result.focus}>: {result.message('en')}", file=file)


def _sources(described: Graph, file: Path | Traversable) -> Iterator[Source]:
    store = store_of(to_triples(described))
    plans = _plans(store)
    for row in rows(store, "sources/descriptions", BASE):
        address, opener = _address(row, file)
        yield Source(
            iri=URIRef(text(row, "source")),
            key=text(row, "key"),
            kind=text(row, "kind"),
            opener=text(row, "opener") or opener,
            address=address,
            profile=URIRef(text(row, "profile")) if "profile" in row else None,
            enabled=text(row, "enabled") not in _FALSE,
            harvest=plans[text(row, "source")],
            described_in=file.name,
        )


def _plans(store: ox.Store) -> dict[str, HarvestPlan]:
    """Return how each source is harvested, by its IRI."""
    partitions = group_values(
        (text(row, "source"), text(row, "partition")) for row in rows(store, "sources/partitions", BASE)
    )
    return {
        text(row, "source"): HarvestPlan.from_row(row, tuple(partitions.get(text(row, "source"), ())))
        for row in rows(store, "sources/harvests", BASE)
    }


def _address(row: Row, file: Path | Traversable) -> tuple[str, str]:
    """Return the address of a source and the opener that it needs; a file stands beside its description."""
    if "file" in row:
        return str(Path(str(file)).parent / text(row, "file")), "file"
    address = text(row, "address")
    scheme = urlsplit(address).scheme
    return address, SCHEMES.get(scheme, scheme)
