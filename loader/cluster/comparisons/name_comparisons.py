"""How many names two lists of persons have in common."""

from __future__ import annotations

from rapidfuzz.distance import JaroWinkler

from loader.cluster.term_weights import TermWeights
from loader.cluster.values import PersonName

Names = tuple[PersonName, ...]
_LEAST_FAMILY = 0.85
"""The similarity of family names from which on they may be the same."""
_OTHER_INITIAL = 0.5
_OTHER_ORDER = 0.7
"""What persons count for whose initials differ, and those of whom one has the family name somewhere else."""
_LEAST = 0.3


def compare_persons(one: PersonName, other: PersonName) -> float:
    """Return from 0 to 1 how alike two persons' names are, by family name and initial."""
    family = JaroWinkler.similarity(one.family, other.family)
    if family < _LEAST_FAMILY:
        return _OTHER_ORDER if any(len(word) > 2 for word in one.words & other.words) else 0.0
    return family if one.initial == other.initial else family * _OTHER_INITIAL


def _common(one: Names, other: Names) -> float:
    remaining, total = [*other], 0.0
    for person in one:
        scores = [(compare_persons(person, candidate), -index) for index, candidate in enumerate(remaining)]
        best, index = max(scores, default=(0.0, 0))
        if best > _LEAST:
            del remaining[-index]
            total += best
    return total


def share_persons(one: Names, other: Names, _: TermWeights) -> float:
    """Return the share of the longer list that both have."""
    return _common(one, other) / max(len(one), len(other)) if one and other else 0.0


def contain_persons(one: Names, other: Names, _: TermWeights) -> float:
    """Return the share of the shorter list that both have."""
    return _common(one, other) / min(len(one), len(other)) if one and other else 0.0


def compare_first_persons(one: Names, other: Names, _: TermWeights) -> float:
    """Return how alike the first names of both lists are."""
    return compare_persons(one[0], other[0]) if one and other else 0.0
