"""What cannot be true of labelled pairs of records: labels that contradict over levels or over chains of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from benchmarks.catalogue_pairs import LEVELS, LabelledPair, RecordName


class Contradiction(NamedTuple):
    """A pair whose label at a level is not what the labels of others make of it."""

    pair: LabelledPair
    level: str
    implied: str
    """`must` where a chain of must joins both; `never` where both stand on the sides of a never."""


def connect_records(pairs: Iterable[LabelledPair]) -> dict[RecordName, RecordName]:
    """Return for each record of some pairs the first one that it is connected with."""
    roots: dict[RecordName, RecordName] = {}

    def root_of(name: RecordName) -> RecordName:
        while (parent := roots.setdefault(name, name)) != name:
            name = parent
        return name

    for pair in pairs:
        first, second = root_of(pair.first), root_of(pair.second)
        roots[second] = first
    return {name: root_of(name) for name in list(roots)}


def labels_at(pairs: Iterable[LabelledPair], level: str, label: str) -> list[LabelledPair]:
    """Return the pairs that have a label at a level, or by another one: must holds for wider, never for narrower."""
    place = LEVELS.index(level)
    levels = {"must": LEVELS[: place + 1], "may": (level,), "never": LEVELS[place:]}[label]
    return [pair for pair in pairs if pair.label == label and pair.level in levels]


def iter_contradictions(pairs: Sequence[LabelledPair]) -> Iterator[Contradiction]:
    """Yield the pairs with a label that the others contradict, level by level."""
    for level in LEVELS:
        roots = connect_records(labels_at(pairs, level, "must"))
        nevers, mays = labels_at(pairs, level, "never"), labels_at(pairs, level, "may")
        divided = {_sides(pair, roots) for pair in nevers}
        yield from (Contradiction(pair, level, "must") for pair in nevers + mays if len(_sides(pair, roots)) == 1)
        yield from (Contradiction(pair, level, "never") for pair in mays if _sides(pair, roots) in divided)


def _sides(pair: LabelledPair, roots: dict[RecordName, RecordName]) -> frozenset[RecordName]:
    return frozenset(roots.get(name, name) for name in pair.records)
