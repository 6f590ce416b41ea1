"""How many things of each class were made, changed and removed, and which of their properties changed.

What is held grows with the number of classes and properties, not with the data. A thing counts for each class that it
is said to be of. A property changed where its values are others; that a statement moved from one graph to another, or
is said in one more, is no change of the thing.
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
_SHOWN = 10
"""Examples that are kept of each change."""

Values = tuple[bytes, ...]


@dataclass(frozen=True)
class Example:
    """One thing whose property changed: the values that went and those that came, as N-Quads writes them."""

    subject: bytes
    before: Values
    after: Values


@dataclass
class Class:
    """What happened to the things of one class."""

    created: int = 0
    updated: int = 0
    deleted: int = 0
    properties: Counter[bytes] = field(default_factory=Counter)
    examples: dict[bytes, list[Example]] = field(default_factory=dict)
    named: dict[str, list[bytes]] = field(default_factory=dict)
    """The first that were created and deleted."""


@dataclass
class Tally:
    """All of it, by class; a thing that is of none counts for the empty name."""

    classes: dict[bytes, Class] = field(default_factory=dict)
    entities: int = 0
    removed: int = 0
    added: int = 0

    def count(self, entity: EntityDiff) -> str:
        """Takes note of a changed thing; `Create`, `Update`, `Deprecate`, `Delete`, or nothing for a blank node or
        where nothing is said otherwise than before.
        """
        self.removed += len(entity.removed)
        self.added += len(entity.added)
        if entity.subject.startswith(b"_:"):
            return ""
        before, after = _said(entity.removed, entity.unchanged), _said(entity.added, entity.unchanged)
        fate = _fate(before, after)
        if fate:
            self.entities += 1
            for kind in classes(entity) or [b""]:
                _count(self.classes.setdefault(kind, Class()), entity.subject, before, after)
        return fate


def classes(entity: EntityDiff) -> list[bytes]:
    """The classes that a thing is said to be of: now, or where it is gone before."""
    for lines in ((*entity.unchanged, *entity.added), entity.removed):
        found = {parts.object for parts in map(terms, lines) if parts.predicate == _TYPE}
        if found:
            return sorted(found)
    return []


_Said = set[tuple[bytes, bytes]]


def _said(*groups: Iterable[bytes]) -> _Said:
    return {_pair(terms(line)) for lines in groups for line in lines}


def _pair(parts: Terms) -> tuple[bytes, bytes]:
    return parts.predicate, parts.object


def _fate(before: _Said, after: _Said) -> str:
    if before == after:
        return ""
    if not before or not after:
        return "Delete" if before else "Create"
    retired = any(name == _DEPRECATED for name, _ in after) and not any(name == _DEPRECATED for name, _ in before)
    return "Deprecate" if retired else "Update"


def _count(found: Class, subject: bytes, before: _Said, after: _Said) -> None:
    if not before or not after:
        what = "deleted" if before else "created"
        setattr(found, what, getattr(found, what) + 1)
        named = found.named.setdefault(what, [])
        if len(named) < _SHOWN:
            named.append(subject)
        return
    found.updated += 1
    for changed in sorted({name for name, _ in before ^ after}):
        found.properties[changed] += 1
        examples = found.examples.setdefault(changed, [])
        if len(examples) < _SHOWN:
            examples.append(Example(subject, _values(before, changed), _values(after, changed)))


def _values(said: _Said, name: bytes) -> Values:
    return tuple(sorted(value for predicate, value in said if predicate == name))
