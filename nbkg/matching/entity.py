"""An entity as it is matched: its names, identifiers and years."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entity:
    """What a store says about an entity that matters for matching."""

    iri: str
    names: tuple[str, ...]
    """Its names, the preferred one first."""
    types: tuple[str, ...] = ()
    """The IRIs of its classes and of those above them."""
    variants: tuple[str, ...] = ()
    """Other names of it, that do not name it first of all."""
    identifiers: tuple[str, ...] = ()
    """Identifiers in any form."""
    years: tuple[int | None, int | None] = (None, None)
    """The years in which it began and ended, where they are known."""
    is_undifferentiated: bool = False
    """Whether its name stands for several persons that nobody has told apart."""
    replaced_by: str | None = None
    """The IRI of the entity into which it was merged."""
    is_gone: bool = False
    """Whether it was withdrawn; it is no candidate, but leads to what replaces it."""
