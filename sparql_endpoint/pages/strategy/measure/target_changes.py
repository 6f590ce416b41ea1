"""What the words of a quote became: the thing they name, the date they give, the measure or address they point to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from sparql_endpoint.http import dates
from sparql_endpoint.pages.strategy.base.observation_text import Quote, ReportReading
from sparql_endpoint.pages.strategy.base.observations import ReportObservation
from sparql_endpoint.services.labels import Label, Labels, TextLabel
from sparql_endpoint.stores.base import Term

_LINKS = frozenset({"entity", "refersTo", "references"})
"""Local names of what makes a link in a wording or a comment."""
_SPACE = re.compile(r"[\s\u00ad]+")


@dataclass(frozen=True)
class QuotedMilestone:
    """A milestone: when (EDTF, empty for a plan without a date), its outcome, the words, and what the reading added."""

    when: str
    outcome: Term | None
    words: Label | None
    inferred: Sequence[Term]
    is_past: bool
    quotes: frozenset[Term]
    """What quotes the words."""
    cues: frozenset[Term] = frozenset()
    """What quotes the words that the outcome is read from."""
    cue: str = ""
    is_own: bool = True
    as_of: str = ""
    """The date of the earlier report with the same words, as of which it is read; empty where there is none."""
    bounds: tuple[str, str] = ("", "")
    """The first and last day that the time may mean."""

    def has_inferred(self, name: str) -> bool:
        """Whether the reading added to the property of this local name."""
        return any(isinstance(term, NamedNode) and term.value.rpartition("#")[2] == name for term in self.inferred)


@dataclass(frozen=True)
class QuoteTargets:
    """Tells of one report's quotes about one measure what became of them."""

    observation: ReportObservation
    reading: ReportReading | None
    milestones: Sequence[QuotedMilestone]
    labels: Labels

    def of(self, quote: Quote, words: str) -> Label | None:
        """As it is shown; None where the words themselves say it, as a wording does."""
        if quote.named is not None:
            return self.labels.of(quote.named)
        for milestone in self.milestones:
            if quote.iri in milestone.quotes and quote.supports != "outcome":
                return TextLabel(dates.edtf(milestone.when, self.labels.language))
            if quote.iri in milestone.cues and quote.supports == "outcome" and milestone.outcome:
                return self.labels.of(milestone.outcome)
        if quote.supports == "refersTo":
            return self._first(of for of in self._others("refersTo") if self._number(of) in re.findall(r"\d+", words))
        if quote.supports == "references":
            printed = _SPACE.sub("", words).removesuffix("/")
            return self._first(of for of in self._others("references") if printed and printed in of.value)
        value = self.observation.values.get(quote.supports)
        return self.labels.of(value) if isinstance(value, NamedNode) else None

    def link(self, quote: Quote, words: str) -> Label | None:
        """Where the words lead in a wording or a comment; None where they lead nowhere."""
        label = self.of(quote, words) if quote.supports in _LINKS else None
        if label and quote.supports == "references":
            return TextLabel(label.text, href=label.out or label.href)
        return label if label and label.href else None

    def _others(self, kind: str) -> Sequence[NamedNode]:
        return [term for term in self.observation.others.get(kind, ()) if isinstance(term, NamedNode)]

    def _number(self, measure: NamedNode) -> str:
        """The number that this report gives a measure; empty where it gives none."""
        rows = self.reading.observations if self.reading else ()
        numbers = (row.values.get("number") for row in rows if row.measure == measure)
        return next((number.value for number in numbers if isinstance(number, Literal)), "")

    def _first(self, terms: Iterable[NamedNode]) -> Label | None:
        return next((self.labels.of(term) for term in terms), None)
