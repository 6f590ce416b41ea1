"""How many resources of each class were created, updated and deleted, and which of their properties changed.

What is held grows with the number of classes and properties, not with the data. A resource counts for each of its
classes. A property changed where its values are others; that a statement moved from one graph to another, or stands in
one more, is no change of the resource.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from loader.namespaces import OWL, RDF
from nbkg.rdf.diff import EntityDiff
from nbkg.rdf.nquads import Terms, terms

_TYPE = f"<{RDF.type}>".encode()
_DEPRECATED = f"<{OWL.deprecated}>".encode()
_MAX_EXAMPLES = 10
"""Examples that are remembered of each change."""

Values = tuple[bytes, ...]


@dataclass(frozen=True)
class ValueChange:
    """One resource whose property changed: the values before and after, as N-Quads writes them."""

    subject: bytes
    before: Values
    after: Values


@dataclass
class ClassTally:
    """What happened to the resources of one class."""

    created: int = 0
    updated: int = 0
    deleted: int = 0
    properties: Counter[bytes] = field(default_factory=Counter)
    examples: dict[bytes, list[ValueChange]] = field(default_factory=dict)
    named: dict[str, list[bytes]] = field(default_factory=dict)
    """The first resources that were created and deleted."""


@dataclass
class Tally:
    """The counts by class; a resource without a class counts for the empty name."""

    classes: dict[bytes, ClassTally] = field(default_factory=dict)
    entities: int = 0
    removed: int = 0
    added: int = 0

    def count(self, entity: EntityDiff) -> str:
        """Count a changed resource and return its activity: `Create`, `Update`, `Deprecate` or `Delete`.

        Returns an empty string for a blank node, and where nothing but graphs of statements changed.
        """
        self.removed += len(entity.removed)
        self.added += len(entity.added)
        if entity.subject.startswith(b"_:"):
            return ""
        before, after = _pairs(entity.removed, entity.unchanged), _pairs(entity.added, entity.unchanged)
        activity = _activity(before, after)
        if activity:
            self.entities += 1
            for kind in classes(entity) or [b""]:
                _count(self.classes.setdefault(kind, ClassTally()), entity.subject, before, after)
        return activity


def classes(entity: EntityDiff) -> list[bytes]:
    """Return the classes of a resource: those of now, or of a deleted one those of before."""
    for lines in ((*entity.unchanged, *entity.added), entity.removed):
        types = {parts.object for parts in map(terms, lines) if parts.predicate == _TYPE}
        if types:
            return sorted(types)
    return []


_Pairs = set[tuple[bytes, bytes]]
"""Properties with their values, whatever graphs they stand in."""


def _pairs(*groups: Iterable[bytes]) -> _Pairs:
    return {_pair(terms(line)) for lines in groups for line in lines}


def _pair(parts: Terms) -> tuple[bytes, bytes]:
    return parts.predicate, parts.object


def _activity(before: _Pairs, after: _Pairs) -> str:
    if before == after:
        return ""
    if not before or not after:
        return "Delete" if before else "Create"
    retired = any(name == _DEPRECATED for name, _ in after) and not any(name == _DEPRECATED for name, _ in before)
    return "Deprecate" if retired else "Update"


def _count(tally: ClassTally, subject: bytes, before: _Pairs, after: _Pairs) -> None:
    if not before or not after:
        what = "deleted" if before else "created"
        setattr(tally, what, getattr(tally, what) + 1)
        named = tally.named.setdefault(what, [])
        if len(named) < _MAX_EXAMPLES:
            named.append(subject)
        return
    tally.updated += 1
    for changed in sorted({name for name, _ in before ^ after}):
        tally.properties[changed] += 1
        examples = tally.examples.setdefault(changed, [])
        if len(examples) < _MAX_EXAMPLES:
            examples.append(ValueChange(subject, _values(before, changed), _values(after, changed)))


def _values(pairs: _Pairs, name: bytes) -> Values:
    return tuple(sorted(value for predicate, value in pairs if predicate == name))
