"""Text that remembers where in the source each of its characters stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[int, int]
"""Start and end (exclusive) in the source, in code points."""

_PRINT_ONLY = frozenset(" \t\r\n\f\u00a0\u00ad\u200b\ufeff-|")


@dataclass(frozen=True)
class Flow:
    """Characters of the source in reading order; `at[i]` is the source offset of `text[i]`."""

    text: str
    at: tuple[int, ...]

    def __getitem__(self, part: slice) -> Flow:
        return Flow(self.text[part], self.at[part])

    def __add__(self, other: Flow) -> Flow:
        return Flow(self.text + other.text, self.at + other.at)

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def strip(self) -> Flow:
        """Without white space at either end."""
        left = len(self.text) - len(self.text.lstrip())
        return self[left : len(self.text.rstrip())]

    def spans(self, source: str) -> tuple[Span, ...]:
        """Return where this stands in the source: one span, or several where other words come between."""
        offsets = [offset for offset, char in zip(self.at, self.text, strict=True) if not char.isspace()]
        return tuple(_runs(offsets, source))


def cut(source: str, spans: Iterable[Span]) -> Flow:
    """Return the flow of these spans of the source, one after the other."""
    offsets = tuple(offset for start, end in spans for offset in range(start, end))
    return Flow("".join(source[offset] for offset in offsets), offsets)


def _runs(offsets: list[int], source: str) -> Iterable[Span]:
    start: int | None = None
    last = -1
    for offset in offsets:
        if start is not None and not _PRINT_ONLY.issuperset(source[last + 1 : offset]):
            yield start, last + 1
            start = None
        if start is None:
            start = offset
        last = offset
    if start is not None:
        yield start, last + 1
