"""A rewrite that mends what the engine does otherwise than the standard.

- TRUE and FALSE may be written in any case (https://www.w3.org/TR/sparql11-query/#grammar, note 1);
- GROUP_CONCAT gives a simple literal (section 18.5.1.7); the engine's keeps a language that all its values share;
- a SELECT expression may use the variable of an earlier one of the same SELECT (section 18.2.4.4),
  also beside aggregates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sparql_endpoint.sparql.tokens import Token, find_closing, tokens

_AGGREGATE = re.compile(r"\b(?:count|sum|min|max|avg|sample|group_concat)\s*\(", re.IGNORECASE)
_WORDS = ("TRUE", "FALSE", "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")
"""Every query that is rewritten holds one of these: looking for them costs less than the patterns do."""
_NOT_STANDARD = re.compile(r"\b(?:true|false|group_concat)\b|\bas\s+[?$]", re.IGNORECASE)
_UNSTABLE = re.compile(r"\b(?:RAND|UUID|STRUUID|BNODE)\b", re.IGNORECASE)

_Replacement = tuple[int, int, str]
"""The start and end of a piece of the text, and what replaces it."""


def rewrite_to_standard(text: str) -> str:
    """Return the query as it is handed to the engine."""
    upper = text.upper()
    if not any(word in upper for word in _WORDS) or not _NOT_STANDARD.search(text):
        return text
    stream = list(tokens(text))
    changes = [*_booleans(stream), *_concatenations(stream)]
    if _AGGREGATE.search(text):
        changes += _reused(text, stream)
    return _replaced(text, changes)


def _replaced(text: str, changes: Sequence[_Replacement]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end, instead in sorted(changes):
        if start >= done:
            pieces += text[done:start], instead
            done = end
    return "".join((*pieces, text[done:]))


def _booleans(stream: Sequence[Token]) -> Iterator[_Replacement]:
    for token in stream:
        if token.word in ("TRUE", "FALSE"):
            yield token.start, token.end, token.text.lower()


def _concatenations(stream: Sequence[Token]) -> Iterator[_Replacement]:
    for index, token in enumerate(stream):
        if token.word == "GROUP_CONCAT" and stream[index + 1 : index + 2]:
            end = _end(stream, index + 1)
            yield token.start, token.end, f"STR({token.text}"
            yield end, end, ")"


def _end(stream: Sequence[Token], index: int) -> int:
    """Return the offset where the bracket ends that the token of an index opens."""
    return (find_closing(stream[index:], "()") or stream[-1]).end


def _reused(text: str, stream: Sequence[Token]) -> Iterator[_Replacement]:
    """Yield, for each use of an earlier expression's variable in a SELECT, that expression in its place."""
    for index, token in enumerate(stream):
        if token.word == "SELECT":
            yield from _reused_in(text, list(_expressions(stream, index + 1)))


def _expressions(stream: Sequence[Token], index: int) -> Iterator[list[Token]]:
    """Yield the tokens of each `(expression AS ?variable)` of a SELECT, without the brackets."""
    while index < len(stream) and (stream[index].kind == "variable" or stream[index].text.upper() in _BEFORE):
        if stream[index].text != "(":
            index += 1
            continue
        end = _end(stream, index)
        inside = [token for token in stream[index + 1 :] if token.end < end]
        yield inside
        index += len(inside) + 2


_BEFORE = frozenset({"(", "DISTINCT", "REDUCED"})


def _reused_in(text: str, expressions: Sequence[Sequence[Token]]) -> Iterator[_Replacement]:
    reusable: dict[str, str] = {}
    spans = [text[tokens[0].start : tokens[-2].start] for tokens in expressions if len(tokens) > 2]
    if not any(_AGGREGATE.search(span) for span in spans):
        return
    for inside in expressions:
        if len(inside) < 3:
            continue
        changes = [
            (t.start, t.end, reusable[t.text[1:]])
            for t in inside[:-2]
            if t.kind == "variable" and t.text[1:] in reusable
        ]
        yield from changes
        start, end = inside[0].start, inside[-2].start
        moved = [(a - start, b - start, instead) for a, b, instead in changes]
        expression = _replaced(text[start:end], moved).strip()
        if not _UNSTABLE.search(expression):
            reusable[inside[-1].text[1:]] = f"({expression})"
