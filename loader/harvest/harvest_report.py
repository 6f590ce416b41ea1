"""What a harvest did, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from nbkg.records.store.deliveries import Delivery

_EXAMPLES = 3
_NAMED = 20
"""Items of a note that are kept: there may be millions."""


@dataclass
class HarvestReport:
    """What the harvest of one source did."""

    source: str
    outcome: str = "failed"
    """`complete`, `changes`, `incomplete` (the list must be read again), `interrupted` (it goes on where it was), or
    `failed` (nothing was read)."""
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    deleted: int = 0
    quarantined: int = 0
    """Items of this run that were put aside."""
    pages: int = 0
    known: int = 0
    """Identifiers that the source has had so far."""
    live: int = 0
    """How many of them are not deleted."""
    following: str = ""
    """From when the next harvest asks for what changed; empty for everything."""
    problem: str = ""
    exit_code: int = 0
    notes: dict[str, list[str]] = field(default_factory=dict)
    """What was odd, each with the first items that it was noticed at."""
    note_counts: dict[str, int] = field(default_factory=dict)
    """How often each was noticed."""

    def note(self, text: str, item: str = "") -> None:
        """Note something odd about an item, or about the answers as such."""
        self.note_counts[text] = self.note_counts.get(text, 0) + 1
        items = self.notes.setdefault(text, [])
        if item and len(items) < _NAMED:
            items.append(item)

    def add(self, delivery: Delivery | None) -> None:
        """Add what a delivery did."""
        if delivery:
            self.new += delivery.new
            self.changed += delivery.changed
            self.unchanged += delivery.unchanged
            self.deleted += delivery.deleted

    def to_json(self) -> dict[str, Any]:
        """Return the members of the report; `next` is from when the next harvest asks."""
        members = asdict(self)
        members["next"] = members.pop("following") or None
        return members

    def iter_lines(self) -> Iterator[str]:
        """Yield the report as lines of text."""
        counts = f"{self.new} new, {self.changed} changed, {self.unchanged} unchanged, {self.deleted} deleted"
        yield f"{self.source}: {self.outcome}: {counts}, {self.quarantined} quarantined; {self.pages} pages"
        yield f"  {self.known} identifiers, {self.live} of them live; next from {self.following or 'the beginning'}"
        for text, items in self.notes.items():
            more = self.note_counts[text] - len(items[:_EXAMPLES]) if items else 0
            names = ", ".join(items[:_EXAMPLES]) + (f" and {more:,} more" if more else "")
            yield f"  {text}{f': {names}' if names else ''}"
        if self.problem:
            yield f"  {self.problem}"
