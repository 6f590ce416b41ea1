"""Values that are remembered by what they were made of, in dictionaries that cannot grow without end.

`functools.lru_cache` keeps the order of use, which takes longer than the dictionary: for 95 values that a record asks
for it took a tenth of the time of a compiled mapping.
"""

from __future__ import annotations

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


def remember(known: dict[K, V], key: K, value: V, most: int) -> V:
    """Return a value that a dictionary has from now on; one that has as many as it may forgets all others."""
    if len(known) >= most:
        known.clear()
    known[key] = value
    return value
