"""The graphs of a store as sorted canonical N-Triples on disk, from which all files of a release are written.

A store gives its statements in an order of its own and looks each term up anew, which takes most of the time; so it is
read once. Lines sorted by code point are the canonical form (https://www.w3.org/TR/rdf-canon/), the same whatever
order the data was loaded in, and have each subject's statements together.

Blank nodes get labels that depend on the data alone (`nbkg.rdf.blank_node_labels`).
"""

from __future__ import annotations

import hashlib
import heapq
import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from loader.namespaces import RDF
from loader.release.source import Opened
from nbkg.rdf.blank_node_labels import BlankNodeLabeller, GraphName, LabelledGraph
from nbkg.rdf.external_sort import distinct, sort_lines
from nbkg.rdf.nquads import has_blank_node

_TYPE = f"<{RDF.type}>".encode()
_ODD = re.compile(rb"[\x00-\x08\x0b-\x1f]|\xef\xbf[\xbe\xbf]|(?<!\\)(?:\\\\)*\\(?:[bfr]|u00[01]|uFFF[EF])")
_STEP = 10_000
Told = Callable[[int], object]
"""Is told how many more statements were read or written."""


@dataclass(frozen=True)
class Spool:
    """A graph on disk."""

    iri: str | None
    ground: Path
    """Its sorted lines without blank nodes."""
    blank: Path
    """Those with blank nodes, sorted."""
    triples: int
    rdfc10: str | None = None
    """As in `loader.release.model.GraphPart`."""
    properties: frozenset[bytes] = field(default=frozenset(), repr=False)
    """In angle brackets."""
    classes: frozenset[bytes] = field(default=frozenset(), repr=False)
    odd_characters: bool = False
    """Whether a literal holds characters that XML 1.0 cannot hold or (carriage return) does not give back."""

    def lines(self) -> Iterator[bytes]:
        """All its lines as N-Triples, sorted."""
        with self.ground.open("rb", buffering=1 << 20) as ground:
            if not self.blank.stat().st_size:
                yield from ground
                return
            with self.blank.open("rb") as blank:
                yield from heapq.merge(ground, blank)

    def quads(self) -> Iterator[bytes]:
        """All its lines as N-Quads, sorted."""
        if self.iri is None:
            return self.lines()
        end = f"<{self.iri}> .\n".encode()
        return (line[:-2] + end for line in self.lines())


def merged_quads(spools: Iterable[Spool]) -> Iterator[bytes]:
    """The N-Quads of graphs, sorted."""
    return _merged([spool.quads() for spool in spools])


def merged_triples(spools: Iterable[Spool]) -> Iterator[bytes]:
    """The triples of graphs as N-Triples, sorted; one that several graphs hold comes once."""
    lines = [spool.lines() for spool in spools]
    return lines[0] if len(lines) == 1 else distinct(heapq.merge(*lines))


def _merged(lines: list[Iterator[bytes]]) -> Iterator[bytes]:
    return lines[0] if len(lines) == 1 else heapq.merge(*lines)


def spooled(source: Opened, folder: Path, naming: BlankNodeLabeller, told: Told) -> list[Spool]:
    """Write the graphs of a store as files in `folder`; return them in the order that the source has."""
    read = [_read(source.store, graph, folder / str(number), told) for number, graph in enumerate(source.graphs)]
    return hashed(read, naming)


def hashed(spools: Iterable[Spool], naming: BlankNodeLabeller) -> list[Spool]:
    """Graphs with their hashes, and with labels of blank nodes that depend on the data alone."""
    found = list(spools)
    names = naming.label({spool.iri: spool.blank for spool in found if spool.blank.stat().st_size})
    return [_named(spool, names) for spool in found]


def _read(store: ox.Store, graph: str | None, folder: Path, told: Told) -> Spool:
    folder.mkdir(parents=True)
    seen = _Seen(told)
    with (folder / "blank").open("wb") as blank:
        ground = sort_lines(seen.ground(_dumped(store, graph), blank), folder)
    properties, classes = frozenset(seen.properties), frozenset(seen.classes)
    return Spool(graph, ground, folder / "blank", seen.count, None, properties, classes, seen.odd_characters)


class _Seen:
    """What is noticed of lines as they pass."""

    def __init__(self, told: Told) -> None:
        self.count = 0
        self.properties: set[bytes] = set()
        self.classes: set[bytes] = set()
        self.odd_characters = False
        self._told = told

    def ground(self, lines: Iterable[bytes], blank: IO[bytes]) -> Iterator[bytes]:
        """The lines without blank nodes; the others go into a file."""
        for line in lines:
            _, predicate, value = line.split(b" ", 2)
            self.properties.add(predicate)
            if predicate == _TYPE:
                self.classes.add(value[:-3])
            self.odd_characters = self.odd_characters or _ODD.search(value) is not None
            self.count += 1
            if self.count % _STEP == 0:
                self._told(_STEP)
            if has_blank_node(line):
                blank.write(line)
            else:
                yield line
        self._told(self.count % _STEP)


def _dumped(store: ox.Store, graph: str | None) -> Iterator[bytes]:
    """The N-Triples of a graph as the store's own dump writes them, through a pipe: it runs beside what is done."""
    reading, writing = os.pipe()
    failed: list[OSError] = []
    name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)

    def dump() -> None:
        try:
            with os.fdopen(writing, "wb", buffering=1 << 16) as stream:
                store.dump(stream, ox.RdfFormat.N_TRIPLES, from_graph=name)
        except OSError as error:
            failed.append(error)

    thread = threading.Thread(target=dump)
    thread.start()
    try:
        with os.fdopen(reading, "rb", buffering=1 << 20) as stream:
            yield from stream
    finally:
        thread.join()
    if failed:
        raise failed[0]


def _named(spool: Spool, names: Mapping[GraphName, LabelledGraph]) -> Spool:
    if not spool.blank.stat().st_size:
        return replace(spool, rdfc10=digest(spool.lines()))
    found = names.get(spool.iri)
    if found is None:
        folder = spool.blank.with_name("sorted-blank")
        folder.mkdir()
        return replace(spool, blank=sort_lines(_read_lines(spool.blank), folder))
    with spool.ground.open("rb", buffering=1 << 20) as ground:
        canonical = digest(heapq.merge(ground, found.canonical))
    spool.blank.write_bytes(b"".join(found.lines))
    return replace(spool, rdfc10=canonical)


def _read_lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        yield from stream


def digest(lines: Iterable[bytes]) -> str:
    """SHA-256 of lines, hexadecimal."""
    found, remaining = hashlib.sha256(), iter(lines)
    while batch := b"".join(islice(remaining, _STEP)):
        found.update(batch)
    return found.hexdigest()
