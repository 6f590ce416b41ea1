"""What is done to the text of a query before it is sent on."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from sparql_endpoint.tokens import tokens


def with_base(text: str, base: str) -> str:
    """The text with a base for its relative IRIs, in its first line, so that the others keep their number."""
    return f"BASE {NamedNode(base)} {text}" if base else text


def without_from(query: str) -> str:
    """The query with blanks for its FROM clauses, which Virtuoso adds to the graphs that the request names."""
    following = tokens(query)
    for token in following:
        if token.kind == "word" and token.text.upper() == "FROM" and (end := next(following, None)):
            end = next(following, end) if end.text.upper() == "NAMED" else end
            query = query[: token.start] + re.sub(r"\S", " ", query[token.start : end.end]) + query[end.end :]
    return query
