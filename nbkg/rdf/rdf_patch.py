"""RDF Patch: the statements to delete and to add, https://afs.github.io/rdf-patch/

One transaction; statements in the order of their canonical N-Quads, so that a patch is applied to a sorted file as it
streams by. `H id` and `H prev` are the versions after and before, named by the hash of their canonical form
(`dataset.hash_urn`); `H stored` and `H stored-prev` name the same versions in their normal form (`normal_form`), as a
store gives them back; `H version` and `H previous` are the names of the releases. Blank nodes are labelled as
`canonical_blank_nodes` describes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import pyoxigraph as ox

from nbkg.errors import RdfFileError
from nbkg.rdf.diff import Difference, DiffKind
from nbkg.rdf.nquads import read_lines

MEDIA_TYPE = "application/rdf-patch"
BEGIN = b"TX .\n"
END = b"TC .\n"
_MARKS = {DiffKind.REMOVED: b"D ", DiffKind.ADDED: b"A "}
_KINDS = {b"D": DiffKind.REMOVED, b"A": DiffKind.ADDED}
_IRIS = ("id", "prev", "stored", "stored-prev")
_OTHERS = frozenset({b"H", b"TX", b"TC", b"PA", b"PD"})


@dataclass(frozen=True)
class PatchHeader:
    """The versions that a patch leads from and to."""

    id: str
    prev: str
    stored: str
    stored_prev: str
    version: str = ""
    previous: str = ""

    def lines(self) -> Iterator[bytes]:
        """Yield the header's lines."""
        for name, iri in zip(_IRIS, (self.id, self.prev, self.stored, self.stored_prev), strict=True):
            yield f"H {name} <{iri}> .\n".encode()
        for name, value in (("version", self.version), ("previous", self.previous)):
            if value:
                yield f"H {name} {ox.Literal(value)} .\n".encode()


def serialize_patch(header: Iterable[bytes], differences: Iterable[Difference]) -> Iterator[bytes]:
    """Yield the lines of a patch: the header's, then one transaction."""
    yield from header
    yield BEGIN
    yield from map(difference_line, differences)
    yield END


def difference_line(difference: Difference) -> bytes:
    """Return the line of one removed or added statement."""
    kind, line = difference
    return _MARKS[kind] + line


def read_header(file: Path) -> PatchHeader:
    """Return the header of a patch. Raises RdfFileError where it does not name the versions it leads from and to."""
    values: dict[str, str] = {}
    for line in takewhile(lambda line: line.startswith((b"H ", b"#")), read_lines(file)):
        if line.startswith(b"H "):
            _, name, value = line.decode().rstrip(" .\n").split(" ", 2)
            values[name] = value.strip('<>"')
    if not values.get("id") or not values.get("prev"):
        raise RdfFileError("has no `H id` and `H prev`: it does not say which version it applies to", file=file)
    stored, before = values.get("stored", values["id"]), values.get("stored-prev", values["prev"])
    return PatchHeader(
        values["id"], values["prev"], stored, before, values.get("version", ""), values.get("previous", "")
    )


def read_differences(file: Path) -> Iterator[Difference]:
    """Yield the statements that a patch removes and adds, as canonical lines. Raises RdfFileError."""
    is_complete = False
    for number, line in enumerate(read_lines(file), 1):
        mark, _, rest = line.partition(b" ")
        if kind := _KINDS.get(mark):
            yield kind, rest
        elif mark == b"TC":
            is_complete = True
        elif mark not in _OTHERS and not mark.startswith(b"#"):
            raise RdfFileError(f"“{mark.decode(errors='replace')}” begins no line of a patch", file=file, line=number)
    if not is_complete:
        raise RdfFileError("ends without `TC .`: a part of it is missing", file=file)


def apply_differences(lines: Iterable[bytes], differences: Iterable[Difference]) -> Iterator[bytes]:
    """Yield sorted lines with sorted differences applied. Raises RdfFileError where a difference does not fit."""
    remaining = iter(lines)
    line = next(remaining, None)
    for kind, changed in differences:
        while line is not None and line < changed:
            yield line
            line = next(remaining, None)
        if kind is DiffKind.ADDED and line != changed:
            yield changed
        elif kind is DiffKind.REMOVED and line == changed:
            line = next(remaining, None)
        else:
            missing = "is not there" if kind is DiffKind.REMOVED else "is there already"
            raise RdfFileError(f"the patch does not fit: {missing}: {changed.decode().rstrip()}")
    while line is not None:
        yield line
        line = next(remaining, None)
