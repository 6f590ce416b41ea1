"""Quotes as RDF: words of the source with their place (Web Annotation selectors, https://www.w3.org/TR/annotation-model/#selectors)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rdflib import Literal, URIRef
from rdflib.term import Node

from loader import identifiers
from loader.namespaces import NBKG, OA, PROV, RDF, XSD
from loader.status_report.model.report import StatusReport, Words
from loader.status_report.model.source_text import Span

Triple = tuple[URIRef, URIRef, Node]


@dataclass
class QuoteBook:
    """Numbers the quotes below one node; the same words for the same property are quoted once."""

    owner: URIRef
    report: StatusReport
    _known: dict[tuple[Span, URIRef], URIRef] = field(default_factory=dict)

    def quote(self, subject: URIRef, words: Words, supports: URIRef) -> Iterator[Triple]:
        """Yield the triples that give `subject` a quote for each span of the words, in support of a property."""
        for span in words.spans:
            known = self._known.get((span, supports))
            iri = known or identifiers.below(self.owner, "quote", len(self._known) + 1)
            if known is None:
                self._known[span, supports] = iri
                yield from self._node(iri, span, supports)
            yield subject, NBKG.quote, iri
            if subject != self.owner:
                yield self.owner, NBKG.quote, iri

    def _node(self, iri: URIRef, span: Span, supports: URIRef) -> Iterator[Triple]:
        position, exact = identifiers.below(iri, "selector", "position"), identifiers.below(iri, "selector", "exact")
        start, end = span
        yield iri, RDF.type, NBKG.Quote
        yield iri, NBKG.supports, supports
        yield iri, OA.hasSource, identifiers.text(self.report.issued)
        yield iri, PROV.wasQuotedFrom, identifiers.report(self.report.issued)
        yield iri, OA.hasSelector, position
        yield iri, OA.hasSelector, exact
        yield position, RDF.type, OA.TextPositionSelector
        yield position, OA.start, Literal(start, datatype=XSD.nonNegativeInteger)
        yield position, OA.end, Literal(end, datatype=XSD.nonNegativeInteger)
        yield exact, RDF.type, OA.TextQuoteSelector
        yield exact, OA.exact, Literal(self.report.source.text[start:end])
