"""What is done to the text of a query before it is sent on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode

from sparql_endpoint.sparql import Token, tokens
from sparql_endpoint.stores.base import Term


def with_base(text: str, base: str) -> str:
    """The query or update with a base for its relative IRIs; in the first line, so that the others keep their number."""
    return f"BASE {NamedNode(base)} {text}" if base else text


def without_from(query: str) -> str:
    """The query with blanks for its FROM clauses, which Virtuoso adds to the graphs that the request names."""
    following = tokens(query)
    for token in following:
        if token.kind == "word" and token.text.upper() == "FROM" and (end := next(following, None)):
            end = next(following, end) if end.text.upper() == "NAMED" else end
            query = query[: token.start] + re.sub(r"\S", " ", query[token.start : end.end]) + query[end.end :]
    return query


def bound(query: str, bindings: Mapping[str, Term]) -> str:
    """The query with its variables bound by VALUES, which every engine knows.

    It stands first in the pattern, where it is joined before LIMIT and GROUP BY do their part, and in each sub-query
    that gives the variable, so that no engine has to work that one out for all values first.
    """
    if not bindings:
        return query
    ends = [token.end for token in _patterns(query, frozenset(bindings))]
    values = _values(bindings)
    pieces = [query[start:end] for start, end in zip([0, *ends], [*ends, len(query)], strict=True)]
    return values.join(pieces)


def _values(bindings: Mapping[str, Term]) -> str:
    variables = " ".join(f"?{name}" for name in bindings)
    return f" VALUES ({variables}) {{ ({' '.join(map(str, bindings.values()))}) }} "


def _patterns(query: str, names: frozenset[str]) -> Iterator[Token]:
    """The braces that open the patterns of the query and of the sub-queries that give all the names."""
    given: set[str] | None = None
    for token in tokens(query):
        if token.kind == "word" and token.text.upper() == "SELECT":
            given = set()
        elif given is not None and token.kind == "variable":
            given.add(token.text[1:])
        elif given is not None and token.text == "*":
            given.update(names)
        elif given is not None and token.text == "{":
            if names <= given:
                yield token
            given = None
