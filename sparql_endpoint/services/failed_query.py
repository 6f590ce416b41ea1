"""The query of a request that failed, and the place in it."""

from __future__ import annotations

import re

from flask import request

_MOST = 100_000
"""Bytes of a query that a page gives back to be mended."""
_AROUND = 2
"""Lines before and after the one with the fault."""


def asked() -> str:
    """The query that this request sent as a form or in its address; empty where there is none, or too long a one."""
    if request.endpoint != "endpoint.sparql_protocol" or (request.content_length or 0) > _MOST:
        return ""
    return request.args.get("query") or request.form.get("query", "")


def excerpt(text: str, line: int, column: int) -> tuple[str, str, str]:
    """The lines around a place, parted at it: what stands before, the word that stands there, what stands after."""
    lines = text.splitlines(keepends=True) or [""]
    place = min(line, len(lines)) - 1
    first, last = max(0, place - _AROUND), place + _AROUND + 1
    faulty = lines[place]
    begin, end = _word(faulty, min(column - 1, len(faulty)))
    return (
        "".join(lines[first:place]) + faulty[:begin],
        faulty[begin:end],
        faulty[end:] + "".join(lines[place + 1 : last]),
    )


def _word(line: str, place: int) -> tuple[int, int]:
    """Where the word at a place begins and ends; between words it is the one before."""
    words = [found.span() for found in re.finditer(r"\S+", line)]
    return next((span for span in reversed(words) if span[0] <= place), words[0] if words else (0, 0))
