"""The shape of a query: its tokens as one line of text, in which patterns of several tokens can be looked for.

Words are in upper case, IRIs are `<i>`, strings have no spaces and double quotes; comments are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sparql_endpoint.sparql.tokens import Token, tokens

_NO_WORD = re.compile(r"[\s\"]")
_WRITE: Mapping[str, Callable[[str], str]] = {
    "word": str.upper,
    "iri": lambda text: "<i>" if text != "<>" else text,
    "string": lambda text: f'"{_NO_WORD.sub("_", text.strip(chr(34) + chr(39)))}"',
}
TERM = r'(?:[?$]\w+|[^\s"<>?$(){}\[\]]*:\S*|<i>|"[^"]*"(?: @\S+| \^\^ \S+)?|[0-9]\S*)'
"""A term of a triple, in a shape."""


def shape(text: str) -> str:
    """Return the shape of a query or update, with a space at both ends."""
    return f" {' '.join(_write(token) for token in tokens(text))} "


def _write(token: Token) -> str:
    return _WRITE.get(token.kind, str)(token.text)
