"""The part of a text in which the words of a search stand, with the words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from nbkg.text_index import Sought, find_words

_CONTEXT = 110
"""Characters before and after the first word."""
_MAX_SEARCHED = 200_000
"""Characters of a text that are searched."""


@dataclass(frozen=True)
class SnippetPart:
    """A run of characters, which is a word of the search or is not."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Snippet:
    """A part of a text."""

    parts: Sequence[SnippetPart] = ()
    matches: int = 0
    """How many of the words that are sought stand in it."""


def snippet(text: str, sought: tuple[Sought, ...]) -> Snippet:
    """Return the snippet of a text around the first of the words; an empty one where none is in it."""
    known, beginnings = _all(sought)
    words = find_words(text, _MAX_SEARCHED)
    first = next(((start, end) for start, end, word in words if word in known or word.startswith(beginnings)), None)
    return Snippet() if first is None else _around(text, first, sought)


@lru_cache(maxsize=8)
def _all(sought: tuple[Sought, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return all words that are marked, and beginnings of others."""
    known = frozenset(word for one in sought for word in one.words)
    return known, tuple(one.word for one in sought if one.finds_beginnings)


def beginning(text: str, sought: tuple[Sought, ...]) -> Snippet:
    """Return the snippet around the first of the words, or where none is in the text, its beginning."""
    around_word = snippet(text, sought)
    return around_word if around_word.parts else _around(text, (0, _CONTEXT), sought)


def _around(text: str, span: tuple[int, int], sought: tuple[Sought, ...]) -> Snippet:
    start = max(0, span[0] - _CONTEXT)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = span[1] + _CONTEXT
    end = len(text) if end >= len(text) else max(text.rfind(" ", span[1], end), span[1])
    before = [SnippetPart("… ", False)] if start else []
    after = [SnippetPart(" …", False)] if end < len(text) else []
    part = " ".join(text[start:end].split())
    known, beginnings = _all(sought)
    marked = [
        (a, b, [one for one in sought if one.matches(word)])
        for a, b, word in find_words(part, len(part))
        if word in known or word.startswith(beginnings)
    ]
    return Snippet([*before, *_parts(part, marked), *after], len({one.word for match in marked for one in match[2]}))


def _parts(text: str, marked: Sequence[tuple[int, int, object]]) -> Sequence[SnippetPart]:
    parts, position = list[SnippetPart](), 0
    for start, end, _ in marked:
        parts += [SnippetPart(text[position:start], False), SnippetPart(text[start:end], True)]
        position = end
    return [part for part in (*parts, SnippetPart(text[position:], False)) if part.text]
