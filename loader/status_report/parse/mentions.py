"""Entities, addresses and other measures named in a row, each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from loader.status_report.model.report import Words
from loader.status_report.model.report_text import ReportText
from loader.status_report.parse.dehyphenate import Reading

ADDRESS = re.compile(
    r"https?://[^\s<>«»]+[^\s<>«».,;:)]|(?<![\w@./-])(?:[a-zæøå0-9-]+\.)+(?:no|com|org|net|eu|io)/[^\s<>«».,;:)][^\s<>«»)]*[^\s<>«».,;:)]"
)
_MEASURE = re.compile(r"\btiltak\s+(\d{1,3})\b", re.IGNORECASE)


@dataclass(frozen=True)
class MentionFinder:
    """Finds curated labels in a text: whole words, the longest label first."""

    entities: Mapping[str, str]
    """Label to IRI."""
    agents: frozenset[str] = frozenset()
    """The entities that are organisations or groups; one that is part of another's name is not named itself."""

    @cached_property
    def _labels(self) -> dict[str, str]:
        """Return the labels, and each with a capital as the first word of a sentence has it."""
        return {**{label[0].upper() + label[1:]: iri for label, iri in self.entities.items()}, **self.entities}

    @cached_property
    def _longest(self) -> re.Pattern[str]:
        return _whole_words(sorted(self._labels, key=lambda label: (-len(label), label)))

    @cached_property
    def _each(self) -> dict[str, re.Pattern[str]]:
        return {label: _whole_words([label]) for label in self._labels}

    @cached_property
    def _parts(self) -> dict[str, list[tuple[int, int, str]]]:
        """Hold what is named within each mention, which the same words come to again: a third of a reading's time."""
        return {}

    def spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and entity of each mention in a text; what a longer label names inside itself comes after it."""
        for match in self._longest.finditer(text):
            entity = self._labels[" ".join(match.group().split())]
            yield match.start(), match.end(), entity
            if match.group() not in self._parts:
                self._parts[match.group()] = list(self._inside(match.group(), entity))
            for start, end, other in self._parts[match.group()]:
                yield match.start() + start, match.start() + end, other

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of the longest mentions in a text."""
        yield from (match.span() for match in self._longest.finditer(text))

    def _inside(self, mention: str, entity: str) -> Iterator[tuple[int, int, str]]:
        """Other entities named within a mention: Biblioteksøk in "Datasettet for Biblioteksøk"."""
        longest: dict[str, tuple[int, int]] = {}
        for label, pattern in self._each.items():
            other = self._labels[label]
            match = pattern.search(mention) if other != entity and len(label) < len(mention) else None
            if match and match.end() - match.start() > _length(longest.get(other)):
                longest[other] = match.span()
        agents = [span for other, span in longest.items() if other in self.agents]
        agents += [(0, len(mention))] * (entity in self.agents)
        yield from sorted(
            (*span, other)
            for other, span in longest.items()
            if other not in self.agents or not any(a <= span[0] and span[1] <= b for a, b in agents if (a, b) != span)
        )

    def named(self, text: str) -> list[tuple[int, int, str]]:
        """Return start, end and entity of each mention, in order; an address is no mention of what its path spells."""
        closed = [match.span() for match in ADDRESS.finditer(text)]
        return [span for span in self.spans(text) if not any(s < span[1] and span[0] < e for s, e in closed)]


def _whole_words(labels: Sequence[str]) -> re.Pattern[str]:
    alternatives = "|".join(r"\s+".join(map(re.escape, label.split())) for label in labels)
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])" if alternatives else r"(?!)")


def _length(span: tuple[int, int] | None) -> int:
    return span[1] - span[0] if span else 0


def addresses(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Start, end and full address of each web address in a reading; a bare domain with a path gets `https://`."""
    for match in ADDRESS.finditer(reading.text):
        address = match.group()
        yield match.start(), match.end(), address if address.startswith("http") else f"https://{address}"


def measures(reading: Reading) -> Iterator[tuple[int, int, int]]:
    """Start, end and number of each measure that a reading names ("tiltak 14")."""
    for match in _MEASURE.finditer(reading.text):
        yield match.start(), match.end(), int(match[1])


def quoted(source: ReportText, reading: Reading, start: int, end: int) -> Words:
    """Return a part of a reading with its place in the source."""
    return Words(reading.text[start:end], reading[start:end].spans(source.text))
