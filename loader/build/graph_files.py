"""Writes graphs from streams of records: small ones as canonical Turtle, large ones as sorted, compressed N-Quads.

Memory does not grow with a large graph: its lines are sorted on disk (docs/adding-a-source.md).
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyoxigraph as ox
import zstandard
from rdflib import Graph

from loader import identifiers
from loader.namespaces import BASE, rebase
from loader.sources.graph_stream import GraphStream, Record
from nbkg.errors import DataError
from nbkg.grouping import batched
from nbkg.rdf.canonical import CanonicalGraph, canonical_graph
from nbkg.rdf.external_sort import sort_lines
from nbkg.rdf.rdflib_terms import to_graph

LARGE = 100_000
"""A graph of more triples is large. So many triples take some 50 MB while they are held."""
_BATCH = 10_000
"""Triples or lines that are written at once."""

Check = Callable[[Iterable[Record]], Iterator[Record]]
"""Yields the records as they are; raises ValidationError where some break a shape."""


@dataclass(frozen=True)
class SmallGraph:
    """A graph that is held in memory."""

    stream: GraphStream
    content: CanonicalGraph
    graph: Graph | None
    """The statements as they are validated, of a joint graph."""

    @property
    def count(self) -> int:
        """The number of triples."""
        return len(self.content.triples)

    @property
    def sha256(self) -> str:
        """The hash of the sorted canonical N-Triples."""
        return self.content.sha256

    @property
    def file_name(self) -> str:
        """The name of its file in the folder of graphs."""
        return f"{self.stream.name.replace('/', '-')}.ttl"


@dataclass(frozen=True)
class LargeGraph:
    """A graph that stands in a file of sorted N-Quads, compressed with zstd."""

    stream: GraphStream
    file: Path
    count: int
    sha256: str

    @property
    def file_name(self) -> str:
        """The name of its file in the folder of graphs."""
        return f"{self.stream.name.replace('/', '-')}.nq.zst"


WrittenGraph = SmallGraph | LargeGraph


@dataclass(frozen=True)
class GraphWriter:
    """Writes the graphs of one build."""

    folder: Path
    """Takes what must be sorted and the files of large graphs until they are moved."""
    base: str
    """Takes the place of the project's own base in every IRI and literal."""
    check: Check
    """Checks the records of graphs that are not joint; joint graphs are checked together by whoever builds."""

    def write(self, stream: GraphStream) -> WrittenGraph:
        """Read a stream to its end. Raises DataError for a blank node where the stream allows none."""
        records = iter(stream.records) if stream.joint else self.check(stream.records)
        first, count = deque[Record](), 0
        for record in records:
            first.append(record)
            count += len(record)
            if count > LARGE and not stream.joint:
                return self._write_large(stream, chain(_drained(first), records))
        graph = to_graph(chain.from_iterable(first))
        content = canonical_graph(graph, rebase=rebase(self.base), blank_nodes=stream.blank_nodes)
        return SmallGraph(stream, content, graph if stream.joint else None)

    def _write_large(self, stream: GraphStream, records: Iterable[Record]) -> LargeGraph:
        folder = self.folder / hashlib.sha256(stream.name.encode()).hexdigest()[:16]
        folder.mkdir(parents=True)
        file = sort_lines(self._lines(records), folder)
        graph, target = _in_graph(stream.name, self.base), folder / "graph.nq.zst"
        count, digest = 0, hashlib.sha256()
        with (
            file.open("rb", buffering=1 << 20) as lines,
            target.open("wb") as raw,
            zstandard.ZstdCompressor(level=3).stream_writer(raw) as stream_writer,
        ):
            for batch in batched(lines, _BATCH):
                count += len(batch)
                digest.update(b"".join(batch))
                stream_writer.write(b"".join([line[:-2] + graph for line in batch]))
        file.unlink()
        return LargeGraph(stream, target, count, digest.hexdigest())

    def _lines(self, records: Iterable[Record]) -> Iterator[bytes]:
        """Yield the records as lines of N-Triples."""
        old, new = BASE.encode(), self.base.encode()
        for batch in batched(chain.from_iterable(records), _BATCH):
            text = ox.serialize(batch, format=ox.RdfFormat.N_TRIPLES) or b""
            if b"_:" in text and any(_has_blank_node(triple) for triple in batch):
                raise DataError("a data graph holds a blank node; give it an IRI made from a key")
            yield from (text.replace(old, new) if old != new else text).splitlines(keepends=True)


def _has_blank_node(triple: ox.Triple) -> bool:
    return isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)


def _in_graph(name: str, base: str) -> bytes:
    """Return the end of a line of N-Quads in the named graph."""
    return f"<{identifiers.graph(name).replace(BASE, base)}> .\n".encode()


def _drained(records: deque[Record]) -> Iterator[Record]:
    """Yield the records and let go of each, so that memory is free again."""
    while records:
        yield records.popleft()
