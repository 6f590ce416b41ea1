"""The statements of RDF files, compressed or not, as streams; blank nodes have the same labels at each reading.

The label of a blank node is made from the hash of the file's content and the node's own label. N-Quads and N-Triples
have labels of their own; in other formats (labels of `[]` differ at each reading) nodes are numbered as they come,
which takes memory for each blank node of such a file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from nbkg.errors import RdfFileError, UsageError
from nbkg.rdf.compression import decompress
from nbkg.rdf.digests import file_digest
from nbkg.rdf.formats import N_QUADS, N_TRIPLES, RdfFormat, find_format
from nbkg.rdf.rdf_file import parse_document, read_errors
from nbkg.rdf.terms import rename_blank_nodes

Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
ReadProgress = Callable[[int], object]
"""A function that is called with how many more bytes of a file were read."""
_LABELLED = (N_QUADS, N_TRIPLES)
_STEP = 10_000


@dataclass(frozen=True)
class RdfFile:
    """An RDF file as it was when it was first looked at."""

    file: Path
    format: RdfFormat
    digest: str
    """SHA-256 of its content."""
    graph: Graph
    """The graph of triples that the file puts in none."""
    stamp: tuple[int, int]
    """Its size and modification time."""
    base: str = ""
    """What its relative IRIs are relative to; empty where it may have none."""

    @property
    def size(self) -> int:
        """Return its size in bytes."""
        return self.stamp[0]


def inspect_file(file: Path, graph: str | None = None, base: str = "") -> RdfFile:
    """Return what a file is; `graph` is the IRI of the graph of triples that it puts in none.

    `base` is what its relative IRIs are relative to.

    Raises UsageError where there is no such file, its suffix is unknown, or `graph` is no IRI.
    """
    form = find_format(file)
    stamp = _stamp(file)
    return RdfFile(file, form, file_digest(file), _graph(None if form.has_graphs else graph), stamp, base)


def _stamp(file: Path) -> tuple[int, int]:
    about = file.stat()
    return about.st_size, about.st_mtime_ns


def _graph(iri: str | None) -> Graph:
    try:
        return ox.NamedNode(iri) if iri else ox.DefaultGraph()
    except ValueError as error:
        raise UsageError(f"{iri}: is not an IRI that can name a graph: {error}") from error


def read_statements(file: RdfFile, progress: ReadProgress) -> Iterator[tuple[ox.Triple, Graph]]:
    """Yield a file's triples, each with its graph.

    Raises RdfFileError for a file that does not parse, or changed since it was inspected.
    """
    label = _labels(file)
    for quad in _read_quads(file, progress):
        triple, graph = quad.triple, quad.graph_name
        if isinstance(graph, ox.DefaultGraph):
            graph = file.graph
        elif isinstance(graph, ox.BlankNode):
            graph = label(graph)
        yield rename_blank_nodes(triple, label), graph


def _labels(file: RdfFile) -> Callable[[ox.BlankNode], ox.BlankNode]:
    """Return the function from a node's label in the file to one that no other file has: `b` and 64 hex digits."""
    numbers: dict[str, int] = {}

    def label(node: ox.BlankNode) -> ox.BlankNode:
        own = node.value if file.format in _LABELLED else str(numbers.setdefault(node.value, len(numbers)))
        return ox.BlankNode("b" + hashlib.sha256(f"{file.digest} {own}".encode()).hexdigest())

    return label


def _read_quads(file: RdfFile, progress: ReadProgress) -> Iterator[ox.Quad]:
    position = 0
    with file.file.open("rb") as raw, read_errors(file.file), decompress(file.file, raw) as stream:
        for number, quad in enumerate(parse_document(stream, file.format.syntax, file.base)):
            yield quad
            if number % _STEP == 0:
                progress(raw.tell() - position)
                position = raw.tell()
        progress(raw.tell() - position)
    if _stamp(file.file) != file.stamp:
        raise RdfFileError("changed while it was read; run the same command again", file=file.file)
