"""Clusters out of decisions on pairs: never a chain whose ends contradict each other.

The most probable pairs are joined first. Two clusters become one only where no two of their records contradict each
other and the mean of what is known of their pairs is high enough; so a chain is cut where it is weakest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from loader.cluster.cluster_settings import ClosureSettings

Probability = Callable[[int, int], float]
"""Returns the probability that two records are the same, below zero where they are never."""


@dataclass(frozen=True, order=True)
class RefusedJoin:
    """Two records that a decision would join, and two of their clusters for which that must not be."""

    one: int
    other: int
    ends: tuple[int, int]
    """The two that contradict each other the most."""


class ClusterClosure:
    """Joins records to clusters, the most probable pairs first."""

    def __init__(self, count: int, probability: Probability, settings: ClosureSettings) -> None:
        self._clusters = [[number] for number in range(count)]
        self._home = [*range(count)]
        self._probability = probability
        self._settings = settings
        self._contradicting: dict[int, set[int]] = {}
        """The clusters that contradict each: they do so whatever joins them, which need not be looked up again."""
        self.joined: list[tuple[float, int, int]] = []
        """The pairs that joined two clusters, with their probabilities: those that need a reason."""
        self.refused: list[RefusedJoin] = []

    def join_all(self, pairs: Iterable[tuple[float, int, int]]) -> None:
        """Join the clusters of pairs, given with their probabilities, as far as they may be."""
        for probability, one, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
            if self._join(one, other):
                self.joined.append((probability, one, other))

    def _join(self, one: int, other: int) -> bool:
        """Join the clusters of two records, and return whether these were two that may be one."""
        first, second = sorted((self._home[one], self._home[other]))
        if first == second or second in self._contradicting.get(first, ()):
            return False
        if ends := self._contradiction(first, second):
            self.refused.append(RefusedJoin(one, other, ends))
            return False
        self._merge(first, second)
        return True

    def _merge(self, first: int, second: int) -> None:
        for member in self._clusters[second]:
            self._home[member] = first
        self._clusters[first] += self._clusters[second]
        self._clusters[second] = []
        for other_cluster in self._contradicting.pop(second, ()):
            self._contradicting[other_cluster].discard(second)
            self._note_contradiction(first, other_cluster)

    def _note_contradiction(self, first: int, second: int) -> None:
        self._contradicting.setdefault(first, set()).add(second)
        self._contradicting.setdefault(second, set()).add(first)

    def _contradiction(self, first: int, second: int) -> tuple[int, int] | None:
        """Return the two records for which two clusters must not be joined; None where they may."""
        total, worst, ends = 0.0, 2.0, (first, second)
        for pair in product(self._clusters[first], self._clusters[second]):
            probability = self._probability(*pair)
            if probability < self._settings.contradiction:
                self._note_contradiction(first, second)
                return pair
            total += probability
            if probability < worst:
                worst, ends = probability, pair
        mean = total / (len(self._clusters[first]) * len(self._clusters[second]))
        return None if mean >= self._settings.least_mean else ends

    def clusters(self) -> Iterator[list[int]]:
        """Yield the clusters with their records in order, those of one record too."""
        return (sorted(cluster) for cluster in self._clusters if cluster)
