"""Reads the dump files of a release: parsed, counted, sorted outside of memory, hashed in canonical form."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from loader.dumps.dump_files import DUMP_FORMATS
from loader.dumps.sorted_graphs import SortedGraph, label_blank_nodes
from loader.verify.xml_reading import read_xml
from nbkg.errors import DataError
from nbkg.rdf.blank_node_labels import BlankNodeLabeller
from nbkg.rdf.block_stream import open_blocks
from nbkg.rdf.compression import READ_ERRORS, open_decompressed
from nbkg.rdf.external_sort import sort_lines
from nbkg.rdf.formats import RDF_XML
from nbkg.rdf.nquads import ground_lines, serialize_quads, terms

_BLOCK = 1 << 16


@dataclass(frozen=True)
class Contents:
    """The statements of a file, by graph; a format without graphs has one, the default graph."""

    graphs: dict[str | None, SortedGraph]

    @property
    def count(self) -> int:
        """Return the number of statements."""
        return sum(graph.triples for graph in self.graphs.values())


def uncompressed_digest(path: Path) -> str:
    """Return the SHA-256 of what a file unpacks to. Raises DataError where it cannot be unpacked to its end."""
    try:
        with open_decompressed(path) as stream:
            return hashlib.file_digest(cast(BufferedReader, stream), "sha256").hexdigest()
    except READ_ERRORS as error:
        raise DataError(f"cannot be unpacked to its end: {error}") from error


def read_contents(path: Path, suffix: str, scratch: Path, labeller: BlankNodeLabeller) -> Contents:
    """Return the statements of a compressed file; `scratch` is a new folder for what is sorted.

    Raises DataError (line) where it does not parse.
    """
    scratch.mkdir(parents=True)
    with open_decompressed(path) as stream, (scratch / "blank").open("wb") as blank:
        lines = serialize_quads(_parse(stream, suffix))
        ground = sort_lines(ground_lines(lines, blank.write), scratch)
    graphs = label_blank_nodes(_split(ground, scratch / "blank", scratch), labeller)
    return Contents({graph.iri: graph for graph in graphs})


def _syntax(suffix: str) -> ox.RdfFormat:
    """Return the format by which a file is read: our JSON-LD can be read as a stream, not all in memory.

    https://www.w3.org/TR/json-ld11-streaming/
    """
    syntax = DUMP_FORMATS[suffix].syntax
    return ox.RdfFormat.STREAMING_JSON_LD if syntax == ox.RdfFormat.JSON_LD else syntax


def _parse(stream: IO[bytes], suffix: str) -> Iterator[ox.Quad]:
    try:
        blocks = read_xml(stream) if suffix == RDF_XML.suffix else iter(partial(stream.read, _BLOCK), b"")
        yield from ox.parse(open_blocks(blocks, _BLOCK), _syntax(suffix))
    except SyntaxError as error:
        raise DataError(f"does not parse: {error.msg}", line=error.lineno) from error
    except (*READ_ERRORS, ValueError) as error:
        raise DataError(f"cannot be read to its end: {error}") from error


def _split(ground: Path, blank: Path, scratch: Path) -> list[SortedGraph]:
    """Split the sorted lines of N-Quads into sorted lines of N-Triples, graph by graph."""
    with ExitStack() as stack:
        graphs: dict[bytes, _GraphFiles] = {}
        for path, kind in ((ground, "ground"), (blank, "blank")):
            for line in stack.enter_context(path.open("rb", buffering=1 << 20)):
                parts = terms(line)
                if parts.graph not in graphs:
                    graphs[parts.graph] = _GraphFiles(parts.graph, scratch / f"graph-{len(graphs)}", stack)
                graphs[parts.graph].add(kind, b"%b %b %b .\n" % (parts.subject, parts.predicate, parts.object))
    return [files.sorted_graph() for _, files in sorted(graphs.items())]


class _GraphFiles:
    """Writes the lines of one graph to disk."""

    def __init__(self, graph: bytes, folder: Path, stack: ExitStack) -> None:
        folder.mkdir()
        self._graph = graph.decode().strip("<>") or None
        self._paths = {kind: folder / kind for kind in ("ground", "blank")}
        self._files = {kind: stack.enter_context(path.open("wb")) for kind, path in self._paths.items()}
        self._count = 0

    def add(self, kind: str, line: bytes) -> None:
        self._files[kind].write(line)
        self._count += 1

    def sorted_graph(self) -> SortedGraph:
        return SortedGraph(self._graph, self._paths["ground"], self._paths["blank"], self._count)
