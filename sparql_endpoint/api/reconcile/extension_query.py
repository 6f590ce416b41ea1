"""A data extension query: which properties of which entities a client wants, and in which form.

Reconciliation API 0.2, section 7.4; 1.0-draft has the same query.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sparql_endpoint.api.reconcile.json_text import clean, excerpt, read_object
from sparql_endpoint.errors import RequestError, TooLargeError

MOST_ENTITIES = 1_000
MOST_PROPERTIES = 50
CONTENTS = ("entity", "name", "id")
"""How an entity that is a value is written: to be reconciled, by its name, or by its id. The first is the default."""
TEXTS = ("best", "all")
"""Which of the texts in several languages are wanted: those in the best one for the client, or all."""


@dataclass(frozen=True)
class WantedProperty:
    """A property by the id that the client uses, with its settings."""

    id: str
    limit: int = 0
    """The most values of each entity; 0 for all."""
    content: str = CONTENTS[0]
    texts: str = TEXTS[0]


@dataclass(frozen=True)
class ExtensionQuery:
    """The entities, by the ids that the client uses, and the properties that it wants of them."""

    ids: Sequence[str]
    properties: Sequence[WantedProperty]


def read_extension(text: str, name: str) -> ExtensionQuery:
    """Return the query that a JSON text is. Raises RequestError, TooLargeError."""
    value = read_object(text, name)
    ids, properties = _list(value, "ids"), _list(value, "properties")
    _check_size(len(ids), "ids", MOST_ENTITIES)
    _check_size(len(properties), "properties", MOST_PROPERTIES)
    prop = {prop.id: prop for prop in map(_property, properties)}
    return ExtensionQuery(list(dict.fromkeys(map(_id, ids))), list(prop.values()))


def _list(value: Mapping[str, Any], name: str) -> list[object]:
    items = value.get(name)
    if not isinstance(items, list):
        raise RequestError(f"{name}: expected a list, not {excerpt(items)}")
    return items


def _check_size(size: int, name: str, most: int) -> None:
    if size > most:
        raise TooLargeError(f"{name}: there are {size}; send {most} at a time at most")


def _id(value: object) -> str:
    if not isinstance(value, str):
        raise RequestError(f"ids: expected the id of an entity, not {excerpt(value)}")
    return value


def _property(value: object) -> WantedProperty:
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        raise RequestError(f"properties: expected objects with an id, not {excerpt(value)}")
    settings = value.get("settings") or {}
    if not isinstance(settings, dict):
        raise RequestError(f"settings: expected an object, not {excerpt(settings)}")
    return WantedProperty(
        clean(value["id"]),
        _read_limit(settings.get("limit")),
        _choice(settings.get("content"), CONTENTS, "content"),
        _choice(settings.get("texts"), TEXTS, "texts"),
    )


def _read_limit(value: object) -> int:
    """Return the limit, which forms send as a text; 0 for none. Raises RequestError."""
    try:
        return max(0, int(str(value or 0)))
    except ValueError:
        raise RequestError(f"limit: expected a whole number, not {excerpt(value)}") from None


def _choice(value: object, choices: Sequence[str], name: str) -> str:
    if value is None or value == "":
        return choices[0]
    if value not in choices:
        raise RequestError(f"{name}: expected one of {', '.join(choices)}, not {excerpt(value)}")
    return str(value)
