"""How long a build of one large generated source takes, and how much memory: time and peak of this process."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, islice, pairwise
from pathlib import Path

import pyoxigraph as ox
from rdflib import URIRef
from rich.console import Console
from rich.table import Table

from benchmarks import library
from loader.build.kinds import make_kinds
from loader.build.pipeline import build
from loader.namespaces import DCTERMS, RDF, SKOS
from loader.sources.graph_stream import GraphStream, Record
from loader.sources.project import read_project

_BATCH = 10_000
_CHECKED = 100
"""One record in so many holds a node that shapes are about: a `dcterms:Standard` with names in three languages."""
_SOURCE = URIRef("https://w3id.org/nbkg/graph/examples")
"""What is described in data/sources.ttl and gives the graph its title and terms."""


class GeneratedLibrary:
    """A kind whose one source is generated: library-shaped records, as `benchmarks.library` makes them."""

    def __init__(self, triples: int, at_end: Callable[[], None]) -> None:
        self._triples = triples
        self._at_end = at_end

    def graphs(self) -> Iterator[GraphStream]:
        """Yield one graph of so many triples."""
        yield GraphStream("catalogue/generated", self._records(), source=_SOURCE)
        self._at_end()

    def _records(self) -> Iterator[Record]:
        lines = islice(library.statements(self._triples), self._triples)
        for number, (_, record) in enumerate(groupby(_parsed(lines), lambda triple: triple.subject)):
            triples = list(record)
            yield triples if number % _CHECKED else [*triples, *_standard(number)]

    def warnings(self) -> Sequence[str]:
        """Return nothing."""
        return ()

    def summary(self) -> str:
        """Return the size."""
        return f"{self._triples} generated triples"

    def register(self, curated: Path) -> Path | None:  # noqa: ARG002  # the interface of kinds
        """Write nothing."""
        return None


def _parsed(lines: Iterator[str]) -> Iterator[ox.Triple]:
    while batch := "".join(islice(lines, _BATCH)):
        yield from (quad.triple for quad in ox.parse(batch, ox.RdfFormat.N_TRIPLES))


def _standard(number: int) -> Iterator[ox.Triple]:
    subject = ox.NamedNode(f"{library.BASE}standard/{number}")
    yield ox.Triple(subject, ox.NamedNode(str(RDF.type)), ox.NamedNode(str(DCTERMS.Standard)))
    for language in ("nb", "nn", "en"):
        yield ox.Triple(subject, ox.NamedNode(str(SKOS.prefLabel)), ox.Literal("standard", language=language))


def run(triples: str, work: Path, console: Console) -> None:
    """Build the generated source in a temporary folder of `work` and print the seconds and the peak of memory."""
    work.mkdir(parents=True, exist_ok=True)
    project, peak_before = read_project(), _peak()
    marks = [time.perf_counter()]
    kind = GeneratedLibrary(library.SIZES[triples], lambda: marks.append(time.perf_counter()))
    with tempfile.TemporaryDirectory(dir=work) as folder:
        build(project, [*make_kinds(project), kind], Path(folder) / "graphs")
        size = (Path(folder) / "graphs" / "catalogue-generated.nq.zst").stat().st_size
    marks.append(time.perf_counter())
    table = Table("triples", "large graph s", "the rest s", "file MB", "memory before MB", "peak MB", title="Build")
    seconds = [f"{after - before:.1f}" for before, after in pairwise(marks)]
    table.add_row(triples, *seconds, f"{size / 1e6:.0f}", str(peak_before), str(_peak()))
    console.print(table)


def _peak() -> int:
    """Return the most memory that this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
