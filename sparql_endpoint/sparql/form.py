"""What a query is: its form, and whether its answer stays the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from sparql_endpoint.errors import QuerySyntaxError, UpdateRefusedError
from sparql_endpoint.sparql.guard import checked
from sparql_endpoint.sparql.tokens import at, first

_UNSTABLE = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE|SERVICE)\b|\\[uU]", re.IGNORECASE)
_UNSTABLE_WORDS = ("RAND", "NOW", "UUID", "BNODE", "SERVICE", "CONSTRUCT", "\\U")
"""One of these is in every query that is not: looking for them costs less than the patterns do."""
_PLAIN_BEGIN = re.compile(
    r"\s*(?:PREFIX\s+(?:[A-Za-z][\w-]*)?:\s*<[^\x00-\x20<>\"{}|^`\\]*>\s*)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b",
    re.IGNORECASE | re.ASCII,
)
"""The prologue as it mostly is, and the form."""
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
        """True for those that are answered with triples."""
        return self in (Form.CONSTRUCT, Form.DESCRIBE)


@dataclass(frozen=True)
class Reading:
    """What the endpoint needs to know of a query before it hands it on."""

    form: Form


def read(text: str) -> Reading:
    """What the query is; raises QuerySyntaxError or another RequestError that says why it is not handed on."""
    checked(text)
    return Reading(form(text))


def is_stable(text: str) -> bool:
    """Whether the same data gives the same bytes: nothing random, no time, no new blank nodes, no other server."""
    upper = text.upper()
    if not any(word in upper for word in _UNSTABLE_WORDS):
        return True
    return not _UNSTABLE.search(text) and not (_CONSTRUCT.search(text) and ("_:" in text or "[" in text))


def has_relative_iris(text: str) -> bool:
    """Whether an IRI may be a relative one, to be resolved against a base."""
    return bool(_RELATIVE.search(text))


def form(text: str) -> Form:
    """The query's form: the first word after the prologue. Raises QuerySyntaxError, UpdateRefusedError."""
    if begin := _PLAIN_BEGIN.match(text):
        return Form(begin.group(1).upper())
    token = first(text)
    if token is None:
        raise QuerySyntaxError("the query is empty; expected SELECT, ASK, CONSTRUCT or DESCRIBE")
    word = token.text.upper()
    if word in Form.__members__:
        return Form(word)
    if word in _UPDATES:
        raise UpdateRefusedError("this is an update; send it as “update”, to a server that takes updates")
    raise at(text, token, f"expected SELECT, ASK, CONSTRUCT or DESCRIBE, found “{token.text[:40]}”")
