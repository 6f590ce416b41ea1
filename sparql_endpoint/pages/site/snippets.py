"""Where in a text sought words stand: a piece of it around the first, with the words marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_AROUND = 110
"""Characters before and after the first word."""


@dataclass(frozen=True)
class Piece:
    """A run of characters, which is a sought word or is not."""

    text: str
    marked: bool


def pattern(sought: str) -> re.Pattern[str] | None:
    """Finds words that begin as one of those sought; None where nothing is."""
    words = sorted({re.escape(word) for word in re.findall(r"\w+", sought)[:12]}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(words)})\w*", re.IGNORECASE) if words else None


def snippet(text: str, sought: re.Pattern[str]) -> Sequence[Piece]:
    """The piece of a text; empty where none of the words is in it as it was written."""
    first = sought.search(text, 0, 200_000)
    if first is None:
        return []
    start = max(0, first.start() - _AROUND)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = first.end() + _AROUND
    end = len(text) if end >= len(text) else max(text.rfind(" ", first.end(), end), first.end())
    shown = [*_pieces(" ".join(text[start:end].split()), sought)]
    return [*([Piece("… ", False)] if start else []), *shown, *([Piece(" …", False)] if end < len(text) else [])]


def _pieces(text: str, sought: re.Pattern[str]) -> Sequence[Piece]:
    found, place = list[Piece](), 0
    for match in sought.finditer(text):
        found += [Piece(text[place : match.start()], False), Piece(match.group(), True)]
        place = match.end()
    return [piece for piece in (*found, Piece(text[place:], False)) if piece.text]
