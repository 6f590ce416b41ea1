"""The part of a text in which the words of a search stand, with the words marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CONTEXT = 110
"""Characters before and after the first word."""
_MAX_WORDS = 12
_MAX_SEARCHED = 200_000
"""Characters of a text that are searched."""


@dataclass(frozen=True)
class SnippetPart:
    """A run of characters, which is a word of the search or is not."""

    text: str
    marked: bool


def pattern(search: str) -> re.Pattern[str] | None:
    """Return a pattern for words that begin like one of the search; None where the search has no words."""
    words = sorted({re.escape(word) for word in re.findall(r"\w+", search)[:_MAX_WORDS]}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(words)})\w*", re.IGNORECASE) if words else None


def snippet(text: str, words: re.Pattern[str]) -> Sequence[SnippetPart]:
    """Return the snippet of a text around the first of the words; an empty one where none is in it."""
    first = words.search(text, 0, _MAX_SEARCHED)
    if first is None:
        return []
    start = max(0, first.start() - _CONTEXT)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = first.end() + _CONTEXT
    end = len(text) if end >= len(text) else max(text.rfind(" ", first.end(), end), first.end())
    before = [SnippetPart("… ", False)] if start else []
    after = [SnippetPart(" …", False)] if end < len(text) else []
    return [*before, *_parts(" ".join(text[start:end].split()), words), *after]


def _parts(text: str, words: re.Pattern[str]) -> Sequence[SnippetPart]:
    parts, position = list[SnippetPart](), 0
    for match in words.finditer(text):
        parts += [SnippetPart(text[position : match.start()], False), SnippetPart(match.group(), True)]
        position = match.end()
    return [part for part in (*parts, SnippetPart(text[position:], False)) if part.text]
