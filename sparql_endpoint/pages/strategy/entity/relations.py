"""How the measures have to do with a thing: who leads them, what they are about, and the words that say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from sparql_endpoint.pages.strategy.base.observation_text import Quote, ReportReading
from sparql_endpoint.pages.strategy.base.passages import TextSpan
from sparql_endpoint.pages.strategy.base.table import ROLES, Measure, Strategy
from sparql_endpoint.stores.base import Term

_AROUND = 110
"""Characters of the sentence shown before and after the words that name a thing."""
_BROKEN = re.compile(r"-\s*\n\s*")
_LONG = frozenset({"text", "comment"})
_ROLE = "mentionRole"
"""What words around a name support: the name itself is quoted too."""


@dataclass(frozen=True)
class Related:
    """A measure of the newest report and in which ways it has to do with the thing: the words' keys."""

    measure: Measure
    ways: Sequence[str]


@dataclass(frozen=True)
class Context:
    """Words that name a thing, with what stands around them in a measure's wording or comment."""

    measure: Term
    report: NamedNode
    before: str
    words: str
    after: str
    where: str
    """text, comment, agent or another property's local name: what the passage around supports."""


@dataclass(frozen=True)
class Naming:
    """Where the reports name a thing, and in which roles the newest one does, by measure."""

    contexts: Mapping[Term, Sequence[Context]]
    roles: Mapping[Term, Sequence[str]]


def related(strategy: Strategy, iri: NamedNode, narrower: Iterable[Term], naming: Naming) -> Sequence[Related]:
    """The measures that have to do with a thing, in the strategy's order; a concept's include its narrower ones'.

    What the newest report only names at a measure has to do with it too: the report's own publisher is named so.
    """
    concepts = {iri, *narrower}
    newest = strategy.reports[-1][1] if strategy.reports else None
    all_measures = []
    for measure in strategy.measures:
        ways = list(_ways(measure, iri, concepts, naming.roles.get(measure.iri, ())))
        if not ways and any(context.report == newest for context in naming.contexts.get(measure.iri, ())):
            ways = ["way_named"]
        all_measures.append(Related(measure, ways))
    return [one for one in all_measures if one.ways]


def _ways(measure: Measure, iri: NamedNode, concepts: set[Term], roles: Sequence[str]) -> Iterator[str]:
    for agent in measure.agents:
        if agent.iri == iri:
            yield "way_leads" if agent.leads else "way_contributes"
    known = [role for role in roles if role in ROLES]
    yield from (f"way_{role}" for role in known)
    for entity in measure.entities:
        if entity.iri == iri and not (entity.involved and known):
            yield "way_involved" if entity.involved else "way_about"
    if measure.status in concepts:
        yield "way_status"
    if measure.theme in concepts:
        yield "way_theme"


def contexts(readings: Iterable[tuple[NamedNode, ReportReading]], iri: NamedNode) -> Mapping[Term, Sequence[Context]]:
    """Where the reports name a thing, by measure: of each measure only the first report given that does."""
    by_measure: dict[Term, Sequence[Context]] = {}
    for report, reading in readings:
        measures = {one.iri: one.measure for one in reading.observations}
        of: dict[Term, list[Context]] = {}
        for span in reading.spans:
            measure = measures.get(span.value.observation) if span.value.observation else None
            names = span.value.named == iri and span.value.supports != _ROLE
            if names and measure is not None and measure not in by_measure:
                of.setdefault(measure, []).append(_context(span, measure, report, reading))
        by_measure |= of
    return by_measure


def _context(span: TextSpan[Quote], measure: Term, report: NamedNode, reading: ReportReading) -> Context:
    around = next((one for one in reading.spans if _encloses(one, span)), span)
    text = reading.text
    return Context(
        measure,
        report,
        _end_of(_plain(text[around.start : span.start])),
        _plain(text[span.start : span.end]),
        _start_of(_plain(text[span.end : around.end])),
        around.value.supports,
    )


def _encloses(one: TextSpan[Quote], span: TextSpan[Quote]) -> bool:
    same = one.value.observation == span.value.observation and one.value.supports in _LONG
    return same and one.start <= span.start and span.end <= one.end


def _plain(text: str) -> str:
    """The text with its line breaks undone; the spaces at its ends tell whether a word ends there."""
    words = " ".join(_BROKEN.sub("-", text).split())
    left, right = (" " if text[end : end + 1 or None].isspace() else "" for end in (0, -1))
    return f"{left}{words}{right}" if words else left


def _end_of(text: str) -> str:
    return text if len(text) <= _AROUND else f"… {text[-_AROUND:].partition(' ')[2]}"


def _start_of(text: str) -> str:
    return text if len(text) <= _AROUND else f"{text[:_AROUND].rpartition(' ')[0]} …"


def named_together(
    related_measures: Iterable[Related], iri: NamedNode, *, involved: bool
) -> Sequence[tuple[NamedNode, int]]:
    """What the same measures are about or involve beside the thing, the most named first, with their numbers."""
    entities = (entity for one in related_measures for entity in one.measure.entities)
    return _most_often((entity.iri for entity in entities if entity.involved is involved), iri)


def responsible_agents(related_measures: Iterable[Related], iri: NamedNode) -> Sequence[tuple[NamedNode, int]]:
    """Who answers for the same measures, with their numbers."""
    return _most_often((agent.iri for one in related_measures for agent in one.measure.agents), iri)


def _most_often(terms: Iterable[Term], iri: NamedNode) -> Sequence[tuple[NamedNode, int]]:
    """Return how often each IRI but the given one occurs, the most often first."""
    counts = Counter(term for term in terms if isinstance(term, NamedNode) and term != iri)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].value))
