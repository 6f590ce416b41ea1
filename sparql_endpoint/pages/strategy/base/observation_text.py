"""A report's text in blocks, each with the measure that it became, and the passages in it that statements rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.compact_iri import local_name
from sparql_endpoint.pages.strategy.base.observations import ReportObservation, report_observations
from sparql_endpoint.pages.strategy.base.passages import TextSpan
from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Row, Store, Term

_BEGINS = frozenset({"text", "number"})
"""What the first words of a measure's row support."""
_HEADS = frozenset({"theme"})
"""What a heading above rows supports: it is of many measures, and of the block of none."""


@dataclass(frozen=True)
class Quote:
    """What a passage became: the property that it supports, the observation it is of, and the thing that it names."""

    iri: Term
    supports: str
    """The property's local name."""
    observation: Term | None
    named: Term | None


@dataclass(frozen=True)
class Block:
    """A part of the text, in whole lines, and what became of it; None where it is of no one measure."""

    start: int
    end: int
    observation: ReportObservation | None


@dataclass(frozen=True)
class ReportReading:
    """A report's text and all that was read from it."""

    text: str
    metadata: Row
    """source, issued, strategy, publisher; each may be missing."""
    observations: Sequence[ReportObservation]
    spans: Sequence[TextSpan[Quote]]
    blocks: Sequence[Block]


def reading(store: Store, report: NamedNode) -> ReportReading | None:
    """The reading of a report; None where the store does not hold its text."""
    rows_of_source = store.select(query("pages/report/source"), {"iri": report})
    text = rows_of_source[0].get("text") if rows_of_source else None
    if not isinstance(text, Literal):
        return None
    observations = report_observations(store, report)
    spans = _spans(store, report)
    return ReportReading(text.value, rows_of_source[0], observations, spans, _blocks(text.value, spans, observations))


def _spans(store: Store, report: NamedNode) -> Sequence[TextSpan[Quote]]:
    behind = group_values((row["quote"], row) for row in store.select(query("pages/report/quoting"), {"iri": report}))
    rows = store.select(query("pages/report/quotes"), {"iri": report})
    spans = [span for row in rows if (span := _span(row, behind.get(row["quote"], ())))]
    return sorted(spans, key=lambda span: (span.start, -span.end, str(span.value.iri), span.value.supports))


def _span(row: Row, behind: Sequence[Row]) -> TextSpan[Quote] | None:
    start, end, supports = row["start"], row["end"], row["supports"]
    if not (isinstance(start, Literal) and isinstance(end, Literal) and isinstance(supports, NamedNode)):
        return None
    observation = next((row["node"] for row in behind if "measure" in row), None)
    named = next((row["named"] for row in behind if "named" in row), None)
    local = local_name(supports.value)
    try:
        return TextSpan(int(start.value), int(end.value), Quote(row["quote"], local, observation, named))
    except ValueError:
        return None


def _blocks(text: str, spans: Sequence[TextSpan[Quote]], rows: Iterable[ReportObservation]) -> Sequence[Block]:
    """The text cut where the words of another measure, of a heading or of no measure begin."""
    by_observation: Mapping[Term | None, ReportObservation] = {one.iri: one for one in rows}
    cuts: dict[int, ReportObservation | None] = {0: None}
    for offset, of in _beginnings(spans):
        last = next(reversed(cuts.values()))
        if (begins := by_observation.get(of)) is not last:
            cuts[text.rfind("\n", 0, offset) + 1] = begins
    starts = [*cuts, len(text)]
    return [Block(a, b, cuts[a]) for a, b in pairwise(starts) if a < b]


def _beginnings(spans: Iterable[TextSpan[Quote]]) -> Iterator[tuple[int, Term | None]]:
    for span in spans:
        quote = span.value
        if quote.observation is None or quote.supports in _HEADS:
            yield span.start, None
        elif quote.supports in _BEGINS:
            yield span.start, quote.observation
