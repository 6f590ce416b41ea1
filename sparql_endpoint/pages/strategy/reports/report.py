"""The page of a report: its whole text, each passage with what it became, and what was read of each measure beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template
from pyoxigraph import NamedNode

from nbkg.rdf.compact_iri import local_name
from sparql_endpoint.http.formats import GRAPHS
from sparql_endpoint.http.languages import say
from sparql_endpoint.pages.resource import general_page
from sparql_endpoint.pages.resource.statements import graph_sections
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.pages.strategy.base.observation_text import Block, Quote, ReportReading
from sparql_endpoint.pages.strategy.base.observations import ReportObservation
from sparql_endpoint.pages.strategy.base.passages import Opening, Piece, Text, TextSpan, marked
from sparql_endpoint.pages.strategy.base.strategies import current
from sparql_endpoint.pages.strategy.reports.reports import listed, read
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Term
from sparql_endpoint.words import words

KINDS: Mapping[str, str] = {
    "text": "wording",
    "number": "wording",
    "strategyPage": "wording",
    "agent": "agent",
    "status": "status",
    "statusNote": "status",
    "comment": "comment",
    "when": "when",
    "outcome": "outcome",
    "milestone": "outcome",
    "entity": "entity",
    "references": "entity",
    "refersTo": "entity",
    "mentionRole": "role",
    "theme": "theme",
}
"""Local name of what a passage supports → how it is marked; the rest, as what the report is called, as `other`."""
_LONG = frozenset({"text", "comment"})
"""Passages that are marked, and not linked themselves: what stands in them is."""


def html(resource: ResourceView) -> str:
    """The page of a report; the general one where the data does not hold its text."""
    reading = read(resource.iri)
    if reading is None:
        return general_page.render(resource)
    labels = resource.labels
    labels.expect([*_terms(reading), resource.iri, *resource.classes])
    others = [one for one in listed() if one.report != resource.iri]
    return render_template(
        "report.html",
        name=labels.of(resource.iri),
        iri=resource.iri.value,
        key=resource.iri.value.rpartition("/")[2],
        metadata={name: labels.of(term) for name, term in reading.metadata.items() if name in _METADATA},
        text=[_part(block, reading, labels) for block in reading.blocks],
        kinds=dict.fromkeys([*KINDS.values(), "other"]),
        others=others,
        tone=current().statuses.tone,
        show=labels.of,
        added=lambda properties: ", ".join(_property(prop, labels) for prop in properties),
        statements=graph_sections(resource),
        formats=GRAPHS,
    )


def _property(prop: Term, labels: Labels) -> str:
    """What a property is called; those of other vocabularies may have no label in the data."""
    word = f"field_{local_name(str(prop).strip('<>'))}"
    return say(word, labels.language) if word in words() else labels.of(prop).text


_METADATA = ("issued", "strategy", "publisher", "source")


def _terms(reading: ReportReading) -> Iterator[Term]:
    """All that the page speaks of."""
    yield from reading.metadata.values()
    yield from (term for span in reading.spans for term in (span.value.named, span.value.iri) if term is not None)
    for observation in reading.observations:
        yield from observation.terms()
        yield from (prop for claim in observation.claims for prop in claim.inferred)
        yield from (term for terms in observation.others.values() for term in terms)


@dataclass(frozen=True)
class Marked:
    """A passage as it is marked: its kind, what it is called there, and where it leads."""

    kind: str
    title: str | None = None
    href: str | None = None


@dataclass(frozen=True)
class TextPart:
    """A block of the text with its marks, and what became of it; `named` are the things that it names."""

    pieces: Sequence[tuple[Piece[Marked], str | None]]
    """Each with the address that its text leads to."""
    observation: ReportObservation | None
    anchor: str
    named: Sequence[Label]


def _part(block: Block, reading: ReportReading, labels: Labels) -> TextPart:
    spans = [span for span in reading.spans if span.start < block.end and span.end > block.start]
    once = {(span.start, span.end, span.value.supports, span.value.named): span for span in spans}
    measures: dict[Term | None, ReportObservation] = {one.iri: one for one in reading.observations}
    marks = [TextSpan(span.start, span.end, _marked(span.value, measures, labels)) for span in once.values()]
    observation_iri = block.observation.iri if block.observation else None
    named = [
        s.value.named for s in reading.spans if s.value.observation == observation_iri and s.value.supports == "entity"
    ]
    return TextPart(
        _linked(marked(reading.text, marks, block.start, block.end)),
        block.observation,
        str(block.observation.measure).strip("<>").rpartition("/")[2] if block.observation else "",
        [labels.of(term) for term in dict.fromkeys(named) if term is not None] if block.observation else [],
    )


def _marked(quote: Quote, measures: Mapping[Term | None, ReportObservation], labels: Labels) -> Marked:
    observation = measures.get(quote.observation)
    kind = KINDS.get(quote.supports, "other")
    if quote.supports in _LONG:
        return Marked(kind)
    target = (
        quote.named or (observation and (observation.values.get(quote.supports) or observation.measure)) or quote.iri
    )
    label = labels.of(target if isinstance(target, NamedNode) else observation.measure if observation else quote.iri)
    return Marked(kind, label.text, label.href)


def _linked(pieces: Sequence[Piece[Marked]]) -> Sequence[tuple[Piece[Marked], str | None]]:
    """Each piece with the address of the innermost mark around it that leads somewhere."""
    open_: list[str | None] = []
    linked: list[tuple[Piece[Marked], str | None]] = []
    for piece in pieces:
        if isinstance(piece, Opening):
            open_.append(piece.span.value.href or (open_[-1] if open_ else None))
        elif not isinstance(piece, Text):
            open_.pop()
        linked.append((piece, open_[-1] if open_ and isinstance(piece, Text) else None))
    return linked
