"""What is to be matched: a name or an identifier, with what else is known about the entity that it means."""

from __future__ import annotations

from dataclasses import dataclass

Constraint = tuple[str, tuple[str, ...]]
"""The IRI of a property and values of it as strings, of which an entity should have one."""


@dataclass(frozen=True)
class MatchQuery:
    """A question to a `Matcher`."""

    text: str
    """A name, or an identifier in any form; empty where only properties are given."""
    types: tuple[str, ...] = ()
    """IRIs of classes, of which a candidate has one; without any, all entities are candidates."""
    properties: tuple[Constraint, ...] = ()
    """What else is known of the entity."""
    limit: int = 10
    """The most candidates that come back."""
    identifiers: tuple[str, ...] = ()
    """Identifiers in any form, of which the entity should have one."""
