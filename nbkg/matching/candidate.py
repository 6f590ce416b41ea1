"""An entity that a query may mean, and why."""

from __future__ import annotations

from dataclasses import dataclass

Feature = tuple[str, float | str | bool]
"""The name of a feature of which a score is made, and its value."""


@dataclass(frozen=True)
class Candidate:
    """An entity that a query may mean."""

    iri: str
    name: str
    types: tuple[str, ...]
    score: float
    """From 0 to 100; an identifier that is the entity's own gives 100."""
    features: tuple[Feature, ...] = ()
    """What the score was made of."""
    is_match: bool = False
    """Whether it is the one clear answer, which needs no person to confirm it."""
    replaces: str | None = None
    """The IRI of an entity that was merged into this one, where the query means that."""
