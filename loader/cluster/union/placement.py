"""Where one record belongs: the cluster at each level that it would join, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loader.cluster.description.record_description import RecordDescription
from loader.cluster.levels.catalogue_clusters import PersonAnswers
from loader.cluster.levels.level_decision import LevelDecider, LevelDecision
from loader.cluster.levels.level_settings import LevelSettings
from loader.cluster.union.placing_index import PlacingIndex


@dataclass(frozen=True)
class Placement:
    """What a record would join at a level."""

    level: str
    cluster: str
    """The key of the cluster, or of the one record that it would make a cluster with."""
    record: str
    """The key of the record that it agrees with the most."""
    decision: LevelDecision


def place_record(
    record: RecordDescription, index: PlacingIndex, levels: Sequence[LevelSettings], answers: PersonAnswers
) -> list[Placement]:
    """Return where a record belongs, from wide to narrow; a narrow level is left out where a wider one has nothing.

    A cluster of which one record contradicts it is not joined, nor one of which a person refused a record for it.
    """
    candidates, placements = index.candidates(record), list[Placement]()
    refused: frozenset[frozenset[str]] = frozenset()
    for settings in levels:
        refused |= answers.refused.get(settings.name, frozenset())
        decider = LevelDecider(settings)
        placement = _place_at(record, candidates, decider, index, refused)
        if placement is None:
            break
        placements.append(placement)
        home = placement.cluster
        candidates = [one for one in candidates if index.cluster_of(settings.name, one.key) == home]
    return placements


def _place_at(
    record: RecordDescription,
    candidates: Sequence[RecordDescription],
    decider: LevelDecider,
    index: PlacingIndex,
    refused: frozenset[frozenset[str]],
) -> Placement | None:
    level = decider.settings.name
    scored = sorted(
        ((-decider.score(*_in_order(record, one)), one.key, one) for one in candidates), key=lambda each: each[:2]
    )
    contradicting = set[str]()
    for score, key, candidate in scored:
        if -score < decider.settings.least:
            return None
        cluster = index.cluster_of(level, key)
        if cluster in contradicting:
            continue
        members = index.members(level, cluster) or [candidate]
        if not any(_is_never(record, one, decider, refused) for one in members):
            return Placement(level, cluster, key, decider.explain(*_in_order(record, candidate)))
        contradicting.add(cluster)
    return None


def _in_order(one: RecordDescription, other: RecordDescription) -> tuple[RecordDescription, RecordDescription]:
    """Return two records as a run compares them, by their keys."""
    return (one, other) if one.key < other.key else (other, one)


def _is_never(
    one: RecordDescription, other: RecordDescription, decider: LevelDecider, refused: frozenset[frozenset[str]]
) -> bool:
    return frozenset((one.key, other.key)) in refused or decider.contradicts(*_in_order(one, other))
