"""The statements of RDF files, gzipped or not, as streams; blank nodes have the same names at each reading.

The name of a blank node is made from the hash of the file's content and the node's label. N-Quads and N-Triples have
labels of their own; in other formats (labels of `[]` differ at each reading) nodes are numbered as they come, which
takes memory for each blank node of such a file.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from loader.store.load import SUFFIXES
from nbkg.errors import RdfFileError, UsageError

Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
Moved = Callable[[int], object]
"""Is told how many more bytes of a file were read."""
_LABELLED = {ox.RdfFormat.N_QUADS, ox.RdfFormat.N_TRIPLES}
_STEP = 10_000


@dataclass(frozen=True)
class Source:
    """A file to be cut."""

    file: Path
    kind: ox.RdfFormat
    digest: str
    """SHA-256 of its content."""
    graph: Graph
    """Where triples go that the file puts in no graph."""
    stamp: tuple[int, int]
    """Its size and time before it was read."""

    @property
    def size(self) -> int:
        """In bytes."""
        return self.stamp[0]


def source(file: Path, graph: str | None = None) -> Source:
    """A file, gzipped or not; `graph` as in `loader.store.load`. Raises UsageError for no file or an unknown kind."""
    if not file.is_file():
        raise UsageError(f"{file}: no such file")
    suffix = _plain(file).suffix.lower()
    kind = ox.RdfFormat.from_extension(suffix[1:]) if suffix in SUFFIXES else None
    if kind is None:
        raise UsageError(f"{file}: unknown kind of file; expected one of {' '.join(sorted(SUFFIXES))}, or one with .gz")
    stamp = _stamp(file)
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Source(file, kind, digest, _target(None if kind.supports_datasets else graph), stamp)


def _stamp(file: Path) -> tuple[int, int]:
    about = file.stat()
    return about.st_size, about.st_mtime_ns


def _plain(file: Path) -> Path:
    return file.with_suffix("") if file.suffix.lower() == ".gz" else file


def _target(graph: str | None) -> Graph:
    try:
        return ox.NamedNode(graph) if graph else ox.DefaultGraph()
    except ValueError as error:
        raise UsageError(f"{graph}: is no IRI of a graph: {error}") from error


def statements(source: Source, moved: Moved) -> Iterator[tuple[ox.Triple, Graph]]:
    """A file's triples, each with its graph.

    Raises RdfFileError for a file that does not parse, or changed since `source` saw it.
    """
    label = _labels(source)
    for quad in _parsed(source, moved):
        triple, graph = quad.triple, quad.graph_name
        if isinstance(graph, ox.DefaultGraph):
            graph = source.graph
        elif isinstance(graph, ox.BlankNode):
            graph = label(graph)
        yield renamed(triple, label), graph


def _labels(source: Source) -> Callable[[ox.BlankNode], ox.BlankNode]:
    """From a node's label in the file to one that no other file has: `b` and 64 hexadecimal digits."""
    numbers: dict[str, int] = {}

    def label(node: ox.BlankNode) -> ox.BlankNode:
        own = node.value if source.kind in _LABELLED else str(numbers.setdefault(node.value, len(numbers)))
        return ox.BlankNode("b" + hashlib.sha256(f"{source.digest} {own}".encode()).hexdigest())

    return label


def _parsed(source: Source, moved: Moved) -> Iterator[ox.Quad]:
    place = 0
    with source.file.open("rb") as raw, _unzipped(source.file, raw) as stream, _told(source.file):
        for number, quad in enumerate(ox.parse(stream, source.kind)):
            yield quad
            if number % _STEP == 0:
                moved(raw.tell() - place)
                place = raw.tell()
        moved(raw.tell() - place)
    if _stamp(source.file) != source.stamp:
        raise RdfFileError("changed while it was read; run the same command again", file=source.file)


@contextmanager
def _unzipped(file: Path, raw: IO[bytes]) -> Iterator[IO[bytes]]:
    if file.suffix.lower() != ".gz":
        yield raw
        return
    with gzip.open(raw) as stream:
        yield cast(IO[bytes], stream)


@contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except (SyntaxError, ValueError) as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        raise RdfFileError(f"does not parse: {error}", file=file, line=line) from error
    except (EOFError, OSError, zlib.error) as error:
        raise RdfFileError(f"cannot be read to its end: {error}", file=file) from error


def blank_nodes(triple: ox.Triple) -> Sequence[ox.BlankNode]:
    """The blank nodes of a triple, and of triples in it."""
    subject, found = triple.subject, triple.object
    nodes: Sequence[ox.BlankNode] = (subject,) if isinstance(subject, ox.BlankNode) else ()
    if isinstance(found, ox.BlankNode):
        return (*nodes, found)
    return (*nodes, *blank_nodes(found)) if isinstance(found, ox.Triple) else nodes


def renamed(triple: ox.Triple, name: Callable[[ox.BlankNode], ox.NamedNode | ox.BlankNode]) -> ox.Triple:
    """The triple with its blank nodes renamed, also inside triples in it."""
    subject, found = triple.subject, triple.object
    if isinstance(found, ox.Triple):
        found = renamed(found, name)
    elif isinstance(found, ox.BlankNode):
        found = name(found)
    elif not isinstance(subject, ox.BlankNode):
        return triple
    return ox.Triple(name(subject) if isinstance(subject, ox.BlankNode) else subject, triple.predicate, found)
