"""The words of a report behind one observation: the passages of its text, with each quote marked and numbered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nbkg.grouping import first_values, group_values
from sparql_endpoint.pages.strategy.base.observation_text import Quote, ReportReading
from sparql_endpoint.pages.strategy.base.passages import Piece, TextSpan, lines, marked
from sparql_endpoint.pages.strategy.measure.alignment import moved, reading_offsets
from sparql_endpoint.pages.strategy.measure.target_changes import QuoteTargets
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
        return first_values((quote.supports, quote) for quote in self.quotes)


@dataclass(frozen=True)
class Evidence:
    """Parts of a report's text, in order, and the passages marked in them."""

    fragments: Sequence[Sequence[Piece[Numbered]]]
    passages: Sequence[Numbered]


def evidence(reading: ReportReading, observation: Term) -> Evidence:
    """The evidence of what a report says of one measure."""
    by_extent = group_values(((span.start, span.end), span.value) for span in quotes_of(reading, observation))
    ordered = sorted(by_extent.items(), key=lambda item: (item[0][0], -item[0][1]))
    spans = [
        TextSpan(start, end, Numbered(number, reading.text[start:end], quotes))
        for number, ((start, end), quotes) in enumerate(ordered, 1)
    ]
    windows = _windows(reading.text, spans)
    fragments = [
        marked(reading.text, [s for s in spans if s.start < end and s.end > start], start, end)
        for start, end in windows
    ]
    return Evidence(fragments, [span.value for span in spans])


def quotes_of(reading: ReportReading, observation: Term) -> Sequence[TextSpan[Quote]]:
    """The quotes of one observation that stand within the text."""
    length = len(reading.text)
    return [s for s in reading.spans if s.value.observation == observation and 0 <= s.start < s.end <= length]


def _windows(text: str, spans: Iterable[TextSpan[Numbered]]) -> Sequence[tuple[int, int]]:
    """The whole lines that passages stand in; those near each other in one."""
    windows: list[tuple[int, int]] = []
    for span in spans:
        start, end = lines(text, span.start, span.end)
        if windows and start <= windows[-1][1] + _NEAR:
            windows[-1] = (windows[-1][0], max(end, windows[-1][1]))
        else:
            windows.append((start, end))
    return windows


def with_links(words: str, supports: str, targets: QuoteTargets) -> Sequence[Piece[Label]]:
    """A text that was read, its wording or its comment, with what it names as marks; no mark stands in another."""
    reading, observation = targets.reading, targets.observation.iri
    spans = quotes_of(reading, observation) if reading else ()
    text = reading.text if reading else ""
    parts = [(span.start, span.end) for span in spans if span.value.supports == supports]
    to = reading_offsets(text, parts, words)
    links: list[TextSpan[Label]] = []
    for span in spans:
        extent = moved(span.start, span.end, to)
        if extent and any(start <= span.start and span.end <= end for start, end in parts):
            label = targets.link(span.value, text[span.start : span.end])
            links += [TextSpan(*extent, label)] if label else []
    return marked(words, list(_without_overlaps(links)))


def _without_overlaps(spans: Iterable[TextSpan[Label]]) -> Iterator[TextSpan[Label]]:
    """Yield spans that do not overlap: of two that do, the longer, then the first; a link cannot be inside a link."""
    used: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        if all(span.end <= start or span.start >= end for start, end in used):
            used.append((span.start, span.end))
            yield span
