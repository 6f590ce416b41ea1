"""Entities, addresses and other measures named in a row, each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from loader.status_report.model import Mention, Words
from loader.status_report.reading import Reading
from loader.status_report.source import Source

ADDRESS = re.compile(
    r"https?://[^\s<>«»]+[^\s<>«».,;:)]|(?<![\w@./-])(?:[a-zæøå0-9-]+\.)+(?:no|com|org|net|eu|io)/[^\s<>«».,;:)][^\s<>«»)]*[^\s<>«».,;:)]"
)
_MEASURE = re.compile(r"\btiltak\s+(\d{1,3})\b", re.IGNORECASE)


@dataclass(frozen=True)
class MentionFinder:
    """Finds curated labels in a text: whole words, the longest label first."""

    entities: Mapping[str, str]
    """Label to IRI."""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        ordered = sorted(self.entities, key=lambda label: (-len(label), label))
        labels = "|".join(r"\s+".join(map(re.escape, label.split())) for label in ordered)
        return re.compile(rf"(?<![\w-])(?:{labels})(?![\w-])" if labels else r"(?!)")

    @cached_property
    def _folded(self) -> dict[str, str]:
        """Labels with a capital, for the first word of a sentence."""
        return {label[0].upper() + label[1:]: iri for label, iri in self.entities.items()}

    def spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and entity of each mention in a text."""
        for match in self._all.finditer(text):
            label = " ".join(match.group().split())
            yield match.start(), match.end(), self.entities.get(label) or self._folded[label]

    @cached_property
    def _all(self) -> re.Pattern[str]:
        both = {**self._folded, **self.entities}
        return MentionFinder(both)._pattern

    def mentions(self, source: Source, reading: Reading) -> tuple[Mention, ...]:
        """The mentions of a reading, in order; an address is no mention of what its path spells."""
        closed = [match.span() for match in ADDRESS.finditer(reading.text)]
        return tuple(
            Mention(entity, quoted(source, reading, start, end))
            for start, end, entity in self.spans(reading.text)
            if not any(s < end and start < e for s, e in closed)
        )


def addresses(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Start, end and full address of each web address in a reading; a bare domain with a path gets `https://`."""
    for match in ADDRESS.finditer(reading.text):
        address = match.group()
        yield match.start(), match.end(), address if address.startswith("http") else f"https://{address}"


def measures(reading: Reading) -> Iterator[tuple[int, int, int]]:
    """Start, end and number of each measure that a reading names ("tiltak 14")."""
    for match in _MEASURE.finditer(reading.text):
        yield match.start(), match.end(), int(match[1])


def quoted(source: Source, reading: Reading, start: int, end: int) -> Words:
    """A part of a reading with its place in the source."""
    return Words(reading.text[start:end], reading[start:end].spans(source.text))
