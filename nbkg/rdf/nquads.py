"""Canonical N-Quads, line by line, as bytes: their order is that of Unicode code points, which RDFC-1.0 sorts by.

https://www.w3.org/TR/rdf-canon/#canonical-quads
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from nbkg.errors import RdfFileError, UsageError
from nbkg.rdf.compression import ERRORS, opened

_BATCH = 5_000


@dataclass(frozen=True)
class Terms:
    """The parts of a line, as written there; `graph` is empty for the default graph."""

    subject: bytes
    predicate: bytes
    object: bytes
    graph: bytes


def subject(line: bytes) -> bytes:
    """The subject of a line."""
    return line[: line.index(b" ")]


def terms(line: bytes) -> Terms:
    """The parts of a canonical line: they are parted by single spaces, and only literals hold any."""
    about, predicate, rest = line[:-3].split(b" ", 2)
    value, space, last = rest.rpartition(b" ")
    names = space and b'"' not in last and last.startswith((b"<", b"_:"))
    return Terms(about, predicate, value, last) if names else Terms(about, predicate, rest, b"")


def has_blank_node(line: bytes) -> bool:
    """Whether a canonical line holds a blank node."""
    if b"_:" not in line:
        return False
    parts = terms(line)
    return any(term.startswith((b"_:", b"<<")) for term in (parts.subject, parts.object, parts.graph))


def serialised(quads: Iterable[ox.Quad]) -> Iterator[bytes]:
    """The lines of quads, in their order."""
    remaining = iter(quads)
    while batch := list(islice(remaining, _BATCH)):
        yield from (ox.serialize(batch, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)


def parsed(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    """The quads of lines."""
    return ox.parse(b"".join(lines), ox.RdfFormat.N_QUADS)


def read(file: Path) -> Iterator[bytes]:
    """The lines of an N-Quads file, plain, `.gz` or `.zst`, as they stand there. Raises RdfFileError, UsageError."""
    if not file.is_file():
        raise UsageError(f"{file}: no such file")
    with opened(file) as stream, _told(file):
        yield from stream


def canonical(file: Path) -> Iterator[bytes]:
    """The lines of an N-Quads file in canonical form, in the order of the file; blank nodes keep their labels.

    Raises RdfFileError where it does not parse.
    """
    if not file.is_file():
        raise UsageError(f"{file}: no such file")
    with opened(file) as stream, _told(file):
        yield from serialised(ox.parse(stream, ox.RdfFormat.N_QUADS))


@contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except (SyntaxError, ValueError) as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        raise RdfFileError(f"does not parse: {error}", file=file, line=line) from error
    except ERRORS as error:
        raise RdfFileError(f"cannot be read to its end: {error}", file=file) from error
