"""Faults of many concepts, counted by what is wrong; the first of each are named."""

from __future__ import annotations

import re
from collections import Counter

_NAMED = 3
_DETAIL = re.compile(r" \(by .*?\)| over .*")
"""The part of a fault that is of one concept only."""


class FaultCounts:
    """Counts the faults of one vocabulary."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._counts: Counter[str] = Counter()
        self._first: dict[str, list[str]] = {}

    def add(self, fault: str, iri: str) -> None:
        """Count a fault of a concept."""
        kind = _DETAIL.sub("", fault)
        detail = fault[len(kind) :] if fault.startswith(kind) else ""
        self._counts[kind] += 1
        first = self._first.setdefault(kind, [])
        if len(first) < _NAMED:
            first.append(f"<{iri}>{detail}")

    def lines(self) -> list[str]:
        """Return a line for each kind of fault, the most frequent first."""
        return [
            f"{self._source}: {count:,} × {kind}: {', '.join(self._first[kind])}{' …' if count > _NAMED else ''}"
            for kind, count in sorted(self._counts.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
