"""Counts a data set from its statements by subject: in one pass, in flat memory, without an engine.

A subject's properties and classes are counted by their combination, of which ten million triples have some hundreds:
one step for a subject instead of one for each of its triples. Distinct objects, and links that lead elsewhere, are
counted in parts by a hash of the object, each of which fits into memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from nbkg.rdf.grouped_statements import Group, Statement
from nbkg.void.counts import ClassCount, Counts, GraphCount, PropertyCount
from nbkg.void.object_counting import LARGEST, TYPE, ObjectCounting, ObjectCounts, count_objects
from nbkg.void.scope import Scope, node_of, text_of

_COMBINATIONS = 100_000
"""Combinations of properties and classes that are held before they are summed up."""

Combination = tuple[tuple[bytes, ...], tuple[bytes, ...]]
"""The properties of a subject, each as often as it has it, and its classes."""


class Counting:
    """Counts the groups that are added; the same statements give the same counts in whatever order they come."""

    def __init__(self, scope: Scope, folder: Path) -> None:
        """`folder` takes what does not fit into memory."""
        self._scope = scope
        self._is_all_merged = len(scope.merged) == len(scope.graphs)
        self._own = f"<{scope.base}".encode()
        self._combinations: Counter[Combination] = Counter()
        self._sums = _Sums()
        self._examples: dict[bytes, bytes] = {}
        self.objects = ObjectCounting(scope, folder)
        """The objects, which are counted apart."""
        self._subjects = self._named = self._of_base = 0
        self._graphs = {number: _GraphSums() for number in scope.single}

    def add(self, group: Group) -> None:
        """Add a subject's statements."""
        subject, statements = group
        if self._is_all_merged:
            merged: Sequence[Statement] = statements
        else:
            merged = [one for one in statements if not self._scope.merged.isdisjoint(one[2])]
        if self._graphs:
            self._add_to_graphs(statements)
        self.objects.add(subject if merged else b"", statements)
        if not merged:
            return
        self._subjects += 1
        if subject.startswith(b"<"):
            self._named += 1
            self._of_base += subject.startswith(self._own)
        classes = tuple([value for predicate, value, _ in merged if predicate == TYPE])
        self._combinations[tuple([predicate for predicate, _, _ in merged]), classes] += 1
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

    def close(self) -> None:
        """Sum up what was added, so that little has to be handed to another process."""
        self._sum_up()
        if self.objects.partitions.is_on_disk:
            self.objects.partitions.spill()

    def join(self, other: Counting) -> None:
        """Add what another counting of the same scope, which is closed, was given; not its objects."""
        self._sums.join(other._sums)
        for name, iri in other._examples.items():
            self._examples[name] = min(iri, self._examples.get(name, iri))
        self._subjects += other._subjects
        self._named += other._named
        self._of_base += other._of_base
        for number, sums in other._graphs.items():
            self._graphs[number].join(sums)

    def counts(self, objects: ObjectCounts) -> Counts:
        """Return the numbers of all groups, with those of their objects; call this once, at the end."""
        self._sum_up()
        sums = self._sums
        return Counts(
            triples=sum(sums.properties.values()),
            subjects=self._subjects,
            objects=objects.merged,
            own=self._of_base,
            named=self._named,
            class_count=len(sums.classes),
            properties=_property_counts(sums.properties),
            classes=list(self._class_counts()),
            graphs=self._graph_counts(objects.single),
            links=objects.largest_links(),
        )

    def _class_counts(self) -> Iterator[ClassCount]:
        named = ((name, count) for name, count in self._sums.classes.items() if name.startswith(b"<"))
        for name, count in sorted(named, key=lambda one: (-one[1], text_of(one[0])))[:LARGEST]:
            example = self._examples.get(name)
            yield ClassCount(
                node_of(name),
                count,
                ox.NamedNode(example.decode()) if example else None,
                _property_counts(self._sums.of_classes[name]),
            )

    def _graph_counts(self, objects: Counter[int]) -> list[GraphCount]:
        counts = [
            GraphCount(
                node_of(self._scope.graphs[number]), of.triples, of.subjects, objects[number], len(of.properties)
            )
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

    def join(self, other: _Sums) -> None:
        self.properties.update(other.properties)
        self.classes.update(other.classes)
        for name, times in other.of_classes.items():
            self.of_classes.setdefault(name, Counter()).update(times)


@dataclass
class _GraphSums:
    triples: int = 0
    subjects: int = 0
    properties: set[bytes] = field(default_factory=set)

    def join(self, other: _GraphSums) -> None:
        self.triples += other.triples
        self.subjects += other.subjects
        self.properties |= other.properties


def _property_counts(counts: Counter[bytes]) -> list[PropertyCount]:
    ordered = sorted(counts.items(), key=lambda one: (-one[1], text_of(one[0])))
    return [PropertyCount(node_of(name), triples) for name, triples in ordered]


def count(groups: Iterable[Group], scope: Scope, folder: Path) -> Counts:
    """Return the counts of groups; `folder` takes what does not fit into memory."""
    counting = Counting(scope, folder)
    for group in groups:
        counting.add(group)
    return counting.counts(count_objects([counting.objects]))
