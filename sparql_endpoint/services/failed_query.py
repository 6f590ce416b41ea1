"""The query of a request that failed, and the lines around its fault."""

from __future__ import annotations

import re

from flask import request

_LONGEST = 100_000
"""Bytes of a query that a page shows again to be corrected."""
_AROUND = 2
"""Lines before and after the one with the fault."""


def find_query() -> str:
    """Return the query that this request sent as a form or in its address; empty where there is none or it is long."""
    if request.endpoint != "endpoint.sparql_protocol" or (request.content_length or 0) > _LONGEST:
        return ""
    return request.args.get("query") or request.form.get("query", "")


def excerpt(text: str, line: int, column: int) -> tuple[str, str, str]:
    """Return the lines around a fault in three parts: what stands before, the faulty word, and what stands after."""
    lines = text.splitlines(keepends=True) or [""]
    index = min(line, len(lines)) - 1
    first, last = max(0, index - _AROUND), index + _AROUND + 1
    faulty = lines[index]
    begin, end = _word(faulty, min(column - 1, len(faulty)))
    return (
        "".join(lines[first:index]) + faulty[:begin],
        faulty[begin:end],
        faulty[end:] + "".join(lines[index + 1 : last]),
    )


def _word(line: str, column: int) -> tuple[int, int]:
    """Return where the word at a column begins and ends; between words it is the one before."""
    words = [match.span() for match in re.finditer(r"\S+", line)]
    return next((span for span in reversed(words) if span[0] <= column), words[0] if words else (0, 0))
