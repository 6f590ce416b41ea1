"""The keys of clusters over time: a cluster keeps its key as long as most of its records stay together.

The key is that of the smallest record at its creation. Of the parts of a cluster that is split, the one with most of
its records keeps the key. A cluster that is merged into another, or of which one record is left, is a redirect.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class KeyedClusters:
    """The clusters of one level by their keys, and what former keys lead to."""

    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys of the records of each cluster, in order."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """The key that each former key leads to: that of a cluster, or of the record that is left."""

    def cluster_of(self, record: str) -> str | None:
        """Return the key of the cluster that a record is in, or None where it is in none of several."""
        return next((key for key, members in self.members.items() if record in members), None)


def assign_keys(clusters: Iterable[Sequence[str]], before: KeyedClusters) -> KeyedClusters:
    """Return clusters of records with their keys, of which those of several records only have one."""
    several = sorted(tuple(sorted(cluster)) for cluster in clusters if len(cluster) > 1)
    homes = {record: key for key, members in before.members.items() for record in members}
    claims = _claims(several, homes)
    inherited = {number: key for key, number in claims.items()}
    used = set(inherited.values())
    members: dict[str, tuple[str, ...]] = {}
    for number, cluster in enumerate(several):
        key = inherited.get(number) or next(record for record in cluster if record not in used)
        used.add(key)
        members[key] = cluster
    return KeyedClusters(members, _redirects(members, before))


def _claims(clusters: Sequence[Sequence[str]], homes: Mapping[str, str]) -> dict[str, int]:
    """Return the cluster that each former key goes to: of those that share records, the pairs that share most first."""
    shared = Counter(
        (homes[record], number) for number, cluster in enumerate(clusters) for record in cluster if record in homes
    )
    claims: dict[str, int] = {}
    taken_numbers = set[int]()
    for (key, number), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if key not in claims and number not in taken_numbers:
            claims[key] = number
            taken_numbers.add(number)
    return claims


def _redirects(members: Mapping[str, Sequence[str]], before: KeyedClusters) -> dict[str, str]:
    """Return what the former keys lead to that no cluster has any more."""
    homes = {record: key for key, cluster in members.items() for record in cluster}
    former = {key: records for key, records in before.members.items() if key not in members}
    redirects = {key: _survivor(records, homes) for key, records in former.items()}
    for key, target in before.redirects.items():
        if key not in members:
            redirects[key] = redirects.get(target, target if target in members else homes.get(target, target))
    return redirects


def _survivor(records: Sequence[str], homes: Mapping[str, str]) -> str:
    """Return the cluster that most of some records are in; the first of them where they are in none."""
    counts = Counter(homes[record] for record in records if record in homes)
    return min(counts, key=lambda key: (-counts[key], key)) if counts else records[0]
