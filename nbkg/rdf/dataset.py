"""A version of the data as sorted canonical N-Quads that may be read again and again, in flat memory.

Statements without blank nodes are streamed from a file, those with blank nodes are held. The graph that `nbkg load`
makes of a store's numbers, `graph/void`, is left out: it follows from the others.
"""

from __future__ import annotations

import base64
import hashlib
import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from loader.namespaces import BASE
from loader.store.default_graph import description
from nbkg.rdf import canonical_blank_nodes as blank_nodes
from nbkg.rdf import nquads as lines
from nbkg.rdf.canonical_blank_nodes import Group
from nbkg.rdf.external_sort import distinct, sorted_lines
from nbkg.rdf.normal_form import stored

_BATCH = 5_000
_DESCRIPTION = f" {description(BASE)} .\n".encode()


@dataclass(frozen=True)
class Dataset:
    """One version of the data."""

    ground: Callable[[], Iterator[bytes]]
    """The sorted lines without blank nodes, anew with each call."""
    groups: Sequence[Group] = ()
    """Those with blank nodes."""

    def __iter__(self) -> Iterator[bytes]:
        """All lines, sorted, with labels of blank nodes that stay (see `blank_nodes`)."""
        return heapq.merge(self.ground(), blank_nodes.lines_of(self.groups))

    def digest(self) -> str:
        """SHA-256 of the canonical form by RDFC-1.0, hexadecimal.

        https://www.w3.org/TR/rdf-canon/: what a statement without blank nodes says has no part in their labels.
        """
        found = hashlib.sha256()
        remaining = heapq.merge(self.ground(), blank_nodes.numbered(blank_nodes.lines_of(self.groups)))
        while batch := b"".join(islice(remaining, _BATCH)):
            found.update(batch)
        return found.hexdigest()

    def as_stored(self) -> Dataset:
        """What a store gives back once this is loaded into it (see `stored`)."""
        return Dataset(lambda: stored(self.ground()), blank_nodes.groups(stored(blank_nodes.lines_of(self.groups))))


def of_file(file: Path, folder: Path) -> Dataset:
    """The content of an N-Quads file, `.gz` and `.zst` too; `folder` takes what must be sorted.

    A file that is sorted and canonical already is read as it stands. Raises RdfFileError where it does not parse.
    """
    held: list[bytes] = []
    if _is_sorted(file, held):
        return Dataset(lambda: distinct(_without_blank_nodes(lines.read(file), [])), blank_nodes.groups(held))
    return of_lines(lines.canonical(file), folder)


def of_store(store: ox.Store, folder: Path, *, default: bool) -> Dataset:
    """What a store holds in its named graphs, or with `default` in its default graph."""
    if default:
        return of_lines(lines.serialised(store.quads_for_pattern(None, None, None, ox.DefaultGraph())), folder)
    named = (quad for quad in store if not isinstance(quad.graph_name, ox.DefaultGraph))
    return of_lines(lines.serialised(named), folder)


def of_lines(given: Iterable[bytes], folder: Path) -> Dataset:
    """The data set of canonical lines in any order."""
    held: list[bytes] = []
    folder.mkdir(parents=True, exist_ok=True)
    made = sorted_lines(_without_blank_nodes(given, held), folder)
    return Dataset(lambda: lines.read(made), blank_nodes.groups(held))


def urn(digest: str) -> str:
    """The IRI that names a version by its hash, RFC 6920: `ni:///sha-256;…`."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=")


def digest_of(urn: str) -> str:
    """The hash that such an IRI names, hexadecimal."""
    encoded = urn.rpartition(";")[2]
    return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).hex()


def _without_blank_nodes(given: Iterable[bytes], held: list[bytes]) -> Iterator[bytes]:
    """The lines without blank nodes; the others go into `held`, those of the description nowhere."""
    for line in given:
        if line.endswith(_DESCRIPTION):
            continue
        if lines.has_blank_node(line):
            held.append(line)
        else:
            yield line


def _is_sorted(file: Path, held: list[bytes]) -> bool:
    """Whether the lines of a file without blank nodes stand in order and in canonical form."""
    before = b""
    remaining = lines.read(file)
    while batch := list(islice(remaining, _BATCH)):
        if not _is_canonical(batch):
            return False
        for line in _without_blank_nodes(batch, held):
            if line < before:
                return False
            before = line
    return True


def _is_canonical(batch: list[bytes]) -> bool:
    try:
        return list(lines.serialised(lines.parsed(batch))) == batch
    except SyntaxError:  # to be told with its line by who reads the file
        return False
