"""Values by their keys, and items in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

_K = TypeVar("_K")
_V = TypeVar("_V")


def group_values(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, list[_V]]:
    """Return all values of each key, both in the order in which they come."""
    groups: dict[_K, list[_V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def first_values(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, _V]:
    """Return the first value of each key, in the order in which they come."""
    first: dict[_K, _V] = {}
    for key, value in pairs:
        first.setdefault(key, value)
    return first


def batched(items: Iterable[_V], size: int) -> Iterator[list[_V]]:
    """Yield the items in lists of a size, the last of which may be shorter, as itertools does from Python 3.12 on."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
