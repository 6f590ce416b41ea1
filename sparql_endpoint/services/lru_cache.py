"""Answers that are kept for those who ask the same again: as many as fit into a number of bytes, least recent out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import suppress
from typing import Generic, TypeVar

from cachetools import LRUCache

Value = TypeVar("Value")
_OVERHEAD = 500
"""Bytes that an entry takes besides its content."""
_SHARE = 8
"""An entry may be this part of the capacity: one long answer does not drive out all others."""


class BoundedCache(Generic[Value]):
    """A cache by keys that hold the version of the data; safe to use from several threads, which LRUCache is not."""

    def __init__(self, capacity: int, size: Callable[[Value], int]) -> None:
        self.largest = capacity // _SHARE
        """Bytes of the largest content that is kept; 0 where nothing is."""
        self._size = size
        self._lock = threading.Lock()
        self._entries: LRUCache[Hashable, Value] = LRUCache(capacity, lambda value: size(value) + _OVERHEAD)

    @property
    def bytes(self) -> int:
        """Bytes that are kept."""
        return int(self._entries.currsize)

    def get(self, key: Hashable) -> Value | None:
        """Return the value of a key, or None."""
        with self._lock:
            return self._entries.get(key)

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value, unless it is too large, in place of what was not used for the longest time."""
        if self._size(value) > self.largest:
            return
        with self._lock, suppress(ValueError):  # of an entry that with its overhead is larger than the cache
            self._entries[key] = value


class RecordedChunks(Iterator[bytes]):
    """The chunks of an answer as they come, which are kept once all of them came, unless they are too many."""

    def __init__(self, chunks: Iterable[bytes], cache: BoundedCache[bytes], key: Hashable) -> None:
        self._source = chunks
        self._chunks = iter(chunks)
        self._cache = cache
        self._key = key
        self._seen: list[bytes] = []
        self._left = cache.largest

    def __next__(self) -> bytes:
        try:
            chunk = next(self._chunks)
        except StopIteration:
            if self._left >= 0:
                self._cache.put(self._key, b"".join(self._seen))
            raise
        self._left -= len(chunk)
        if self._left >= 0:
            self._seen.append(chunk)
        else:
            self._seen.clear()
        return chunk

    def close(self) -> None:
        """End the making of chunks that nobody wants."""
        if close := getattr(self._source, "close", None):
            close()
