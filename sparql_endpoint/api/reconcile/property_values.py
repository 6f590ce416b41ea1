"""The values of a property in a query, which come in many shapes, as texts.

Reconciliation API 0.2, section 2.4: a value is a string, a boolean, a number or an entity; a query has one or several.
"""

from __future__ import annotations

from collections.abc import Iterator

from sparql_endpoint.api.reconcile.json_text import clean, excerpt
from sparql_endpoint.errors import RequestError

_MOST = 100
"""Values of one property."""
_LONGEST = 1_000
"""Characters of a value."""


def value_texts(value: object, name: str) -> tuple[str, ...]:
    """Return the values as texts, each once: of an entity its id, or its name where it has none.

    Null and an empty text are no value. Raises RequestError for what has another shape, or is too much.
    """
    texts = tuple(dict.fromkeys(filter(None, _texts(value, name))))
    if len(texts) > _MOST:
        raise RequestError(f"{name}: {len(texts)} values; {_MOST} are compared at most")
    return texts


def _texts(value: object, name: str) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        text = clean(_text(one, name))
        if len(text) > _LONGEST:
            raise RequestError(f"{name}: a value has {len(text)} characters; {_LONGEST} are compared at most")
        yield text


def _text(value: object, name: str) -> str:
    if isinstance(value, str) or value is None:
        return value or ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, dict):
        return _text(value.get("id", value.get("name")), name)
    raise RequestError(f"{name}: expected a text, a number, a boolean or an entity, not {excerpt(value)}")


def number_text(number: float) -> str:
    """Return a number as people write it: 1921 for 1921.0, which spreadsheets send."""
    return str(int(number)) if isinstance(number, int) or number.is_integer() else repr(number)
