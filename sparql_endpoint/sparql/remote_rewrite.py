"""Rewrites of a query before it is sent to an upstream server."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pyoxigraph import NamedNode

from sparql_endpoint.sparql.tokens import Token, find_closing, first_token, tokens


def with_base(text: str, base: str) -> str:
    """Return the text with a base for its relative IRIs, in its first line, so that the others keep their number."""
    return f"BASE {NamedNode(base)} {text}" if base else text


def without_from(query: str) -> str:
    """Return the query with blanks for its FROM clauses, which Virtuoso adds to the graphs that the request names."""
    following = tokens(query)
    for token in following:
        if token.kind == "word" and token.text.upper() == "FROM" and (end := next(following, None)):
            end = next(following, end) if end.text.upper() == "NAMED" else end
            query = query[: token.start] + re.sub(r"\S", " ", query[token.start : end.end]) + query[end.end :]
    return query


def as_select(text: str) -> str | None:
    """Return the SELECT query whose solutions a CONSTRUCT, or a DESCRIBE with a pattern, is made of; else None."""
    stream = list(tokens(text))
    form = first_token(text)
    index = next((at for at, token in enumerate(stream) if form and token.start == form.start), len(stream))
    word = stream[index].text.upper() if index < len(stream) else ""
    following = stream[index + 1 :]
    if word == "CONSTRUCT" and following and following[0].text == "{":
        end = (find_closing(following) or following[-1]).end
        return f"{text[: stream[index].start]}SELECT * {text[end:]}"
    if word == "CONSTRUCT":
        return f"{text[: stream[index].start]}SELECT * {text[stream[index].end :]}"
    if word == "DESCRIBE" and (pattern := _pattern(following)):
        return f"{text[: stream[index].start]}SELECT * {text[pattern.start :]}"
    return None


def _pattern(stream: Sequence[Token]) -> Token | None:
    """Return the token where the dataset or pattern of a DESCRIBE begins; None where it has no pattern."""
    if not any(token.text == "{" for token in stream):
        return None
    return next((token for token in stream if token.text == "{" or token.word in ("FROM", "WHERE")), None)
