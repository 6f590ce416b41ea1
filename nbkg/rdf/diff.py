"""Two versions read side by side: what was removed, kept and added, subject by subject, in flat memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from nbkg.rdf.nquads import subject


class Fate(IntEnum):
    """What became of a statement."""

    REMOVED = -1
    KEPT = 0
    ADDED = 1


@dataclass
class Entity:
    """One subject and its statements in two versions; a changed one has removed or added ones."""

    subject: bytes
    removed: list[bytes] = field(default_factory=list)
    kept: list[bytes] = field(default_factory=list)
    added: list[bytes] = field(default_factory=list)

    @property
    def changes(self) -> list[tuple[Fate, bytes]]:
        """What was removed and added, in the order of the lines."""
        marked = [(line, Fate.REMOVED) for line in self.removed] + [(line, Fate.ADDED) for line in self.added]
        return [(fate, line) for line, fate in sorted(marked)]


def merged(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[tuple[Fate, bytes]]:
    """Every line of two sorted streams and what became of it, sorted."""
    left, right = iter(old), iter(new)
    one, other = next(left, None), next(right, None)
    while one is not None and other is not None:
        if one == other:
            yield Fate.KEPT, one
            one, other = next(left, None), next(right, None)
        elif one < other:
            yield Fate.REMOVED, one
            one = next(left, None)
        else:
            yield Fate.ADDED, other
            other = next(right, None)
    while one is not None:
        yield Fate.REMOVED, one
        one = next(left, None)
    while other is not None:
        yield Fate.ADDED, other
        other = next(right, None)


def changed(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[Entity]:
    """The subjects of which a statement was removed or added, sorted; one subject is held at a time."""
    entity = Entity(b"")
    for fate, line in merged(old, new):
        if subject(line) != entity.subject:
            if entity.removed or entity.added:
                yield entity
            entity = Entity(subject(line))
        (entity.kept if fate is Fate.KEPT else entity.added if fate is Fate.ADDED else entity.removed).append(line)
    if entity.removed or entity.added:
        yield entity
