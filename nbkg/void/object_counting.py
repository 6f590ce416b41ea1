"""Counts distinct objects, and links that lead elsewhere, in parts that fit into memory by a hash of the object."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

from nbkg.rdf.grouped_statements import Statement
from nbkg.rdf.partitions import HELD, MASK, Partitions
from nbkg.void.counts import LinkCount
from nbkg.void.scope import Scope, node_of, text_of

TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LARGEST = 1000
"""Classes and linksets that are listed."""
_WEB = (b"<http://", b"<https://")
_SPACE = re.compile(rb"<(https?://[^/?#]+/)[^>]")


class ObjectCounting:
    """Distinct objects, and triples whose object is described nowhere in the merged graphs."""

    def __init__(self, scope: Scope, folder: Path) -> None:
        self._scope = scope
        self._own = f"<{scope.base}".encode()
        self._partitions = Partitions(folder)
        self._held = 0
        self._marks: dict[tuple[int, ...], bytes] = {}
        """The number that stands for a set of graphs, as text."""

    def add(self, subject: bytes, statements: Sequence[Statement]) -> None:
        """Add objects; `subject` is empty where none of the statements is in the merged graphs."""
        lists, marks = self._partitions.lists, self._marks
        for predicate, value, graphs in statements:
            mark = marks.get(of := (*graphs,)) or self._mark(of)
            if value.startswith(_WEB) and predicate != TYPE and not value.startswith(self._own):
                line = b"%b\t%b\t%b" % (value, mark, predicate)
            else:
                line = b"%b\t%b" % (value, mark)
            lists[crc32(value) & MASK].append(line)
        if subject.startswith(_WEB):
            self._partitions.add(subject, subject)
        self._held += len(statements) + 1
        if self._held > HELD:
            self._partitions.spill()
            self._held = 0

    def _mark(self, graphs: tuple[int, ...]) -> bytes:
        return self._marks.setdefault(graphs, b"%d" % len(self._marks))

    def count(self) -> tuple[int, Counter[int], list[LinkCount]]:
        """Return how many there are in the merged graphs, in each single one, and the largest linksets."""
        merged, single, links = 0, Counter[int](), Counter[tuple[bytes, bytes]]()
        graphs_of = {mark: graphs for graphs, mark in self._marks.items()}
        for lines in self._partitions.parts():
            part = _Part(self._scope, graphs_of)
            part.add(Counter(lines))
            merged += len(part.merged)
            single.update({number: len(values) for number, values in part.single.items()})
            for (predicate, value), triples in part.candidates.items():
                if value not in part.subjects and (space := _SPACE.match(value)):
                    links[predicate, space[1]] += triples
        return merged, single, _link_counts(links)


class _Part:
    """The objects of one part."""

    def __init__(self, scope: Scope, graphs_of: dict[bytes, tuple[int, ...]]) -> None:
        self._scope = scope
        self._graphs_of = graphs_of
        self.merged: set[bytes] = set()
        self.single: dict[int, set[bytes]] = {}
        self.subjects: set[bytes] = set()
        self.candidates: Counter[tuple[bytes, bytes]] = Counter()

    def add(self, lines: Counter[bytes]) -> None:
        for line, times in lines.items():
            value, *rest = line.split(b"\t")
            if not rest:
                self.subjects.add(value)
                continue
            graphs = self._graphs_of[rest[0]]
            if not self._scope.merged.isdisjoint(graphs):
                self.merged.add(value)
                if len(rest) > 1:
                    self.candidates[rest[1], value] += times
            for number in self._scope.single.intersection(graphs):
                self.single.setdefault(number, set()).add(value)


def _link_counts(links: Counter[tuple[bytes, bytes]]) -> list[LinkCount]:
    ordered = sorted(links.items(), key=lambda one: (-one[1], text_of(one[0][0]), one[0][1]))[:LARGEST]
    return [LinkCount(node_of(name), space.decode(), triples) for (name, space), triples in ordered]
