"""What properties and classes say about an entity, as `ontology/matching-properties.tsv` lists it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

NAME, VARIANT, IDENTIFIER, NODE, NUMBER = "name", "variant", "identifier", "node", "number"
FIRST, LAST, CLASS, BACKGROUND = "first", "last", "class", "background"
INVALID, REPLACED, UNDIFFERENTIATED, WITHDRAWN = "invalid", "replaced", "undifferentiated", "withdrawn"
ALONE = frozenset({NUMBER, INVALID, BACKGROUND, REPLACED})
"""Roles that matter of a resource without any text: it is a node of another one, a class, or was merged."""
MATCHED = ALONE | {NAME, VARIANT}
"""Roles of which a resource has one that is matched, or tells something of others."""
_CLASS_ROLES = ("undifferentiated-class", "gone-class")


@dataclass(frozen=True)
class Roles:
    """The roles of properties, and classes with a meaning."""

    by_property: Mapping[str, str]
    undifferentiated: frozenset[str]
    """Classes of what has a name that stands for several persons."""
    withdrawn: frozenset[str]
    """Classes of what is not matched any more."""


@cache
def read_roles() -> Roles:
    """Return the roles, which are read at the first call."""
    text = files("ontology").joinpath("matching-properties.tsv").read_text(encoding="utf-8")
    pairs = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    classes = [frozenset(iri for role, iri in pairs if role == name) for name in _CLASS_ROLES]
    return Roles({iri: role for role, iri in pairs if role not in _CLASS_ROLES}, *classes)
