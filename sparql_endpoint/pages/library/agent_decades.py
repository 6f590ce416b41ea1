"""When an agent's works were published, by decade, as bars of a small chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from nbkg.rdf.solutions import text
from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Store

_HEIGHT, _WIDTH, _STEP = 80, 22, 28
"""The height of the highest bar, the width of one, and from one to the next; in pixels."""
_MOST = 60
"""More decades are wrong dates: then those without instances are left out."""


@dataclass(frozen=True)
class DecadeBar:
    """How many instances were published in a decade, and the bar that shows it."""

    year: int
    """The first year of the decade."""
    count: int
    x: int
    height: int


def decades_of(agent: NamedNode, store: Store) -> Sequence[DecadeBar]:
    """Return the decades from the first to the last with a publication; nothing where no date is known."""
    rows = store.select(query("pages/library/agent-decades"), {"agent": agent})
    counts = {10 * int(text(row, "decade")): int(text(row, "count")) for row in rows if text(row, "decade")}
    if not counts:
        return ()
    years = range(min(counts), max(counts) + 1, 10)
    highest, displayed = max(counts.values()), years if len(years) <= _MOST else sorted(counts)
    return [_bar(year, counts.get(year, 0), position, highest) for position, year in enumerate(displayed)]


def _bar(year: int, count: int, position: int, highest: int) -> DecadeBar:
    return DecadeBar(year, count, _STEP * position, max(2, round(_HEIGHT * count / highest)) if count else 0)
