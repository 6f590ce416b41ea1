"""A text with passages of it marked: marks nest where their passages do, and are cut where they only overlap.

What comes back is a flat run of openings, texts and closings, always well nested, so that a template writes it without
recursion however deep it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Generic, TypeVar

_T = TypeVar("_T")


@dataclass(frozen=True)
class TextSpan(Generic[_T]):
    """From where to where a passage goes, in Unicode code points, the end exclusive; and what is said of it."""

    start: int
    end: int
    value: _T


@dataclass(frozen=True)
class Opening(Generic[_T]):
    """Here a mark opens; `is_first` where it is the passage's beginning and not the rest of one that was cut."""

    span: TextSpan[_T]
    is_first: bool = True
    opens: bool = True
    closes: bool = False


@dataclass(frozen=True)
class Closing(Generic[_T]):
    """Here the mark that was opened last closes."""

    span: TextSpan[_T]
    opens: bool = False
    closes: bool = True


@dataclass(frozen=True)
class Text:
    """Words between marks."""

    text: str
    opens: bool = False
    closes: bool = False


Piece = Opening[_T] | Closing[_T] | Text


def marked(text: str, spans: Iterable[TextSpan[_T]], start: int = 0, end: int | None = None) -> Sequence[Piece[_T]]:
    """The text from `start` to `end` with its passages marked; of two of one extent the one given first is outside.

    Passages that reach out of that part are cut to it; those outside it, and empty ones, are left out.
    """
    end = len(text) if end is None else min(end, len(text))
    cut = [TextSpan(max(span.start, start), min(span.end, end), span) for span in spans]
    return list(_pieces(text, [span for span in cut if span.start < span.end], start, end))


def _pieces(text: str, spans: Iterable[TextSpan[TextSpan[_T]]], position: int, end: int) -> Iterator[Piece[_T]]:
    waiting = [(span.start, -span.end, order, span.value, True) for order, span in enumerate(spans)]
    heapify(waiting)
    open_: list[tuple[int, TextSpan[_T]]] = []
    while waiting or open_:
        upto = min(waiting[0][0] if waiting else end, open_[-1][0] if open_ else end)
        if position < upto:
            yield Text(text[position:upto])
            position = upto
        if open_ and open_[-1][0] == position:
            yield Closing(open_.pop()[1])
            continue
        _, stop, order, span, is_first = heappop(waiting)
        if open_ and -stop > open_[-1][0]:
            heappush(waiting, (open_[-1][0], stop, order, span, False))
            stop = -open_[-1][0]
        yield Opening(span, is_first)
        open_.append((-stop, span))
    if position < end:
        yield Text(text[position:end])


def lines(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole lines in which a passage stands: where the first starts and where the last ends, without its break."""
    after = text.find("\n", max(start, end - 1))
    return text.rfind("\n", 0, start) + 1, len(text) if after < 0 else after
