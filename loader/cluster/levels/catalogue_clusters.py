"""The clusters of records at three levels, each within those of the wider one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from loader.cluster.cluster_closure import ClusterClosure, RefusedJoin
from loader.cluster.cluster_settings import ClosureSettings
from loader.cluster.description.record_description import RecordDescription
from loader.cluster.levels.level_decision import LevelDecider
from loader.cluster.levels.level_settings import LEVELS, LevelSettings
from loader.cluster.levels.record_blocking import block_keys
from nbkg.grouping import group_values

Pair = tuple[int, int]
Keys = frozenset[str]
"""The keys of two records."""

_MOST_IN_BLOCK = 400
_CERTAIN = 100.0
"""The score of what a person confirmed."""
_NEVER = -1.0
_STRICT = ClosureSettings(least_mean=0.0, contradiction=0.0)
"""Clusters are joined where nothing contradicts."""


@dataclass(frozen=True)
class PersonAnswers:
    """What persons decided on pairs of records, by level."""

    confirmed: Mapping[str, frozenset[Keys]] = field(default_factory=dict)
    refused: Mapping[str, frozenset[Keys]] = field(default_factory=dict)

    def unknown_records(self, known: Collection[str]) -> list[str]:
        """Return the keys of records that persons answered on and that are not among those known, sorted."""
        pairs = [keys for answers in (self.confirmed, self.refused) for some in answers.values() for keys in some]
        return sorted({key for keys in pairs for key in keys if key not in known})


@dataclass(frozen=True)
class LevelClusters:
    """The clusters of a level as positions of records, what joined them, and what was not joined."""

    level: str
    clusters: Sequence[Sequence[int]]
    joined: Sequence[tuple[float, int, int]]
    """The decisions on pairs that joined two clusters to one, with their scores."""
    refused: Sequence[RefusedJoin]


def cluster_records(
    records: Sequence[RecordDescription], levels: Sequence[LevelSettings], answers: PersonAnswers = PersonAnswers()
) -> list[LevelClusters]:
    """Return the clusters of each level, from wide to narrow. The order of the records decides nothing but ties."""
    pairs: Iterable[Pair] = sorted({*_blocked_pairs(records), *_confirmed_pairs(records, answers)})
    homes: Sequence[int] = [0] * len(records)
    results = []
    for settings in levels:
        scorer = PairScorer(records, settings, answers)
        scored = [
            (score, *pair) for pair in pairs if homes[pair[0]] == homes[pair[1]] and (score := scorer.score(*pair)) > 0
        ]
        joined = [each for each in scored if each[0] >= settings.least]
        closure = ClusterClosure(len(records), scorer.contradiction_within(homes), _STRICT)
        closure.join_all(joined)
        results.append(LevelClusters(settings.name, [*closure.clusters()], closure.joined, closure.refused))
        homes = _homes(results[-1].clusters, len(records))
        pairs = [(one, other) for _, one, other in scored]
    return results


def _homes(clusters: Sequence[Sequence[int]], count: int) -> list[int]:
    homes = [0] * count
    for number, cluster in enumerate(clusters):
        for position in cluster:
            homes[position] = number
    return homes


def _blocked_pairs(records: Sequence[RecordDescription]) -> Iterator[Pair]:
    blocks = group_values((key, position) for position, record in enumerate(records) for key in block_keys(record))
    for block in blocks.values():
        if 1 < len(block) <= _MOST_IN_BLOCK:
            yield from combinations(block, 2)


def _confirmed_pairs(records: Sequence[RecordDescription], answers: PersonAnswers) -> Iterator[Pair]:
    positions = {record.key: position for position, record in enumerate(records)}
    for level in LEVELS:
        for keys in answers.confirmed.get(level, ()):
            places = sorted(positions[key] for key in keys if key in positions)
            yield from combinations(places, 2)


class PairScorer:
    """Scores pairs of records at one level: by rules, and by persons, who hold over every rule."""

    def __init__(self, records: Sequence[RecordDescription], settings: LevelSettings, answers: PersonAnswers) -> None:
        self._records = records
        self._decider = LevelDecider(settings)
        self._confirmed = answers.confirmed.get(settings.name, frozenset())
        self._refused = _refused_at(settings.name, answers)

    def score(self, one: int, other: int) -> float:
        """Return the score of two records; below zero where they contradict each other."""
        answer = self._person_score(one, other)
        return answer or self._decider.score(self._records[one], self._records[other])

    def _person_score(self, one: int, other: int) -> float:
        """Return the score of what a person decided; 0 where nobody did."""
        if not self._confirmed and not self._refused:
            return 0.0
        keys = frozenset((self._records[one].key, self._records[other].key))
        return _NEVER if keys in self._refused else _CERTAIN if keys in self._confirmed else 0.0

    def contradiction_within(self, homes: Sequence[int]) -> Callable[[int, int], float]:
        """Return a function that is below zero for pairs that contradict, or are in two of the wider clusters."""

        def probability(one: int, other: int) -> float:
            if homes[one] != homes[other]:
                return _NEVER
            answer = self._person_score(one, other)
            return answer or -float(self._decider.contradicts(self._records[one], self._records[other]))

        return probability


def _refused_at(level: str, answers: PersonAnswers) -> frozenset[Keys]:
    """Return the pairs that are never one at a level: those refused at it, and at a wider one."""
    wider = LEVELS[: LEVELS.index(level) + 1]
    return frozenset(keys for name in wider for keys in answers.refused.get(name, ()))
