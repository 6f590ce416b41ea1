"""The JSON that clients send, which may be anything: read with bounds, and cleaned of what no text holds.

RFC 8259, https://www.rfc-editor.org/rfc/rfc8259
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from sparql_endpoint.errors import RequestError

_LONGEST_SHOWN = 60
"""Characters of a value that an error repeats."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def read_json(text: str, name: str) -> Any:
    """Return the value that a JSON text is. Raises RequestError, which names what should hold it."""
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise RequestError(f"{name}: this is not JSON: {error.msg} at {where}") from error
    except RecursionError as error:
        raise RequestError(f"{name}: the JSON is nested too deeply") from error
    except ValueError as error:
        raise RequestError(f"{name}: this is not JSON: {error}") from error


def read_object(text: str, name: str) -> dict[str, Any]:
    """Return the object that a JSON text is. Raises RequestError."""
    value = read_json(text, name)
    if not isinstance(value, dict):
        raise RequestError(f"{name}: expected a JSON object, not {excerpt(value)}")
    return value


def excerpt(value: object) -> str:
    """Return a value as an error repeats it: its JSON, or the beginning of that."""
    text = _SURROGATES.sub("\ufffd", json.dumps(value, ensure_ascii=False))
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def clean(text: str) -> str:
    """Return a text in one line without control characters and halves of surrogate pairs, which JSON may hold."""
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", text)).strip()


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")
