"""What a file of a release holds: parsed, counted, sorted outside of memory, hashed in canonical form."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from loader.dumps.formats import FORMS
from loader.dumps.sorted_graphs import Spool, hashed
from nbkg.errors import DataError
from nbkg.rdf.blank_node_labels import BlankNodeLabeller
from nbkg.rdf.compression import READ_ERRORS, open_decompressed
from nbkg.rdf.external_sort import sort_lines
from nbkg.rdf.nquads import has_blank_node, serialize_quads, terms


@dataclass(frozen=True)
class Contents:
    """The statements of a file, by graph; a format without graphs has one, the default graph."""

    spools: dict[str | None, Spool]

    @property
    def count(self) -> int:
        """How many statements."""
        return sum(spool.triples for spool in self.spools.values())


def unpacked_digest(path: Path) -> str:
    """SHA-256 of what is packed in a file. Raises DataError where it cannot be unpacked to its end."""
    found = hashlib.sha256()
    try:
        with open_decompressed(path) as stream:
            while block := stream.read(1 << 20):
                found.update(block)
    except READ_ERRORS as error:
        raise DataError(f"cannot be unpacked to its end: {error}") from error
    return found.hexdigest()


def contents(path: Path, form: str, scratch: Path, naming: BlankNodeLabeller) -> Contents:
    """What a packed file of a format holds; `scratch` is a new folder for what is sorted.

    Raises DataError (line) where it does not parse.
    """
    scratch.mkdir(parents=True)
    with open_decompressed(path) as stream, (scratch / "blank").open("wb") as blank:
        lines = serialize_quads(_parsed(stream, form))
        ground = sort_lines(_without_blank(lines, blank), scratch)
    spools = hashed(_split(ground, scratch / "blank", scratch), naming)
    return Contents({spool.iri: spool for spool in spools})


def _syntax(form: str) -> ox.RdfFormat:
    """The format as it is read: our JSON-LD is written so that it can be read as a stream, not whole in memory.

    https://www.w3.org/TR/json-ld11-streaming/
    """
    syntax = FORMS[form].syntax
    return ox.RdfFormat.STREAMING_JSON_LD if syntax == ox.RdfFormat.JSON_LD else syntax


def _parsed(stream: IO[bytes], form: str) -> Iterator[ox.Quad]:
    try:
        yield from ox.parse(_Whole(stream), _syntax(form))  # type: ignore[arg-type]  # it reads
    except SyntaxError as error:
        raise DataError(f"does not parse: {error.msg}", line=error.lineno) from error
    except (*READ_ERRORS, ValueError) as error:
        raise DataError(f"cannot be read to its end: {error}") from error


class _Whole(io.RawIOBase):
    """Reads from another stream."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As much as fits."""
        block = self._stream.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)


def _without_blank(lines: Iterable[bytes], blank: IO[bytes]) -> Iterator[bytes]:
    for line in lines:
        if has_blank_node(line):
            blank.write(line)
        else:
            yield line


def _split(ground: Path, blank: Path, scratch: Path) -> list[Spool]:
    """The sorted lines of N-Quads as sorted lines of N-Triples, graph by graph."""
    with ExitStack() as stack:
        parts: dict[bytes, _Part] = {}
        for path, kind in ((ground, "ground"), (blank, "blank")):
            for line in stack.enter_context(path.open("rb", buffering=1 << 20)):
                found = terms(line)
                if found.graph not in parts:
                    parts[found.graph] = _Part(found.graph, scratch / f"graph-{len(parts)}", stack)
                parts[found.graph].add(kind, b"%b %b %b .\n" % (found.subject, found.predicate, found.object))
    return [part.spool() for _, part in sorted(parts.items())]


class _Part:
    """One graph's lines on their way to disk."""

    def __init__(self, graph: bytes, folder: Path, stack: ExitStack) -> None:
        folder.mkdir()
        self._graph = graph.decode().strip("<>") or None
        self._paths = {kind: folder / kind for kind in ("ground", "blank")}
        self._files = {kind: stack.enter_context(path.open("wb")) for kind, path in self._paths.items()}
        self._count = 0

    def add(self, kind: str, line: bytes) -> None:
        self._files[kind].write(line)
        self._count += 1

    def spool(self) -> Spool:
        return Spool(self._graph, self._paths["ground"], self._paths["blank"], self._count)
