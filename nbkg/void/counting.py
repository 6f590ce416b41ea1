"""Counts a data set from its statements by subject: in one pass, in flat memory, without an engine.

A subject's properties and classes are counted by their combination, of which ten million triples have some hundreds:
one step for a subject instead of one for each of its triples. Distinct objects, and links that lead elsewhere, are
counted in parts by a hash of the object, each of which fits into memory.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

import pyoxigraph as ox

from nbkg.rdf.grouped_statements import Group, Statement
from nbkg.rdf.partitions import HELD, MASK, Partitions
from nbkg.void.counts import ClassCount, Counts, GraphCount, LinkCount, PropertyCount

_TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_WEB = (b"<http://", b"<https://")
_SPACE = re.compile(rb"<(https?://[^/?#]+/)[^>]")
_LARGEST = 1000
"""Classes and linksets that are listed."""
_COMBINATIONS = 100_000
"""Combinations of properties and classes that are held before they are summed up."""

Combination = tuple[tuple[bytes, ...], tuple[bytes, ...]]
"""The properties of a subject, each as often as it has it, and its classes."""


@dataclass(frozen=True)
class Scope:
    """Which graphs are counted, by their numbers."""

    base: str
    """Subjects below this IRI are the data set's own."""
    graphs: Sequence[bytes]
    """The names of all graphs by number, as in N-Quads; 0 is the default graph."""
    merged: frozenset[int]
    """The graphs that are counted together, each triple once."""
    single: frozenset[int]
    """The graphs that are counted one by one."""

    @classmethod
    def make(
        cls, base: str, graphs: Sequence[bytes], describing: Collection[bytes], left_out: Collection[bytes]
    ) -> Scope:
        """Return the scope of all graphs but those that describe others; those `left_out` are counted one by one."""
        numbers = frozenset(number for number, name in enumerate(graphs) if name not in describing)
        single = frozenset(number for number in numbers if graphs[number].startswith(b"<"))
        return cls(base, graphs, frozenset(number for number in numbers if graphs[number] not in left_out), single)


class Counting:
    """Counts the groups that are added; the same statements give the same counts in whatever order they come."""

    def __init__(self, scope: Scope, folder: Path) -> None:
        """`folder` takes what does not fit into memory."""
        self._scope = scope
        self._own = f"<{scope.base}".encode()
        self._combinations: Counter[Combination] = Counter()
        self._sums = _Sums()
        self._examples: dict[bytes, bytes] = {}
        self._objects = _Objects(scope, folder)
        self._subjects = self._named = self._of_base = 0
        self._graphs = {number: _GraphSums() for number in scope.single}

    def add(self, group: Group) -> None:
        """Add a subject's statements."""
        subject, statements = group
        merged = [one for one in statements if not self._scope.merged.isdisjoint(one[2])]
        if self._graphs:
            self._add_to_graphs(statements)
        self._objects.add(subject if merged else b"", statements)
        if not merged:
            return
        self._subjects += 1
        if subject.startswith(b"<"):
            self._named += 1
            self._of_base += subject.startswith(self._own)
        classes = tuple(value for predicate, value, _ in merged if predicate == _TYPE)
        self._combinations[tuple(predicate for predicate, _, _ in merged), classes] += 1
        if len(self._combinations) > _COMBINATIONS:
            self._sum_up()
        if classes and subject.startswith(b"<"):
            self._note_example(subject[1:-1], classes)

    def _add_to_graphs(self, statements: Sequence[Statement]) -> None:
        held: set[int] = set()
        for predicate, _, graphs in statements:
            for number in graphs:
                if sums := self._graphs.get(number):
                    sums.triples += 1
                    sums.properties.add(predicate)
            held.update(graphs)
        for number in held:
            if sums := self._graphs.get(number):
                sums.subjects += 1

    def _note_example(self, iri: bytes, classes: tuple[bytes, ...]) -> None:
        for name in classes:
            if iri < self._examples.get(name, b"\xff"):
                self._examples[name] = iri

    def _sum_up(self) -> None:
        self._sums.add(self._combinations)
        self._combinations.clear()

    def counts(self) -> Counts:
        """Return the numbers of all groups; call this once, at the end."""
        self._sum_up()
        objects, of_graphs, links = self._objects.count()
        sums = self._sums
        return Counts(
            triples=sum(sums.properties.values()),
            subjects=self._subjects,
            objects=objects,
            own=self._of_base,
            named=self._named,
            class_count=len(sums.classes),
            properties=_property_counts(sums.properties),
            classes=list(self._class_counts()),
            graphs=self._graph_counts(of_graphs),
            links=links,
        )

    def _class_counts(self) -> Iterator[ClassCount]:
        named = ((name, count) for name, count in self._sums.classes.items() if name.startswith(b"<"))
        for name, count in sorted(named, key=lambda one: (-one[1], _text(one[0])))[:_LARGEST]:
            example = self._examples.get(name)
            yield ClassCount(
                _iri(name),
                count,
                ox.NamedNode(example.decode()) if example else None,
                _property_counts(self._sums.of_classes[name]),
            )

    def _graph_counts(self, objects: Counter[int]) -> list[GraphCount]:
        counts = [
            GraphCount(_iri(self._scope.graphs[number]), of.triples, of.subjects, objects[number], len(of.properties))
            for number, of in self._graphs.items()
        ]
        return sorted(counts, key=lambda count: count.name.value)


@dataclass
class _Sums:
    """How often properties and classes stand in the merged graphs."""

    properties: Counter[bytes] = field(default_factory=Counter)
    classes: Counter[bytes] = field(default_factory=Counter)
    of_classes: dict[bytes, Counter[bytes]] = field(default_factory=dict)

    def add(self, combinations: Counter[Combination]) -> None:
        for (properties, classes), subjects in combinations.items():
            times = {name: count * subjects for name, count in Counter(properties).items()}
            self.properties.update(times)
            for name in classes:
                self.classes[name] += subjects
                self.of_classes.setdefault(name, Counter()).update(times)


@dataclass
class _GraphSums:
    triples: int = 0
    subjects: int = 0
    properties: set[bytes] = field(default_factory=set)


class _Objects:
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
            if value.startswith(_WEB) and predicate != _TYPE and not value.startswith(self._own):
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


def _property_counts(counts: Counter[bytes]) -> list[PropertyCount]:
    ordered = sorted(counts.items(), key=lambda one: (-one[1], _text(one[0])))
    return [PropertyCount(_iri(name), triples) for name, triples in ordered]


def _link_counts(links: Counter[tuple[bytes, bytes]]) -> list[LinkCount]:
    ordered = sorted(links.items(), key=lambda one: (-one[1], _text(one[0][0]), one[0][1]))[:_LARGEST]
    return [LinkCount(_iri(name), space.decode(), triples) for (name, space), triples in ordered]


def _text(iri: bytes) -> str:
    return iri[1:-1].decode()


def _iri(term: bytes) -> ox.NamedNode:
    return ox.NamedNode(_text(term))


def count(groups: Iterable[Group], scope: Scope, folder: Path) -> Counts:
    """Return the counts of groups; `folder` takes what does not fit into memory."""
    counting = Counting(scope, folder)
    for group in groups:
        counting.add(group)
    return counting.counts()
