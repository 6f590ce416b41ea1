"""The dump files of a release: one writer that streams sorted lines into any RDF format.

Formats with graphs get the statements graph by graph, N-Quads sorted as a whole; the others get the merge of graphs,
each triple once.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

from loader.dumps.compressed_files import BLOCK, CompressedFiles
from loader.dumps.sorted_graphs import SortedGraph, merged_quads, merged_triples
from loader.meter import Advance
from loader.namespaces import PREFIXES
from loader.release.release_index import DataFile
from nbkg.errors import UnwritableError
from nbkg.grouping import batched
from nbkg.rdf.block_stream import open_blocks
from nbkg.rdf.formats import FILE_FORMATS, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, RdfFormat
from nbkg.rdf.serialization import serialize_statements

_BATCH = 5_000


def _by_graph(graphs: Sequence[SortedGraph]) -> Iterator[bytes]:
    return chain.from_iterable(graph.quads() for graph in graphs)


DUMP_FORMATS: Mapping[str, RdfFormat] = {form.suffix: form for form in FILE_FORMATS}
"""The formats by the suffixes of their files, in the order in which they are written."""
_LINES: Mapping[RdfFormat, Callable[[Sequence[SortedGraph]], Iterator[bytes]]] = {
    N_QUADS: merged_quads,
    N_TRIPLES: merged_triples,
    TURTLE: merged_triples,
    TRIG: _by_graph,
    JSON_LD: _by_graph,
    RDF_XML: merged_triples,
}
"""The lines that a format is written from: N-Quads where it has graphs, else N-Triples."""


def write_dump_files(
    form: RdfFormat, graphs: Sequence[SortedGraph], folder: Path, path: str, advance: Advance
) -> list[DataFile]:
    """Write the graphs to `path` in the folder of a release, in each compression; return the files.

    There are none where the format cannot hold the data. Raises OSError where it cannot be written.
    """
    lines = LineReader(_LINES[form](graphs), advance)
    files = CompressedFiles(folder / path)
    try:
        with files, io.BufferedWriter(files, BLOCK) as stream:
            if form in (N_QUADS, N_TRIPLES):
                stream.writelines(lines.batches())
            else:
                _serialize(form, lines, cast(IO[bytes], stream), _prefixes(graphs))
    except UnwritableError:
        for file in files.files(path, form.media_type).values():
            (folder / file.path).unlink()
        return []
    return [
        DataFile(file.path, file.bytes, file.sha256, file.media_type, form.suffix, suffix, lines.count)
        for suffix, file in files.files(path, form.media_type).items()
    ]


def _serialize(form: RdfFormat, lines: LineReader, stream: IO[bytes], prefixes: Mapping[str, str]) -> None:
    syntax = ox.RdfFormat.N_QUADS if form.has_graphs else ox.RdfFormat.N_TRIPLES
    quads = ox.parse(open_blocks(lines.batches(), BLOCK), syntax, lenient=True)
    statements: Iterable[Any] = quads if form.has_graphs else (quad.triple for quad in quads)
    serialize_statements(statements, stream, form.syntax, prefixes)


def _prefixes(graphs: Sequence[SortedGraph]) -> dict[str, str]:
    """Return those of the project's prefixes that the properties and classes use."""
    used = b"\n".join(frozenset(chain.from_iterable(graph.properties | graph.classes for graph in graphs))).decode()
    return {prefix: space for prefix, space in PREFIXES.items() if f"<{space}" in used}


class LineReader:
    """Lines, some at a time; counts them."""

    def __init__(self, lines: Iterator[bytes], advance: Advance) -> None:
        self.count = 0
        self._lines = lines
        self._advance = advance

    def batches(self) -> Iterator[bytes]:
        """Yield the lines, some at a time."""
        for batch in batched(self._lines, _BATCH):
            self.count += len(batch)
            self._advance(len(batch))
            yield b"".join(batch)
