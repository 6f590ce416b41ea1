"""The form of a query, and whether its result stays the same."""

from __future__ import annotations

import re
from enum import Enum

from sparql_endpoint.errors import QuerySyntaxError, UpdateRefusedError
from sparql_endpoint.sparql.tokens import first_token, syntax_error_at

_UNSTABLE = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE|SERVICE)\b|\\[uU]", re.IGNORECASE)
_UNSTABLE_WORDS = ("RAND", "NOW", "UUID", "BNODE", "SERVICE", "CONSTRUCT", "\\U")
"""Every query that is not stable holds one of these: looking for them costs less than the patterns do."""
_PLAIN_BEGIN = re.compile(
    r"\s*(?:PREFIX\s+(?:[A-Za-z][\w-]*)?:\s*<[^\x00-\x20<>\"{}|^`\\]*>\s*)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b",
    re.IGNORECASE | re.ASCII,
)
"""A prologue as most queries have it, and the form."""
_CONSTRUCT = re.compile(r"\bCONSTRUCT\b", re.IGNORECASE)
_RELATIVE = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*:)[^\s<>\"{}|^`]*>")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})


class Form(Enum):
    """The four forms of a query."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def gives_graph(self) -> bool:
        """Whether the result is a graph."""
        return self in (Form.CONSTRUCT, Form.DESCRIBE)


def is_stable(text: str) -> bool:
    """Return whether the same data gives the same bytes: nothing random, no time, new blank node or other server."""
    upper = text.upper()
    if not any(word in upper for word in _UNSTABLE_WORDS):
        return True
    return not _UNSTABLE.search(text) and not (_CONSTRUCT.search(text) and ("_:" in text or "[" in text))


def has_relative_iris(text: str) -> bool:
    """Return whether an IRI of the query may be relative, to be resolved against a base."""
    return bool(_RELATIVE.search(text))


def parse_form(text: str) -> Form:
    """Return the query's form: the first word after the prologue. Raises QuerySyntaxError, UpdateRefusedError."""
    if begin := _PLAIN_BEGIN.match(text):
        return Form(begin.group(1).upper())
    token = first_token(text)
    if token is None:
        raise QuerySyntaxError("the query is empty; expected SELECT, ASK, CONSTRUCT or DESCRIBE")
    word = token.text.upper()
    if word in Form.__members__:
        return Form(word)
    if word in _UPDATES:
        raise UpdateRefusedError("this is an update; send it as “update”, to a server that takes updates")
    raise syntax_error_at(text, token, f"expected SELECT, ASK, CONSTRUCT or DESCRIBE, found “{token.text[:40]}”")
