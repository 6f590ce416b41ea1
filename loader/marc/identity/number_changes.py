"""What became of numbers of authority files: which were replaced, split or deleted, and which are of several persons.

MARC 21 says so by leader/05, 008/32, 682 and 035 $z (https://www.loc.gov/marc/authority/adleader.html).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

REPLACED, SPLIT, DELETED, UNDIFFERENTIATED, IN_CIRCLE = "replaced", "split", "deleted", "undifferentiated", "circle"
_LONGEST_CHAIN = 100


class NumberChange(NamedTuple):
    """What became of one number."""

    status: str
    """`replaced`, `split`, `deleted`, `undifferentiated`, or `circle` for those that replace each other."""
    successors: tuple[str, ...] = ()
    """The numbers in its place: the one that replaced it, or those that it was split into."""


Repeated = Mapping[tuple[str, str, str], str]
"""When the newest of several records with one number was changed (005), by the IRI of the source, file and number."""


class NumberChanges:
    """The numbers that are not simply used, by their files, and those that several records of a source have."""

    def __init__(
        self, changes: Mapping[tuple[str, str], NumberChange] | None = None, repeated: Repeated | None = None
    ) -> None:
        self._changes = {key: _last(key, changes or {}) for key in changes or ()}
        self.repeated = repeated or {}

    def __iter__(self) -> Iterator[tuple[tuple[str, str], NumberChange]]:
        """Yield file and number with what became of it, in order."""
        return iter(sorted(self._changes.items()))

    def of(self, scheme: str, number: str) -> NumberChange | None:
        """Return what became of a number; None for one that is used. A chain of replacements is followed to its end."""
        return self._changes.get((scheme, number))


def _last(key: tuple[str, str], changes: Mapping[tuple[str, str], NumberChange]) -> NumberChange:
    """Return the change at the end of a chain of replacements, which is a circle where it leads back."""
    scheme, number = key
    passed, change = {number}, changes[key]
    while change.status == REPLACED and (scheme, change.successors[0]) in changes and len(passed) < _LONGEST_CHAIN:
        number = change.successors[0]
        if number in passed:
            return NumberChange(IN_CIRCLE)
        following = changes[scheme, number]
        if following.status == UNDIFFERENTIATED:
            return change
        passed.add(number)
        change = following
    return change


NO_CHANGES = NumberChanges()
