"""A report's text in blocks, each with the measure that it became, and the passages in it that statements rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pyoxigraph import Literal, NamedNode

from sparql_endpoint.pages.strategy.base.observations import Told, told
from sparql_endpoint.pages.strategy.base.passages import Span
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
    told: Told | None


@dataclass(frozen=True)
class Reading:
    """A report's text and all that was read from it."""

    text: str
    particulars: Row
    """source, issued, strategy, publisher; each may be missing."""
    told: Sequence[Told]
    spans: Sequence[Span[Quote]]
    blocks: Sequence[Block]


def reading(store: Store, report: NamedNode) -> Reading | None:
    """The reading of a report; None where the store does not hold its text."""
    found = store.select(query("pages/report/source"), {"iri": report})
    text = found[0].get("text") if found else None
    if not isinstance(text, Literal):
        return None
    rows = told(store, report)
    spans = _spans(store, report)
    return Reading(text.value, found[0], rows, spans, _blocks(text.value, spans, rows))


def _spans(store: Store, report: NamedNode) -> Sequence[Span[Quote]]:
    behind: dict[Term, list[Row]] = {}
    for row in store.select(query("pages/report/quoting"), {"iri": report}):
        behind.setdefault(row["quote"], []).append(row)
    rows = store.select(query("pages/report/quotes"), {"iri": report})
    found = [span for row in rows if (span := _span(row, behind.get(row["quote"], ())))]
    return sorted(found, key=lambda span: (span.start, -span.end, str(span.said.iri), span.said.supports))


def _span(row: Row, behind: Sequence[Row]) -> Span[Quote] | None:
    start, end, supports = row["start"], row["end"], row["supports"]
    if not (isinstance(start, Literal) and isinstance(end, Literal) and isinstance(supports, NamedNode)):
        return None
    observation = next((row["node"] for row in behind if "measure" in row), None)
    named = next((row["named"] for row in behind if "named" in row), None)
    local = supports.value.replace("#", "/").rpartition("/")[2]
    try:
        return Span(int(start.value), int(end.value), Quote(row["quote"], local, observation, named))
    except ValueError:
        return None


def _blocks(text: str, spans: Sequence[Span[Quote]], rows: Iterable[Told]) -> Sequence[Block]:
    """The text cut where the words of another measure, of a heading or of no measure begin."""
    by_observation: Mapping[Term | None, Told] = {told.observation: told for told in rows}
    cuts: dict[int, Told | None] = {0: None}
    for place, of in _beginnings(spans):
        last = next(reversed(cuts.values()))
        if (begins := by_observation.get(of)) is not last:
            cuts[text.rfind("\n", 0, place) + 1] = begins
    starts = [*cuts, len(text)]
    return [Block(a, b, cuts[a]) for a, b in pairwise(starts) if a < b]


def _beginnings(spans: Iterable[Span[Quote]]) -> Iterator[tuple[int, Term | None]]:
    for span in spans:
        quote = span.said
        if quote.observation is None or quote.supports in _HEADS:
            yield span.start, None
        elif quote.supports in _BEGINS:
            yield span.start, quote.observation
