"""Canonical N-Quads, line by line, as bytes: their order is that of Unicode code points, which RDFC-1.0 sorts by.

https://www.w3.org/TR/rdf-canon/#canonical-quads
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from nbkg.grouping import batched
from nbkg.rdf.rdf_file import open_rdf_file

_BATCH = 5_000


@dataclass(frozen=True)
class Terms:
    """The terms of a line, as written there; `graph` is empty for the default graph."""

    subject: bytes
    predicate: bytes
    object: bytes
    graph: bytes


def subject(line: bytes) -> bytes:
    """Return the subject of a line."""
    return line[: line.index(b" ")]


def terms(line: bytes) -> Terms:
    """Return the terms of a canonical line, which are parted by single spaces; only literals hold any."""
    about, predicate, rest = line[:-3].split(b" ", 2)
    value, space, last = rest.rpartition(b" ")
    names = space and b'"' not in last and last.startswith((b"<", b"_:"))
    return Terms(about, predicate, value, last) if names else Terms(about, predicate, rest, b"")


def has_blank_node(line: bytes) -> bool:
    """Return whether a canonical line holds a blank node."""
    if b"_:" not in line:
        return False
    parts = terms(line)
    return any(term.startswith((b"_:", b"<<")) for term in (parts.subject, parts.object, parts.graph))


def ground_lines(lines: Iterable[bytes], set_aside: Callable[[bytes], object]) -> Iterator[bytes]:
    """Yield the canonical lines without blank nodes; `set_aside` is called with each of the others."""
    for line in lines:
        if has_blank_node(line):
            set_aside(line)
        else:
            yield line


def serialize_quads(quads: Iterable[ox.Quad]) -> Iterator[bytes]:
    """Yield the lines of quads, in their order."""
    for batch in batched(quads, _BATCH):
        yield from (ox.serialize(batch, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)


def parse_lines(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    """Return the quads of lines."""
    return ox.parse(b"".join(lines), ox.RdfFormat.N_QUADS)


def read_lines(file: Path) -> Iterator[bytes]:
    """Yield the lines of an N-Quads file, compressed or not, as they stand there. Raises RdfFileError, UsageError."""
    with open_rdf_file(file) as stream:
        yield from stream


def read_canonical_lines(file: Path) -> Iterator[bytes]:
    """Yield the lines of an N-Quads file in canonical form, in the file's order; blank nodes keep their labels.

    Raises RdfFileError where it does not parse, UsageError where there is no such file.
    """
    with open_rdf_file(file) as stream:
        yield from serialize_quads(ox.parse(stream, ox.RdfFormat.N_QUADS))
