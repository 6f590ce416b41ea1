"""RDF Patch: the statements to delete and to add, https://afs.github.io/rdf-patch/

One transaction; statements in the order of their canonical N-Quads, so that a patch is applied to a sorted file as it
streams by. `H id` and `H prev` are the versions after and before, named by the hash of their canonical form
(`dataset.urn`); `H stored` and `H stored-prev` the same as a store gives them back (`stored`); `H version` and
`H previous` are the names of the releases. Blank nodes are labelled as `blank_nodes` tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import pyoxigraph as ox

from nbkg.errors import RdfFileError
from nbkg.rdf.diff import Fate
from nbkg.rdf.nquads import read

MEDIA_TYPE = "application/rdf-patch"
_MARKS = {Fate.REMOVED: b"D ", Fate.ADDED: b"A "}
_FATES = {b"D": Fate.REMOVED, b"A": Fate.ADDED}
_IRIS = ("id", "prev", "stored", "stored-prev")
_OTHERS = frozenset({b"H", b"TX", b"TC", b"PA", b"PD"})


@dataclass(frozen=True)
class Header:
    """What a patch leads from and to."""

    id: str
    prev: str
    stored: str
    stored_prev: str
    version: str = ""
    previous: str = ""

    def lines(self) -> Iterator[bytes]:
        """As they stand in the patch."""
        for name, iri in zip(_IRIS, (self.id, self.prev, self.stored, self.stored_prev), strict=True):
            yield f"H {name} <{iri}> .\n".encode()
        for name, value in (("version", self.version), ("previous", self.previous)):
            if value:
                yield f"H {name} {ox.Literal(value)} .\n".encode()


def head(header: Header) -> bytes:
    """What stands before the first change."""
    return b"".join(header.lines()) + b"TX .\n"


def change(fate: Fate, line: bytes) -> bytes:
    """One change."""
    return _MARKS[fate] + line


END = b"TC .\n"


def read_header(file: Path) -> Header:
    """The header of a patch. Raises RdfFileError where it does not tell what it leads from and to."""
    found: dict[str, str] = {}
    for line in takewhile(lambda line: line.startswith((b"H ", b"#")), read(file)):
        if line.startswith(b"H "):
            _, name, value = line.decode().rstrip(" .\n").split(" ", 2)
            found[name] = value.strip('<>"')
    if not found.get("id") or not found.get("prev"):
        raise RdfFileError("has no `H id` and `H prev`: it does not tell from which version it leads", file=file)
    stored, before = found.get("stored", found["id"]), found.get("stored-prev", found["prev"])
    return Header(found["id"], found["prev"], stored, before, found.get("version", ""), found.get("previous", ""))


def changes(file: Path) -> Iterator[tuple[Fate, bytes]]:
    """The changes of a patch, each with its canonical line. Raises RdfFileError."""
    whole = False
    for number, line in enumerate(read(file), 1):
        mark, _, rest = line.partition(b" ")
        if fate := _FATES.get(mark):
            yield fate, rest
        elif mark == b"TC":
            whole = True
        elif mark not in _OTHERS and not mark.startswith(b"#"):
            raise RdfFileError(f"“{mark.decode(errors='replace')}” begins no line of a patch", file=file, line=number)
    if not whole:
        raise RdfFileError("ends without `TC .`: a part of it is missing", file=file)


def applied(lines: Iterable[bytes], steps: Iterable[tuple[Fate, bytes]]) -> Iterator[bytes]:
    """Sorted lines after sorted changes. Raises RdfFileError where a change does not fit."""
    remaining = iter(lines)
    line = next(remaining, None)
    for fate, changed in steps:
        while line is not None and line < changed:
            yield line
            line = next(remaining, None)
        if fate is Fate.ADDED and line != changed:
            yield changed
        elif fate is Fate.REMOVED and line == changed:
            line = next(remaining, None)
        else:
            missing = "is not there" if fate is Fate.REMOVED else "is there already"
            raise RdfFileError(f"the patch does not fit: {missing}: {changed.decode().rstrip()}")
    while line is not None:
        yield line
        line = next(remaining, None)
