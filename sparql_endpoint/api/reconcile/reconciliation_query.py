"""One question of a client, in either version of the API, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sparql_endpoint.api.reconcile.json_text import clean, excerpt
from sparql_endpoint.errors import RequestError

DEFAULT_LIMIT = 10
"""Candidates of a query that names no limit."""
MOST_CANDIDATES = 50
"""Candidates of a query at most, whatever its limit."""
LONGEST_NAME = 1_000
"""Characters of a name or an identifier that is matched."""
MOST_CONDITIONS = 30
"""Properties and types of a query."""


@dataclass(frozen=True)
class PropertyCondition:
    """What a client knows of the entity: a property, by the id that the client uses, and values of it."""

    property: str
    values: tuple[str, ...]
    quantifier: str = "any"
    """Whether an entity has `any`, `all` or `none` of the values."""
    is_required: bool = False
    """Whether an entity that does not meet it is no candidate."""


@dataclass(frozen=True)
class ReconciliationQuery:
    """What a client knows of the entity that it looks for."""

    names: tuple[str, ...] = ()
    """Names of it, or identifiers."""
    ids: tuple[str, ...] = ()
    """Identifiers of it."""
    types: tuple[str, ...] = ()
    """Its types by the ids that the client uses, of which it has one."""
    has_all_types: bool = False
    """Whether it has all of the types."""
    conditions: Sequence[PropertyCondition] = ()
    limit: int = DEFAULT_LIMIT


def read_name(value: object) -> str:
    """Return the text of a name; empty for none. Raises RequestError for another shape, or one that is too long."""
    if not isinstance(value, str | int | float | None):
        raise RequestError(f"query: expected a text, not {excerpt(value)}")
    text = "" if value is None else clean(str(value))
    if len(text) > LONGEST_NAME:
        raise RequestError(f"query: the text has {len(text)} characters; {LONGEST_NAME} are matched at most")
    return text


def read_limit(value: object) -> int:
    """Return how many candidates are wanted; a larger number than is given is the largest. Raises RequestError."""
    if value is None or value == "":
        return DEFAULT_LIMIT
    try:
        limit = 0 if isinstance(value, bool) else int(float(value))  # type: ignore[arg-type]  # what is no number raises
    except (TypeError, ValueError, OverflowError):
        limit = 0
    if limit < 1:
        raise RequestError(f"limit: expected a positive whole number, not {excerpt(value)}")
    return min(limit, MOST_CANDIDATES)


def read_types(value: object) -> tuple[str, ...]:
    """Return the ids of types: one, several, or objects with an id. Raises RequestError."""
    items = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(filter(None, map(_type_id, _bounded(items, "type")))))


def _type_id(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("id")
    if not isinstance(value, str | None):
        raise RequestError(f"type: expected the id of a type, not {excerpt(value)}")
    return clean(value or "")


def read_objects(value: object, name: str) -> list[dict[str, object]]:
    """Return the objects of a list, or the one that stands in its place; null is none. Raises RequestError."""
    items = [] if value is None else value if isinstance(value, list) else [value]
    if wrong := [item for item in items if not isinstance(item, dict)]:
        raise RequestError(f"{name}: expected objects, not {excerpt(wrong[0])}")
    return _bounded(items, name)


def _bounded(items: list[object], name: str) -> list:  # type: ignore[type-arg]  # the items are checked by the callers
    if len(items) > MOST_CONDITIONS:
        raise RequestError(f"{name}: there are {len(items)}; a query may have {MOST_CONDITIONS}")
    return items
