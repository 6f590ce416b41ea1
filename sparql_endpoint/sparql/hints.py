"""Hints beside the error of a query that does not parse."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from sparql_endpoint.errors import QuerySyntaxError
from sparql_endpoint.sparql.tokens import tokens

_QUOTES = re.compile("[“”‘’«»]")


def add_hint(error: QuerySyntaxError, text: str, prefixes: Mapping[str, str]) -> None:
    """Set the hint of an error that has none."""
    error.hint = error.hint or hint(text, str(error), prefixes)


def hint(text: str, message: str, prefixes: Mapping[str, str]) -> str:
    """Return a sentence that may help, or an empty text. `prefixes` are those that the data declares."""
    return _prefix(text, prefixes) or _brackets(text) or _habits(text, message)


def _prefix(text: str, prefixes: Mapping[str, str]) -> str:
    """Return the hint for a prefix that is used and not declared."""
    declared: set[str] = set()
    after = ""
    for token in tokens(text):
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if after == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                known = prefixes.get(prefix)
                return f"declare the prefix: PREFIX {prefix}: <{known or '…'}>"
        after = token.text.upper() if token.kind == "word" else ""
    return ""


def _brackets(text: str) -> str:
    """Return the hint for a bracket that is not closed, or closed and never opened."""
    counts = dict.fromkeys("(){}[]", 0)
    for token in tokens(text):
        if token.text in counts:
            counts[token.text] += 1
    for opening, closing in ("{}", "()", "[]"):
        missing = counts[opening] - counts[closing]
        if missing:
            count = f"{abs(missing)} “{closing if missing > 0 else opening}”"
            return f"{count} missing: {counts[opening]} “{opening}” and {counts[closing]} “{closing}”"
    return ""


def _habits(text: str, message: str) -> str:
    """Return the hint for what other languages allow and SPARQL does not."""
    words = {token.text.upper() for token in tokens(text) if token.kind == "word"}
    bare = [token.text for token in tokens(text)]
    if any(_QUOTES.search(token.text) for token in tokens(text) if token.kind == "operator"):
        return "write strings with straight quotes"
    if any(first == "=" == second for first, second in pairwise(bare)):
        return "equality is written with one “=”"
    for word, instead in (("AND", "&&"), ("OR", "||")):
        if word in words:
            return f"write “{instead}” for {word}"
    if "GROUP BY" in message or "unbound" in message.lower():
        return "what SELECT lists beside an aggregate must be in GROUP BY"
    if "function" in message.lower():
        return "only the functions of SPARQL 1.1 exist here"
    return ""
