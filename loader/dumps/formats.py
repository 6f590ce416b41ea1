"""The formats of a release: a table, and one writer that streams sorted lines into any of them.

Formats with graphs get the statements graph by graph, N-Quads sorted as a whole; the others get the merge of graphs,
each triple once.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

from loader.dumps.compression import BLOCK, Packing
from loader.dumps.sorted_graphs import Spool, Told, merged_quads, merged_triples
from loader.namespaces import PREFIXES, RDF
from loader.release.model import DataFile
from nbkg.rdf.formats import FILE_FORMATS, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, RdfFormat

_BATCH = 5_000
_XML_NAME = re.compile(rb"[^\w.\x80-\xff-][A-Za-z_\x80-\xff][\w.\x80-\xff-]*>$", re.ASCII)
_XML_SYNTAX = frozenset(f"<{RDF}{name}>".encode() for name in ("Description", "RDF", "ID", "about", "li", "resource"))
"""Names that mean something else in RDF/XML."""


def _by_graph(spools: Sequence[Spool]) -> Iterator[bytes]:
    return chain.from_iterable(spool.quads() for spool in spools)


FORMS: Mapping[str, RdfFormat] = {form.suffix: form for form in FILE_FORMATS}
"""The formats by the endings of their files, in the order in which they are written."""
_LINES: Mapping[RdfFormat, Callable[[Sequence[Spool]], Iterator[bytes]]] = {
    N_QUADS: merged_quads,
    N_TRIPLES: merged_triples,
    TURTLE: merged_triples,
    TRIG: _by_graph,
    JSON_LD: _by_graph,
    RDF_XML: merged_triples,
}
"""The lines that a format is written from: N-Quads where it has graphs, else N-Triples."""


def can(form: RdfFormat, spools: Sequence[Spool]) -> bool:
    """Whether the format can hold the graphs: RDF/XML cannot have every property and every character."""
    if form != RDF_XML:
        return True
    names = all(_XML_NAME.search(term) for spool in spools for term in spool.properties)
    return names and not any(spool.odd_characters or _XML_SYNTAX & spool.properties for spool in spools)


def write(form: RdfFormat, spools: Sequence[Spool], path: Path, inside: str, told: Told) -> list[DataFile]:
    """Writes the graphs to `path`, each way packed; `inside` is the path in the release.

    Raises OSError where it cannot be written.
    """
    lines = Lines(_LINES[form](spools), told)
    packing = Packing(path)
    with packing, io.BufferedWriter(packing, BLOCK) as stream:
        if form in (N_QUADS, N_TRIPLES):
            stream.writelines(lines.every())
        else:
            _serialise(form, lines, cast(IO[bytes], stream), _prefixes(spools))
    return [
        DataFile(file.path, file.bytes, file.sha256, file.media_type, form.suffix, ending, lines.count)
        for ending, file in packing.files(inside, form.media_type).items()
    ]


def _serialise(form: RdfFormat, lines: Lines, stream: IO[bytes], prefixes: Mapping[str, str]) -> None:
    syntax = ox.RdfFormat.N_QUADS if form.has_graphs else ox.RdfFormat.N_TRIPLES
    quads = ox.parse(cast(IO[bytes], io.BufferedReader(lines, BLOCK)), syntax, lenient=True)
    found: Iterable[Any] = quads if form.has_graphs else (quad.triple for quad in quads)
    ox.serialize(found, stream, form.syntax, prefixes=dict(prefixes))


def _prefixes(spools: Sequence[Spool]) -> dict[str, str]:
    """The project's prefixes of the properties and classes."""
    used = b"\n".join(frozenset(chain.from_iterable(spool.properties | spool.classes for spool in spools))).decode()
    return {prefix: space for prefix, space in PREFIXES.items() if f"<{space}" in used}


class Lines(io.RawIOBase):
    """Lines as a file to be read, counted."""

    def __init__(self, lines: Iterator[bytes], told: Told) -> None:
        self.count = 0
        self._lines = lines
        self._told = told
        self._ready = b""

    def every(self) -> Iterator[bytes]:
        """The lines, some at a time."""
        while batch := list(islice(self._lines, _BATCH)):
            self.count += len(batch)
            self._told(len(batch))
            yield b"".join(batch)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills a part of the buffer."""
        if not self._ready:
            self._ready = next(self.every(), b"")
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size
