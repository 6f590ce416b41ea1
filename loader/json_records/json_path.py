"""Paths in JSON: names of members with dots between them, and `*` for each member or item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

Json = object
"""What `json.loads` returns."""


class JsonValue(NamedTuple):
    """A value and the name of the member that it is; an item of a list has its number, from 1."""

    value: Json
    key: str = ""


def walk(located: JsonValue, path: str) -> Iterator[JsonValue]:
    """Yield the values at a path, none where the document has another form; `@key` and `@value` are the value's own."""
    if path == "@key":
        yield JsonValue(located.key)
    elif path in {"", "@value"}:
        yield located
    else:
        first, _, rest = path.partition(".")
        for child in _children(located.value, first):
            yield from walk(child, rest)


def walk_each(located: JsonValue, path: str) -> Iterator[JsonValue]:
    """Yield the values of a path; a value that stands where there should be a list counts as its only item."""
    yield from walk(located, path)
    alone = walk(located, path.removesuffix(".*")) if path.endswith(".*") else iter(())
    yield from (each for each in alone if not isinstance(each.value, (dict, list)))


def texts_at(located: JsonValue, path: str) -> Iterator[str]:
    """Yield the texts, numbers and truth values at a path as texts; no empty ones."""
    yield from (text for each in walk(located, path) if (text := _text(each.value)))


def _children(value: Json, name: str) -> Iterator[JsonValue]:
    if name != "*":
        yield from _member(value, name)
    elif isinstance(value, dict):
        yield from (JsonValue(member, key) for key, member in value.items())
    elif isinstance(value, list):
        yield from (JsonValue(item, str(number)) for number, item in enumerate(value, 1))


def _member(value: Json, name: str) -> Iterator[JsonValue]:
    if isinstance(value, dict) and value.get(name) is not None:
        yield JsonValue(value[name], name)


def _text(value: Json) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).strip() if isinstance(value, (str, int, float)) else ""
