"""Comparisons of years and categories, and of whether a record says anything at all."""

from __future__ import annotations

from loader.cluster.term_weights import TermWeights
from loader.cluster.values import FoldedText, Value


def is_empty(value: Value) -> bool:
    """Return whether a record does not say what a field is about."""
    return not (value.words if isinstance(value, FoldedText) else value)


def is_unknown(one: Value, other: Value, _: TermWeights) -> float:
    """Return 1 where one of both records does not say it."""
    return float(is_empty(one) or is_empty(other))


def is_same(one: Value, other: Value, _: TermWeights) -> float:
    """Return 1 where both say the same."""
    return float(not is_empty(one) and one == other)


def is_other(one: Value, other: Value, _: TermWeights) -> float:
    """Return 1 where both say it and not the same."""
    return float(not is_empty(one) and not is_empty(other) and one != other)


def differ_by_one(one: int | None, other: int | None, _: TermWeights) -> float:
    """Return 1 where two years differ by one."""
    return float(_distance(one, other) == 1)


def differ_by_two(one: int | None, other: int | None, _: TermWeights) -> float:
    """Return 1 where two years differ by two."""
    return float(_distance(one, other) == 2)


def differ_by_more(one: int | None, other: int | None, _: TermWeights) -> float:
    """Return 1 where two years differ by more than two."""
    return float(_distance(one, other) > 2)


def _distance(one: int | None, other: int | None) -> int:
    """Return the years between two; 0 where one is not known."""
    return abs(one - other) if one and other else 0
