"""What two reports tell otherwise of the same measure, and which words of a text another has in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pyoxigraph import NamedNode

from sparql_endpoint.pages.strategy.base.observations import ReportObservation
from sparql_endpoint.stores.base import Term

Value = str | None | Sequence[str] | Sequence[Mapping[str, str | None]]
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_MOST = 4000
"""Words of both texts together up to which they are compared: it takes time by their product."""


@dataclass(frozen=True)
class FieldChange:
    """A field that two reports tell otherwise."""

    field: str
    before: ReportObservation
    after: ReportObservation


@dataclass(frozen=True)
class Comparison:
    """Measures that only the newer or only the older report has, and those that they tell otherwise."""

    added: Sequence[ReportObservation]
    removed: Sequence[ReportObservation]
    changed: Sequence[Sequence[FieldChange]]
    """The changes of one measure together, in the order of the newer report."""
    same: Sequence[ReportObservation]

    def terms(self) -> Iterator[Term]:
        """Yield what a page writes of what differs, so that all of it is looked up at once."""
        sides = (side for changes in self.changed for change in changes for side in (change.before, change.after))
        for one in (*self.added, *self.removed, *sides):
            yield from one.terms()

    def as_json(self) -> dict[str, object]:
        """As `nbkg diff --format json` prints it."""
        return {
            "added": [_text(one.measure) for one in self.added],
            "removed": [_text(one.measure) for one in self.removed],
            "changed": [_as_json(change) for changes in self.changed for change in changes],
        }


def _as_json(change: FieldChange) -> dict[str, object]:
    of = FIELDS[change.field]
    measure = _text(change.after.measure)
    return {"measure": measure, "field": change.field, "before": of(change.before), "after": of(change.after)}


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


FIELDS: Mapping[str, Callable[[ReportObservation], Value]] = {
    "status": lambda observed: observed.text("status"),
    "responsible": lambda observed: [_text(agent) for agent in observed.agents(leading=True)],
    "contributing": lambda observed: [_text(agent) for agent in observed.agents(leading=False)],
    "comment": lambda observed: observed.text("comment"),
    "text": lambda observed: observed.text("text"),
    "milestones": lambda observed: [
        {"when": claim.when or None, "outcome": _text(claim.outcome).rpartition("/")[2]} for claim in observed.claims
    ],
    "references": lambda observed: sorted(_text(reference) for reference in observed.others.get("references", ())),
}
"""What is compared, and its value in JSON."""


def compared(old: Sequence[ReportObservation], new: Sequence[ReportObservation]) -> Comparison:
    """The comparison of two reports."""
    before = {one.measure: one for one in old}
    after = {one.measure: one for one in new}
    both = [(before[measure], one) for measure, one in after.items() if measure in before]
    pairs = [(one, _changes(was, one)) for was, one in both]
    return Comparison(
        [one for measure, one in after.items() if measure not in before],
        [one for measure, one in before.items() if measure not in after],
        [changes for _, changes in pairs if changes],
        [one for one, changes in pairs if not changes],
    )


def _changes(before: ReportObservation, after: ReportObservation) -> Sequence[FieldChange]:
    return [FieldChange(name, before, after) for name, of in FIELDS.items() if of(before) != of(after)]


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
    joined: list[tuple[str, bool]] = []
    for index, (text, changed) in enumerate(runs):
        between = not text.strip() and 0 < index < len(runs) - 1
        mark = changed or (between and runs[index - 1][1] and runs[index + 1][1])
        if joined and joined[-1][1] == mark:
            joined[-1] = (joined[-1][0] + text, mark)
        else:
            joined.append((text, mark))
    return joined
