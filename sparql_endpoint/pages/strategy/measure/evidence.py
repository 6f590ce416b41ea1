"""The words of a report behind one observation: the passages of its text, with each quote marked and numbered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sparql_endpoint.pages.strategy.base.observation_text import Quote, Reading
from sparql_endpoint.pages.strategy.base.passages import Piece, Span, lines, marked
from sparql_endpoint.pages.strategy.measure.alignment import moved, places
from sparql_endpoint.pages.strategy.measure.target_changes import Became
from sparql_endpoint.services.labels import Label
from sparql_endpoint.stores.base import Term

_NEAR = 60
"""Characters between two passages that are shown as one."""


@dataclass(frozen=True)
class Numbered:
    """A passage of the text: its number on the page, its words, and the quotes of it."""

    number: int
    words: str
    quotes: Sequence[Quote]

    @property
    def supports(self) -> Mapping[str, Quote]:
        """The local names of the properties that it supports, each with the first quote that says so."""
        found: dict[str, Quote] = {}
        for quote in self.quotes:
            found.setdefault(quote.supports, quote)
        return found


@dataclass(frozen=True)
class Evidence:
    """Parts of a report's text, in order, and the passages marked in them."""

    fragments: Sequence[Sequence[Piece[Numbered]]]
    passages: Sequence[Numbered]


def evidence(reading: Reading, observation: Term) -> Evidence:
    """The evidence of what a report says of one measure."""
    by_place: dict[tuple[int, int], list[Quote]] = {}
    for span in quotes_of(reading, observation):
        by_place.setdefault((span.start, span.end), []).append(span.said)
    ordered = sorted(by_place.items(), key=lambda item: (item[0][0], -item[0][1]))
    spans = [
        Span(start, end, Numbered(number, reading.text[start:end], quotes))
        for number, ((start, end), quotes) in enumerate(ordered, 1)
    ]
    windows = _windows(reading.text, spans)
    fragments = [
        marked(reading.text, [s for s in spans if s.start < end and s.end > start], start, end)
        for start, end in windows
    ]
    return Evidence(fragments, [span.said for span in spans])


def quotes_of(reading: Reading, observation: Term) -> Sequence[Span[Quote]]:
    """The quotes of one observation that stand within the text."""
    length = len(reading.text)
    return [s for s in reading.spans if s.said.observation == observation and 0 <= s.start < s.end <= length]


def _windows(text: str, spans: Iterable[Span[Numbered]]) -> Sequence[tuple[int, int]]:
    """The whole lines that passages stand in; those near each other in one."""
    windows: list[tuple[int, int]] = []
    for span in spans:
        start, end = lines(text, span.start, span.end)
        if windows and start <= windows[-1][1] + _NEAR:
            windows[-1] = (windows[-1][0], max(end, windows[-1][1]))
        else:
            windows.append((start, end))
    return windows


def with_links(told: str, supports: str, became: Became) -> Sequence[Piece[Label]]:
    """A text that was read, its wording or its comment, with what it names as marks; no mark stands in another."""
    reading, observation = became.reading, became.told.observation
    spans = quotes_of(reading, observation) if reading else ()
    text = reading.text if reading else ""
    parts = [(span.start, span.end) for span in spans if span.said.supports == supports]
    to = places(text, parts, told)
    found: list[Span[Label]] = []
    for span in spans:
        place = moved(span.start, span.end, to)
        if place and any(start <= span.start and span.end <= end for start, end in parts):
            shown = became.link(span.said, text[span.start : span.end])
            found += [Span(*place, shown)] if shown else []
    return marked(told, list(_apart(found)))


def _apart(spans: Iterable[Span[Label]]) -> Iterator[Span[Label]]:
    """Those that do not overlap: of two that do, the longer, then the first; a link cannot stand in a link."""
    taken: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        if all(span.end <= start or span.start >= end for start, end in taken):
            taken.append((span.start, span.end))
            yield span
