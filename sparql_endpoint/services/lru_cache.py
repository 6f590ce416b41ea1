"""Answers kept for those who ask the same again: as many as fit into so many bytes, those asked for last."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Kept = TypeVar("Kept")
_OVERHEAD = 500
"""Bytes that an entry takes besides its content."""
_SHARE = 8
"""An entry may be so much of the whole: one long answer does not drive out all others."""


class BoundedCache(Generic[Kept]):
    """From a key, which holds the version of the data, to what is kept. Safe to use from several threads."""

    def __init__(self, most: int, size: Callable[[Kept], int]) -> None:
        self._most = most
        self._size = size
        self._lock = threading.Lock()
        self._entries: OrderedDict[Hashable, Kept] = OrderedDict()
        self._bytes = 0

    @property
    def largest(self) -> int:
        """Bytes of the largest content that is kept."""
        return self._most // _SHARE

    @property
    def bytes(self) -> int:
        """How much is kept."""
        return self._bytes

    def get(self, key: Hashable) -> Kept | None:
        """What is kept by a key."""
        with self._lock:
            kept = self._entries.get(key)
            if kept is not None:
                self._entries.move_to_end(key)
            return kept

    def put(self, key: Hashable, kept: Kept) -> None:
        """Keeps it, unless it is too large, and lets go of what was not asked for the longest."""
        size = self._size(kept)
        if size > self.largest:
            return
        with self._lock:
            if key in self._entries:
                return
            self._entries[key] = kept
            self._bytes += size + _OVERHEAD
            while self._bytes > self._most:
                _, oldest = self._entries.popitem(last=False)
                self._bytes -= self._size(oldest) + _OVERHEAD
