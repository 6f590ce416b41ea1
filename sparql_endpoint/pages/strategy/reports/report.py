"""The page of a report: its whole text, each passage with what it became, and what was read of each measure beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template
from pyoxigraph import NamedNode

from sparql_endpoint.http.formats import GRAPHS
from sparql_endpoint.http.languages import say
from sparql_endpoint.pages.resource import statements as document
from sparql_endpoint.pages.resource import statements_view as statements
from sparql_endpoint.pages.resource.view import Thing
from sparql_endpoint.pages.strategy.base.observation_text import Block, Quote, Reading
from sparql_endpoint.pages.strategy.base.observations import Told
from sparql_endpoint.pages.strategy.base.passages import Opening, Piece, Span, Text, marked
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
    "entity": "entity",
    "references": "entity",
    "refersTo": "entity",
}
"""Local name of what a passage supports → how it is marked; all others as `other`."""
_LONG = frozenset({"text", "comment"})
"""Passages that are marked, and not linked themselves: what stands in them is."""


def html(thing: Thing) -> str:
    """The page of a report; the general one where the data does not hold its text."""
    found = read(thing.iri)
    if found is None:
        return document.html(thing.iri, thing.statements, thing.labels)
    labels = thing.labels
    labels.expect([*_terms(found), thing.iri, *thing.classes])
    others = [one for one in listed() if one.report != thing.iri]
    return render_template(
        "report.html",
        name=labels.of(thing.iri),
        iri=thing.iri.value,
        key=thing.iri.value.rpartition("/")[2],
        particulars={name: labels.of(term) for name, term in found.particulars.items() if name in _PARTICULARS},
        text=[_part(block, found, labels) for block in found.blocks],
        kinds=dict.fromkeys(KINDS.values()),
        others=others,
        tone=current().statuses.tone,
        show=labels.of,
        added=lambda properties: ", ".join(_property(prop, labels) for prop in properties),
        said=statements.said(thing),
        formats=GRAPHS,
    )


def _property(prop: Term, labels: Labels) -> str:
    """What a property is called; those of other vocabularies may have no label in the data."""
    word = f"field_{_local(prop)}"
    return say(word, labels.language) if word in words() else labels.of(prop).text


def _local(prop: Term) -> str:
    return str(prop).strip("<>").replace("#", "/").rpartition("/")[2]


_PARTICULARS = ("issued", "strategy", "publisher", "source")


def _terms(found: Reading) -> Iterator[Term]:
    """All that the page speaks of."""
    yield from found.particulars.values()
    yield from (term for span in found.spans for term in (span.said.named, span.said.iri) if term is not None)
    for told in found.told:
        yield told.measure
        yield from (told.values[name] for name in ("status", "theme") if name in told.values)
        yield from (one.agent for one in told.answering)
        yield from (claim.outcome for claim in told.claims if claim.outcome is not None)
        yield from (prop for claim in told.claims for prop in claim.inferred)
        yield from (term for terms in told.others.values() for term in terms)


@dataclass(frozen=True)
class Marked:
    """A passage as it is marked: its kind, what it is called there, and where it leads."""

    kind: str
    title: str | None = None
    href: str | None = None


@dataclass(frozen=True)
class Part:
    """A block of the text with its marks, and what became of it; `named` are the things that it names."""

    pieces: Sequence[tuple[Piece[Marked], str | None]]
    """Each with the address that its text leads to."""
    told: Told | None
    anchor: str
    named: Sequence[Label]


def _part(block: Block, found: Reading, labels: Labels) -> Part:
    spans = [span for span in found.spans if span.start < block.end and span.end > block.start]
    once = {(span.start, span.end, span.said.supports, span.said.named): span for span in spans}
    measures: dict[Term | None, Told] = {told.observation: told for told in found.told}
    made = [Span(span.start, span.end, _marked(span.said, measures, labels)) for span in once.values()]
    observation = block.told.observation if block.told else None
    named = [s.said.named for s in found.spans if s.said.observation == observation and s.said.supports == "entity"]
    return Part(
        _linked(marked(found.text, made, block.start, block.end)),
        block.told,
        str(block.told.measure).strip("<>").rpartition("/")[2] if block.told else "",
        [labels.of(term) for term in dict.fromkeys(named) if term is not None] if block.told else [],
    )


def _marked(quote: Quote, measures: Mapping[Term | None, Told], labels: Labels) -> Marked:
    told = measures.get(quote.observation)
    kind = KINDS.get(quote.supports, "other")
    if quote.supports in _LONG:
        return Marked(kind)
    target = quote.named or (told and (told.values.get(quote.supports) or told.measure)) or quote.iri
    shown = labels.of(target if isinstance(target, NamedNode) else told.measure if told else quote.iri)
    return Marked(kind, shown.text, shown.href)


def _linked(pieces: Sequence[Piece[Marked]]) -> Sequence[tuple[Piece[Marked], str | None]]:
    """Each piece with the address of the innermost mark around it that leads somewhere."""
    open_: list[str | None] = []
    found: list[tuple[Piece[Marked], str | None]] = []
    for piece in pieces:
        if isinstance(piece, Opening):
            open_.append(piece.span.said.href or (open_[-1] if open_ else None))
        elif not isinstance(piece, Text):
            open_.pop()
        found.append((piece, open_[-1] if open_ and isinstance(piece, Text) else None))
    return found
