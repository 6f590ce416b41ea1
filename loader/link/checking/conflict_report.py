"""Conflicts of links as lines to read, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from loader.link.checking.link_conflicts import LinkConflict
from loader.namespaces import LINK_PREDICATES

_SENTENCES = {
    "shared": "{number} things are linked to one identifier, {at}: {members}",
    "several": "{at} is linked to {number} identifiers of one register: {members}",
    "own-scheme": "a link makes two things of one register one: {members}",
    "chain": "links lead from one thing to another of the same register: {members}",
    "refused": "links join two things that are not one by a decision: {members}",
    "ring": "things replace each other in a ring: {members}",
    "replaced": "{members} is replaced by {successors}, and {number} links lead to it",
    "split": "{members} is split into {successors}, and {number} links lead to it",
    "deleted": "{members} is deleted, and {number} links lead to it",
    "deprecated": "{members} is no longer used, and {number} links lead to it",
}
"""What a conflict is, by its kind; `ontology/schemes/link-conflict.ttl` says what to do."""
_COLUMNS = ("kind", "at", "members", "number", "successors", "source", "predicate", "target", "graph")


def conflict_lines(conflicts: Iterable[LinkConflict]) -> str:
    """Return a sentence for each conflict, with its links below, and how many there are of each kind."""
    counts: Counter[str] = Counter()
    lines: list[str] = []
    for conflict in conflicts:
        counts[conflict.kind] += 1
        lines.append(f"{conflict.kind}: {_sentence(conflict)}")
        lines += [f"    {_link(row)}" for row in _rows(conflict)]
    lines.append(f"{counts.total():,} conflicts" + (f" ({_by_kind(counts)})" if counts else ""))
    return "\n".join(lines) + "\n"


def conflict_json(conflicts: Iterable[LinkConflict]) -> str:
    """Return an array with an object for each conflict."""
    return json.dumps([_object(conflict) for conflict in conflicts], ensure_ascii=False, indent=1) + "\n"


def conflict_csv(conflicts: Iterable[LinkConflict]) -> str:
    """Return a row for each link of each conflict (RFC 4180); several things are parted by blanks."""
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(_COLUMNS)
    for conflict in conflicts:
        for row in _rows(conflict) or [("", "", "", "")]:
            members, successors = " ".join(conflict.members), " ".join(conflict.successors)
            writer.writerow((conflict.kind, conflict.at, members, conflict.number, successors, *row))
    return output.getvalue()


RENDERERS: Mapping[str, Callable[[Iterable[LinkConflict]], str]] = {
    "text": conflict_lines,
    "json": conflict_json,
    "csv": conflict_csv,
}
"""By the name of the format."""


def _sentence(conflict: LinkConflict) -> str:
    return _SENTENCES[conflict.kind].format(
        number=conflict.number,
        at=conflict.at,
        members=" and ".join(conflict.members),
        successors=" or ".join(conflict.successors) or "another",
    )


def _object(conflict: LinkConflict) -> dict[str, object]:
    return {
        "kind": conflict.kind,
        "at": conflict.at or None,
        "members": list(conflict.members),
        "number": conflict.number,
        "successors": list(conflict.successors),
        "links": [dict(zip(_COLUMNS[-4:], row, strict=True)) for row in _rows(conflict)],
    }


def _rows(conflict: LinkConflict) -> Sequence[tuple[str, str, str, str]]:
    return [
        (step.source, LINK_PREDICATES.get(step.predicate, step.predicate), step.target, step.graph)
        for step in conflict.evidence
    ]


def _link(row: tuple[str, str, str, str]) -> str:
    source, predicate, target, graph = row
    return f"{source} {predicate} {target}" + (f"  (in {graph})" if graph else "")


def _by_kind(counts: Counter[str]) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items()))
