"""The page of a report: its whole text, each passage with what it became, and what was read of each measure beside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template
from pyoxigraph import NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.compact_iri import local_name
from sparql_endpoint.http.formats import GRAPHS
from sparql_endpoint.http.languages import say
from sparql_endpoint.pages.resource import general_page
from sparql_endpoint.pages.resource.statements import graph_sections
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.pages.strategy.base.observation_text import Quote, ReportReading
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
        text=_parts(reading, labels),
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
    """All that the page speaks of; of the quotes only what their marks are called by."""
    yield from reading.metadata.values()
    measures = _by_iri(reading)
    yield from (_target(span.value, measures) for span in reading.spans if span.value.supports not in _LONG)
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


_Observations = Mapping[Term | None, ReportObservation]


def _by_iri(reading: ReportReading) -> _Observations:
    return {one.iri: one for one in reading.observations}


def _parts(reading: ReportReading, labels: Labels) -> Sequence[TextPart]:
    """Return the blocks with their marks; passages of one extent that support the same and name the same are one."""
    measures = _by_iri(reading)
    once = {(span.start, span.end, span.value.supports, span.value.named): span for span in reading.spans}
    marks = [TextSpan(span.start, span.end, _marked(span.value, measures, labels)) for span in once.values()]
    entities = (span.value for span in reading.spans if span.value.supports == "entity")
    named = group_values(dict.fromkeys((quote.observation, term) for quote in entities if (term := quote.named)))
    starts = [block.start for block in reading.blocks]
    of_block = group_values(
        (index, mark)
        for mark in marks
        for index in range(bisect_right(starts, mark.start) - 1, bisect_left(starts, mark.end))
    )
    pieces = [marked(reading.text, of_block.get(at, ()), one.start, one.end) for at, one in enumerate(reading.blocks)]
    return [
        TextPart(
            _linked(of_part),
            one.observation,
            str(one.observation.measure).strip("<>").rpartition("/")[2] if one.observation else "",
            [labels.of(term) for term in named.get(one.observation.iri, ())] if one.observation else [],
        )
        for of_part, one in zip(pieces, reading.blocks, strict=True)
    ]


def _marked(quote: Quote, measures: _Observations, labels: Labels) -> Marked:
    kind = KINDS.get(quote.supports, "other")
    if quote.supports in _LONG:
        return Marked(kind)
    label = labels.of(_target(quote, measures))
    return Marked(kind, label.text, label.href)


def _target(quote: Quote, measures: _Observations) -> Term:
    """Return what a mark is called by: the thing that is named, else an observed IRI, the measure, the quote."""
    observation = measures.get(quote.observation)
    target = quote.named or (observation and observation.values.get(quote.supports))
    if isinstance(target, NamedNode):
        return target
    return observation.measure if observation else quote.iri


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
