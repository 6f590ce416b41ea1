"""Whether two names may be of one person."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from loader.cluster.description.record_description import PersonKey

_SHORTEST_ERROR = 6
_SAME_YEARS = 1


@lru_cache(1 << 18)
def may_be_one(one: PersonKey, other: PersonKey) -> bool:
    """Return whether neither family names, forenames nor years of birth contradict each other."""
    if one.born and other.born and abs(one.born - other.born) > _SAME_YEARS:
        return False
    return _same_family(one, other) and _same_forenames(one.forenames, other.forenames)


def _same_family(one: PersonKey, other: PersonKey) -> bool:
    if one.family == other.family:
        return True
    if one.born and one.born == other.born and (one.family in other.forenames or other.family in one.forenames):
        return True  # “Mallowan, Agatha Christie” is “Christie, Agatha”
    return min(len(one.family), len(other.family)) >= _SHORTEST_ERROR and OSA.distance(one.family, other.family) <= 1


def _same_forenames(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether the first forenames agree, where both have some: one may be an initial or have an error."""
    return not one or not other or _same_word(one[0], other[0]) or any(word in other for word in one if len(word) > 2)


def _same_word(one: str, other: str) -> bool:
    if one[0] != other[0]:
        return False
    return one.startswith(other) or other.startswith(one) or OSA.distance(one, other) <= 1


def agree(some: Iterable[PersonKey], others: Iterable[PersonKey]) -> bool:
    """Return whether two lists of names have one person in common."""
    return any(may_be_one(one, other) for one in some for other in others)
