"""How two words of names relate: the same, spelled in another way, an initial, with a typing error, or not at all."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from nbkg.matching.name_form import key_of
from nbkg.text_index.analysis import spellings

_SHORTEST_ERROR = 4
"""Letters of a word from which on one may be wrong."""
_LONG = 5
"""Letters of a word from which on “ue” may be ü, which has no mark here: “Xue” is not “Xu”."""
_TWO_ERRORS = 9
"""Letters of a word from which on two may be wrong."""


class Relation(IntEnum):
    """How closely two words are related, the closest first."""

    SAME = 0
    SPELLING = 1
    """One is the other without æ, ø and å."""
    ERROR = 2
    """They differ by a typing error."""
    INITIAL = 3
    """One is the beginning of the other."""
    NONE = 4


@lru_cache(1 << 16)
def relate(one: str, other: str) -> Relation:
    """Return how two words relate."""
    if one == other:
        return Relation.SAME
    if key_of(one) == key_of(other) and _is_spelling(one, other):
        return Relation.SPELLING
    if one.isdigit() or other.isdigit():
        return Relation.NONE
    if min(len(one), len(other)) <= 1 and one[0] == other[0]:
        return Relation.INITIAL
    return _error(one, other)


def _is_spelling(one: str, other: str) -> bool:
    """Return whether one word is written by the letters that stand for those of the other; “moe” is not “mo”."""
    is_umlaut = min(len(one), len(other)) >= _LONG and one.replace("ue", "u") == other.replace("ue", "u")
    return is_umlaut or not {one, *spellings(one)}.isdisjoint({other, *spellings(other)})


def _error(one: str, other: str) -> Relation:
    shortest = min(len(one), len(other))
    if shortest < _SHORTEST_ERROR:
        return Relation.INITIAL if _abbreviates(one, other) else Relation.NONE
    most = 2 if shortest >= _TWO_ERRORS else 1
    if OSA.distance(one, other, score_cutoff=most) <= most:
        return Relation.ERROR
    return Relation.INITIAL if _abbreviates(one, other) else Relation.NONE


def _abbreviates(one: str, other: str) -> bool:
    """Return whether the shorter word is the beginning of the other: “chr” of christian."""
    return one.startswith(other) or other.startswith(one)
