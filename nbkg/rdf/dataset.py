"""A version of the data as sorted canonical N-Quads that may be read again and again, in flat memory.

Statements without blank nodes are streamed from a file, those with blank nodes are held in memory. One graph may be
left out: the description of a store, which follows from the others.
"""

from __future__ import annotations

import base64
import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from nbkg.grouping import batched
from nbkg.rdf.canonical_blank_nodes import BlankNodeGroup, canonical_lines, group_blank_nodes, group_lines
from nbkg.rdf.digests import digest_lines
from nbkg.rdf.external_sort import distinct, sort_lines
from nbkg.rdf.normal_form import normalize_lines
from nbkg.rdf.nquads import ground_lines, parse_lines, read_canonical_lines, read_lines, serialize_quads

_BATCH = 5_000


@dataclass(frozen=True)
class Dataset:
    """One version of the data."""

    ground_lines: Callable[[], Iterator[bytes]]
    """A function that returns the sorted lines without blank nodes, anew with each call."""
    groups: Sequence[BlankNodeGroup] = ()
    """The statements with blank nodes."""

    def __iter__(self) -> Iterator[bytes]:
        """Return all lines, sorted, with labels of blank nodes that stay (see `canonical_blank_nodes`)."""
        return heapq.merge(self.ground_lines(), group_lines(self.groups))

    def canonical_hash(self) -> str:
        """Return the SHA-256 of the canonical form by RDFC-1.0, hexadecimal.

        https://www.w3.org/TR/rdf-canon/: statements without blank nodes have no part in the labels of blank nodes.
        """
        return digest_lines(heapq.merge(self.ground_lines(), canonical_lines(group_lines(self.groups))))

    def normalized(self) -> Dataset:
        """Return the data set that a store gives back once this one is loaded into it (see `normal_form`)."""
        groups = group_blank_nodes(normalize_lines(group_lines(self.groups)))
        return Dataset(lambda: normalize_lines(self.ground_lines()), groups)


def read_dataset(file: Path, folder: Path, omitted: str = "") -> Dataset:
    """Return the content of an N-Quads file, compressed or not; `folder` takes what must be sorted.

    The graph with the IRI `omitted` is left out. A file that is sorted and canonical already is read as it stands.
    Raises RdfFileError where it does not parse.
    """
    blank: list[bytes] = []
    if _is_sorted(file, blank, omitted):
        return Dataset(lambda: distinct(_ground(read_lines(file), [], omitted)), group_blank_nodes(blank))
    return sort_dataset(read_canonical_lines(file), folder, omitted)


def read_store(store: ox.Store, folder: Path, omitted: str = "", *, default: bool) -> Dataset:
    """Return what a store holds in its named graphs, or with `default` in its default graph."""
    if default:
        return sort_dataset(serialize_quads(store.quads_for_pattern(None, None, None, ox.DefaultGraph())), folder)
    named = (quad for quad in store if not isinstance(quad.graph_name, ox.DefaultGraph))
    return sort_dataset(serialize_quads(named), folder, omitted)


def sort_dataset(lines: Iterable[bytes], folder: Path, omitted: str = "") -> Dataset:
    """Return the data set of canonical lines in any order; `folder` is made where it is not there."""
    blank: list[bytes] = []
    folder.mkdir(parents=True, exist_ok=True)
    sorted_file = sort_lines(_ground(lines, blank, omitted), folder)
    return Dataset(lambda: read_lines(sorted_file), group_blank_nodes(blank))


def hash_urn(digest: str) -> str:
    """Return the IRI that names a version by its hash, RFC 6920: `ni:///sha-256;…`."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=")


def parse_hash_urn(urn: str) -> str:
    """Return the hash that such an IRI names, hexadecimal."""
    encoded = urn.rpartition(";")[2]
    return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).hex()


def _ground(lines: Iterable[bytes], blank: list[bytes], omitted: str) -> Iterator[bytes]:
    """Yield the lines without blank nodes and put the others into a list, but those of the omitted graph."""
    ending = f" <{omitted}> .\n".encode()
    return ground_lines((line for line in lines if not line.endswith(ending)), blank.append)


def _is_sorted(file: Path, blank: list[bytes], omitted: str) -> bool:
    """Return whether a file is in canonical form and its lines without blank nodes are sorted; collect the others."""
    before = b""
    for batch in batched(read_lines(file), _BATCH):
        if not _is_canonical(batch):
            return False
        for line in _ground(batch, blank, omitted):
            if line < before:
                return False
            before = line
    return True


def _is_canonical(batch: list[bytes]) -> bool:
    try:
        return list(serialize_quads(parse_lines(batch))) == batch
    except SyntaxError:  # reading the file again reports it with its line
        return False
