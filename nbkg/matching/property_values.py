"""What other properties of candidates say: an author, a place, anything that the index does not hold."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from nbkg.matching.candidate import Candidate
from nbkg.matching.name_form import plain

FindValues = Callable[[Sequence[str], str], Mapping[str, Collection[str]]]
"""Returns the values that entities have of a property, by their IRIs: texts, and IRIs as they are."""
Known = tuple[str, tuple[str, ...], Mapping[str, Collection[str]]]
"""A property, the values that are sought, and those that entities have."""
_OTHER_VALUE = 10.0
"""What a property without the value that is sought takes from a score."""


def weigh(candidate: Candidate, properties: Sequence[Known]) -> Candidate:
    """Return a candidate with a lower score for each property that it has with other values only.

    A property that it does not have at all says nothing.
    """
    for prop, sought, known in properties:
        values = known.get(candidate.iri)
        if not values:
            continue
        is_same = not {*map(_key, filter(None, sought))}.isdisjoint(map(_key, values))
        score = candidate.score if is_same else max(0.0, candidate.score - _OTHER_VALUE)
        features = (*candidate.features, (prop, is_same), *(() if is_same else (("other-value", True),)))
        candidate = replace(candidate, score=score, features=features)
    return candidate


def _key(value: str) -> str:
    return value if "://" in value else " ".join(plain(value).split())
