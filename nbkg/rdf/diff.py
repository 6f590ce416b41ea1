"""Two sorted versions read side by side: what was removed, kept and added, subject by subject, in flat memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from nbkg.rdf.nquads import subject


class DiffKind(IntEnum):
    """Which of the two versions holds a statement."""

    REMOVED = -1
    """The old version alone."""
    UNCHANGED = 0
    """Both versions."""
    ADDED = 1
    """The new version alone."""


Difference = tuple[DiffKind, bytes]
_END = b"\xff"
"""Stands after the last line: it is greater than all lines, as UTF-8 has no such byte."""


@dataclass
class EntityDiff:
    """One subject and its statements in two versions."""

    subject: bytes
    removed: list[bytes] = field(default_factory=list)
    unchanged: list[bytes] = field(default_factory=list)
    added: list[bytes] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        """Return whether a statement was removed or added."""
        return bool(self.removed or self.added)

    @property
    def differences(self) -> list[Difference]:
        """Return what was removed and added, in the order of the lines."""
        marked = [(line, DiffKind.REMOVED) for line in self.removed] + [(line, DiffKind.ADDED) for line in self.added]
        return [(kind, line) for line, kind in sorted(marked)]


def diff_lines(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[Difference]:
    """Yield every line of two sorted streams, sorted, with which of the two holds it."""
    old_lines, new_lines = iter(old), iter(new)
    one, other = next(old_lines, _END), next(new_lines, _END)
    while one < _END or other < _END:
        if one == other:
            yield DiffKind.UNCHANGED, one
            one, other = next(old_lines, _END), next(new_lines, _END)
        elif one < other:
            yield DiffKind.REMOVED, one
            one = next(old_lines, _END)
        else:
            yield DiffKind.ADDED, other
            other = next(new_lines, _END)


def diff_entities(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[EntityDiff]:
    """Yield the subjects of which a statement was removed or added, sorted; one subject is held at a time."""
    entity = EntityDiff(b"")
    for kind, line in diff_lines(old, new):
        if subject(line) != entity.subject:
            if entity.is_changed:
                yield entity
            entity = EntityDiff(subject(line))
        lines = (entity.unchanged, entity.added, entity.removed)[kind]
        lines.append(line)
    if entity.is_changed:
        yield entity
