"""A query so that the engine answers as the standard says where it has ways of its own.

- TRUE and FALSE may be written in any case (https://www.w3.org/TR/sparql11-query/#grammar, note 1);
- GROUP_CONCAT gives a simple literal (section 18.5.1.7); the engine's keeps a language that all its values share;
- a SELECT expression may use what an earlier one of the same SELECT made (section 18.2.4.4), also beside aggregates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sparql_endpoint.sparql.tokens import Token, tokens

_AGGREGATE = re.compile(r"\b(?:count|sum|min|max|avg|sample|group_concat)\s*\(", re.IGNORECASE)
_WORDS = ("TRUE", "FALSE", "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")
"""One of these is in every query that is changed: looking for them costs less than the patterns do."""
_NOT_STANDARD = re.compile(r"\b(?:true|false|group_concat)\b|\bas\s+[?$]", re.IGNORECASE)
_UNSTABLE = re.compile(r"\b(?:RAND|UUID|STRUUID|BNODE)\b", re.IGNORECASE)

Change = tuple[int, int, str]
"""From where to where in the text, and what stands there instead."""


def standard(text: str) -> str:
    """The query as it is handed to the engine."""
    upper = text.upper()
    if not any(word in upper for word in _WORDS) or not _NOT_STANDARD.search(text):
        return text
    stream = list(tokens(text))
    changes = [*_booleans(stream), *_concatenations(stream)]
    if _AGGREGATE.search(text):
        changes += _reused(text, stream)
    return _changed(text, changes)


def _changed(text: str, changes: Sequence[Change]) -> str:
    made: list[str] = []
    done = 0
    for start, end, instead in sorted(changes):
        if start >= done:
            made += text[done:start], instead
            done = end
    return "".join((*made, text[done:]))


def _booleans(stream: Sequence[Token]) -> Iterator[Change]:
    for token in stream:
        if token.kind == "word" and token.text.lower() in ("true", "false"):
            yield token.start, token.end, token.text.lower()


def _concatenations(stream: Sequence[Token]) -> Iterator[Change]:
    for place, token in enumerate(stream):
        if token.kind == "word" and token.text.upper() == "GROUP_CONCAT" and stream[place + 1 : place + 2]:
            end = _end(stream, place + 1)
            yield token.start, token.end, f"STR({token.text}"
            yield end, end, ")"


def _end(stream: Sequence[Token], place: int) -> int:
    """Where the bracket that opens at a place ends in the text."""
    depth = 0
    for token in stream[place:]:
        depth += (token.text == "(") - (token.text == ")")
        if not depth:
            return token.end
    return stream[-1].end


def _reused(text: str, stream: Sequence[Token]) -> Iterator[Change]:
    """For each variable in a SELECT expression that an earlier one made: that one's expression."""
    for place, token in enumerate(stream):
        if token.kind == "word" and token.text.upper() == "SELECT":
            yield from _reused_in(text, list(_expressions(stream, place + 1)))


def _expressions(stream: Sequence[Token], place: int) -> Iterator[list[Token]]:
    """The tokens of each `(expression AS ?variable)` of a SELECT, without the brackets."""
    while place < len(stream) and (stream[place].kind == "variable" or stream[place].text.upper() in _BEFORE):
        if stream[place].text != "(":
            place += 1
            continue
        end = _end(stream, place)
        inside = [token for token in stream[place + 1 :] if token.end < end]
        yield inside
        place += len(inside) + 2


_BEFORE = frozenset({"(", "DISTINCT", "REDUCED"})


def _reused_in(text: str, expressions: Sequence[Sequence[Token]]) -> Iterator[Change]:
    made: dict[str, str] = {}
    spans = [text[tokens[0].start : tokens[-2].start] for tokens in expressions if len(tokens) > 2]
    if not any(_AGGREGATE.search(span) for span in spans):
        return
    for inside in expressions:
        if len(inside) < 3:
            continue
        changes = [
            (t.start, t.end, made[t.text[1:]]) for t in inside[:-2] if t.kind == "variable" and t.text[1:] in made
        ]
        yield from changes
        start, end = inside[0].start, inside[-2].start
        moved = [(a - start, b - start, instead) for a, b, instead in changes]
        expression = _changed(text[start:end], moved).strip()
        if not _UNSTABLE.search(expression):
            made[inside[-1].text[1:]] = f"({expression})"
