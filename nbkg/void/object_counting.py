"""Counts distinct objects, and links that lead elsewhere, in parts that fit into memory by a hash of the object."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

from nbkg.rdf.grouped_statements import Statement
from nbkg.rdf.partitions import HELD, MASK, PARTS, Partitions
from nbkg.void.counts import LinkCount
from nbkg.void.scope import Scope, node_of, text_of

TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LARGEST = 1000
"""Classes and linksets that are listed."""
_QUOTE = ord('"')
_WEB = (b"<http://", b"<https://")
_SPACE = re.compile(rb"<(https?://[^/?#]+/)[^>]")


@dataclass
class ObjectCounts:
    """Numbers of distinct objects, and of triples whose object is described nowhere in the merged graphs."""

    merged: int = 0
    """Objects in the merged graphs."""
    single: Counter[int] = field(default_factory=Counter)
    """Objects by the number of a graph that is counted alone."""
    links: Counter[tuple[bytes, bytes]] = field(default_factory=Counter)
    """Triples by their predicate and the beginning of their object."""

    def add(self, other: ObjectCounts) -> None:
        """Add the numbers of other objects."""
        self.merged += other.merged
        self.single.update(other.single)
        self.links.update(other.links)

    def largest_links(self) -> list[LinkCount]:
        """Return the largest linksets, largest first."""
        ordered = sorted(self.links.items(), key=lambda one: (-one[1], text_of(one[0][0]), one[0][1]))[:LARGEST]
        return [LinkCount(node_of(name), space.decode(), triples) for (name, space), triples in ordered]


class ObjectCounting:
    """Takes the objects of statements, to be counted by `count_objects`."""

    def __init__(self, scope: Scope, folder: Path) -> None:
        self.scope = scope
        self.partitions = Partitions(folder)
        self._own = f"<{scope.base}".encode()
        self._held = 0
        self._marks: dict[tuple[int, ...], bytes] = {}
        """The numbers of the graphs as text after a tab."""

    def add(self, subject: bytes, statements: Sequence[Statement]) -> None:
        """Add objects; `subject` is empty where none of the statements is in the merged graphs."""
        lists, marks = self.partitions.lists, self._marks
        for predicate, value, graphs in statements:
            line = value + (marks.get(graphs) or self._mark(graphs))
            if value[0] != _QUOTE and predicate != TYPE and value.startswith(_WEB) and not value.startswith(self._own):
                line += b"\t" + predicate
            lists[crc32(value) & MASK].append(line)
        if subject.startswith(_WEB):
            self.partitions.add(subject, subject)
        self._held += len(statements) + 1
        if self._held > HELD:
            self.partitions.spill()
            self._held = 0

    def _mark(self, graphs: tuple[int, ...]) -> bytes:
        return self._marks.setdefault(graphs, b"\t" + b",".join([b"%d" % number for number in graphs]))


def count_objects(countings: Sequence[ObjectCounting], parts: Iterable[int] = range(PARTS)) -> ObjectCounts:
    """Return the numbers of some parts of the objects that were added to any of the countings of one scope."""
    counts = ObjectCounts()
    scope = countings[0].scope
    for number in parts:
        part = _Part(scope)
        for counting in countings:
            part.add(Counter(counting.partitions.take(number)))
        counts.add(part.counts())
    return counts


class _Part:
    """The objects of one part."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._graphs: dict[bytes, tuple[int, ...]] = {}
        self._merged: set[bytes] = set()
        self._single: dict[int, set[bytes]] = {}
        self._subjects: set[bytes] = set()
        self._candidates: Counter[tuple[bytes, bytes]] = Counter()

    def add(self, lines: Mapping[bytes, int]) -> None:
        for line, times in lines.items():
            value, *rest = line.split(b"\t")
            if not rest:
                self._subjects.add(value)
                continue
            graphs = self._graphs.get(rest[0]) or self._numbers(rest[0])
            if not self._scope.merged.isdisjoint(graphs):
                self._merged.add(value)
                if len(rest) > 1:
                    self._candidates[rest[1], value] += times
            for number in self._scope.single.intersection(graphs):
                self._single.setdefault(number, set()).add(value)

    def _numbers(self, mark: bytes) -> tuple[int, ...]:
        return self._graphs.setdefault(mark, tuple(map(int, mark.split(b","))))

    def counts(self) -> ObjectCounts:
        counts = ObjectCounts(len(self._merged), Counter({of: len(values) for of, values in self._single.items()}))
        for (predicate, value), triples in self._candidates.items():
            if value not in self._subjects and (space := _SPACE.match(value)):
                counts.links[predicate, space[1]] += triples
        return counts
