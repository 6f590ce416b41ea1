"""What two reports tell otherwise of the same measure, and which words of a text another has in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pyoxigraph import NamedNode

from sparql_endpoint.pages.strategy.base.observations import Told
from sparql_endpoint.stores.base import Term

Value = str | None | Sequence[str] | Sequence[Mapping[str, str]]
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_MOST = 4000
"""Words of both texts together up to which they are compared: it takes time by their product."""


@dataclass(frozen=True)
class Change:
    """A field that two reports tell otherwise."""

    field: str
    before: Told
    after: Told


@dataclass(frozen=True)
class Comparison:
    """Measures that only the newer or only the older report has, and those that they tell otherwise."""

    added: Sequence[Told]
    removed: Sequence[Told]
    changed: Sequence[Sequence[Change]]
    """Those of one measure together, in the order of the newer report."""
    same: Sequence[Told]

    def as_json(self) -> dict[str, object]:
        """As `nbkg diff --format json` prints it."""
        return {
            "added": [_text(told.measure) for told in self.added],
            "removed": [_text(told.measure) for told in self.removed],
            "changed": [_as_json(change) for changes in self.changed for change in changes],
        }


def _as_json(change: Change) -> dict[str, object]:
    of = FIELDS[change.field]
    measure = _text(change.after.measure)
    return {"measure": measure, "field": change.field, "before": of(change.before), "after": of(change.after)}


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


FIELDS: Mapping[str, Callable[[Told], Value]] = {
    "status": lambda told: told.text("status"),
    "responsible": lambda told: [_text(agent) for agent in told.agents(leading=True)],
    "contributing": lambda told: [_text(agent) for agent in told.agents(leading=False)],
    "comment": lambda told: told.text("comment"),
    "text": lambda told: told.text("text"),
    "milestones": lambda told: [
        {"when": claim.when, "outcome": _text(claim.outcome).rpartition("/")[2]} for claim in told.claims
    ],
    "references": lambda told: sorted(_text(reference) for reference in told.others.get("references", ())),
}
"""What is compared, and its value in JSON."""


def compared(old: Sequence[Told], new: Sequence[Told]) -> Comparison:
    """The comparison of two reports."""
    before = {told.measure: told for told in old}
    after = {told.measure: told for told in new}
    both = [(before[measure], told) for measure, told in after.items() if measure in before]
    found = [(told, _changes(was, told)) for was, told in both]
    return Comparison(
        [told for measure, told in after.items() if measure not in before],
        [told for measure, told in before.items() if measure not in after],
        [changes for _, changes in found if changes],
        [told for told, changes in found if not changes],
    )


def _changes(before: Told, after: Told) -> Sequence[Change]:
    return [Change(name, before, after) for name, of in FIELDS.items() if of(before) != of(after)]


Words = Sequence[tuple[str, bool]]
"""Runs of words, each with whether the other text has others in its place."""


def words_changed(before: str, after: str) -> tuple[Words, Words]:
    """Both texts in runs; very long ones are taken as changed from end to end."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > _MOST:
        return [(before, True)], [(after, True)]
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    left = [("".join(old[a:b]), tag != "equal") for tag, a, b, _, _ in codes if a < b]
    right = [("".join(new[c:d]), tag != "equal") for tag, _, _, c, d in codes if c < d]
    return _joined(left), _joined(right)


def _joined(runs: Words) -> Words:
    """A single space between two changed runs is changed with them, so that one mark stands for a phrase."""
    found: list[tuple[str, bool]] = []
    for place, (text, changed) in enumerate(runs):
        between = not text.strip() and 0 < place < len(runs) - 1
        mark = changed or (between and runs[place - 1][1] and runs[place + 1][1])
        if found and found[-1][1] == mark:
            found[-1] = (found[-1][0] + text, mark)
        else:
            found.append((text, mark))
    return found
