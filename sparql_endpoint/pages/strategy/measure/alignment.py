"""Where the characters of a source stand in a text that was read from it, once its print was undone.

Undoing print joins lines and broken words and drops what only separates columns; it adds nothing but spaces. So the two
are walked side by side: what differs is a break, a hyphen at a line's end, or a mark that was dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

_DROPPED = frozenset("-|\u00ad\u200b\ufeff")
"""What a reading may leave out: hyphens, borders of cells, characters without a width."""


def reading_offsets(source: str, parts: Sequence[tuple[int, int]], reading: str) -> Mapping[int, int]:
    """From the offsets of a source to those of a text that its parts (start, end), in order, were read as.

    What was left out has no place. It ends where the two are no longer the same text.
    """
    offsets: dict[int, int] = {}
    position = 0
    for offset in _offsets(parts, len(source)):
        char = source[offset]
        while not char.isspace() and reading[position : position + 1].isspace():
            position += 1
        if position < len(reading) and _same(char, reading[position]):
            offsets[offset] = position
            position += 1
        elif not (char.isspace() or char in _DROPPED):
            break
    return offsets


def _offsets(parts: Sequence[tuple[int, int]], length: int) -> Iterator[int]:
    for start, end in parts:
        yield from range(max(0, start), min(end, length))


def _same(char: str, other: str) -> bool:
    return char == other or (char.isspace() and other.isspace())


def moved(start: int, end: int, to: Mapping[int, int]) -> tuple[int, int] | None:
    """A passage of the source in the text that was read; None where it has no place there."""
    offsets = [to[offset] for offset in range(start, end) if offset in to]
    return (offsets[0], offsets[-1] + 1) if offsets else None
