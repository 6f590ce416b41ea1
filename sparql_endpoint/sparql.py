"""What a query is, read from its tokens: its form, whether it names a dataset, and that it is safe to hand on.

The grammar's terminals, https://www.w3.org/TR/sparql11-query/#grammar. The engine reads without a lexer, so it takes
`trueSERVICE` for two words, and `<` followed by an operand for "less than" even where a `>` stands later; what is
refused here is refused in every such reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from sparql_endpoint.errors import (
    QuerySyntaxError,
    QueryTooComplexError,
    ServiceRefusedError,
    TooLargeError,
    UpdateRefusedError,
)

MAX_CHARACTERS = 1_000_000
"""Characters of one query."""
MAX_DEPTH = 64
"""How deep brackets of any kind may nest; the engine's stack bears a little over 128 of the heaviest kind."""
MAX_OPERATORS = 500
"""Operators of one query: the engine descends once for each link of a chain such as `?a || ?b || …`."""
MAX_CLAUSES = 200
"""OPTIONAL, UNION, MINUS, BIND, FILTER, VALUES and EXISTS of one query, for the same reason."""


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


@dataclass(frozen=True)
class Token:
    """A terminal of the grammar: its kind, text, and where it starts and ends."""

    kind: str
    text: str
    start: int
    end: int


_LOCAL = r"""(?:[\w:\u00B7-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])"""
_TERMINALS = re.compile(
    rf"""
    (?P<space>[ \t\r\n]+)
  | (?P<comment>\#[^\r\n]*)
  | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^\"\\]|\\.))*\"\"\" | '''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
      | \"(?:[^\"\\\r\n]|\\.)*\" | '(?:[^'\\\r\n]|\\.)*')
  | (?P<iri><(?:[^\x00-\x20<>\"{{}}|^`\\]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
  | (?P<variable>[?$]\w[\w\u00B7]*)
  | (?P<name>(?:[^\W\d_](?:[\w\u00B7-]|\.+(?=[\w\u00B7-]))*)?:(?:{_LOCAL}(?:{_LOCAL}|\.+(?={_LOCAL}))*)?)
  | (?P<blank>_:\w(?:[\w\u00B7-]|\.+(?=[\w\u00B7-]))*)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9-]+)*)
  | (?P<number>[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<open><<\(?|[({{\[])
  | (?P<close>\)?>>|[)}}\]])
  | (?P<stop>[.;,])
  | (?P<operator>\|\||&&|\^\^|[<>!]=|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_SKIPPED = frozenset({"space", "comment"})
_OPERANDS = frozenset({"variable", "name", "blank", "string", "iri", "language", "number", "close", "word"})
_AUTHORITY = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_BRACKETS_OR_COMMENT = re.compile(r"[#(\[]")
_SERVICE_PREFIX = re.compile(r"(?:true|false)?service(?:silent)?:", re.IGNORECASE)
_CLAUSES = frozenset({"OPTIONAL", "UNION", "MINUS", "BIND", "FILTER", "VALUES", "EXISTS"})
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def read(text: str) -> Reading:
    """What the query is; raises QuerySyntaxError or another RequestError that says why it is not handed on."""
    if len(text) > MAX_CHARACTERS:
        raise TooLargeError(f"the query has {len(text)} characters; {MAX_CHARACTERS} are allowed")
    for reading in dict.fromkeys((text, unescaped(text))):
        _check(reading)
    return Reading(_form(text))


def tokens(text: str, start: int = 0) -> Iterator[Token]:
    """The tokens from a place on, without white space and comments."""
    for match in _TERMINALS.finditer(text, start):
        kind = match.lastgroup or ""
        if kind not in _SKIPPED:
            yield Token(kind, match.group(), match.start(), match.end())


def unescaped(text: str) -> str:
    """The text with code points for escapes, as SPARQL 1.1 section 19.2 reads it."""
    return _ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code <= 0x10FFFF else match.group()


def _check(text: str) -> None:
    """Refuses what must not reach the engine, in each reading of an ambiguous `<`."""
    seen: dict[int, int] = {}
    pending = [(0, 0)]
    counts = {"operator": 0, "clause": 0}
    while pending:
        start, depth = pending.pop()
        before: Token | None = None
        for token in tokens(text, start):
            if seen.get(token.start, -1) >= depth:
                break
            if token.start not in seen:
                _count(token, counts)
            seen[token.start] = depth
            _refuse_service(token, before)
            if _may_be_less_than(token, before):
                pending.append((token.start + 1, depth))
            depth = _depth(token, depth)
            before = token


def _count(token: Token, counts: dict[str, int]) -> None:
    counts["operator"] += token.kind == "operator"
    counts["clause"] += token.kind == "word" and token.text.upper() in _CLAUSES
    if counts["operator"] > MAX_OPERATORS:
        raise QueryTooComplexError(f"more than {MAX_OPERATORS} operators; name many values in VALUES or IN instead")
    if counts["clause"] > MAX_CLAUSES:
        raise QueryTooComplexError(f"more than {MAX_CLAUSES} of {', '.join(sorted(_CLAUSES))}")


def _refuse_service(token: Token, before: Token | None) -> None:
    called = token.kind == "word" and "SERVICE" in token.text.upper()
    glued = token.text == "{" and before is not None and before.kind == "name"
    if called or (glued and before and _SERVICE_PREFIX.match(before.text)):
        raise ServiceRefusedError("this server does not call others on a query's behalf")


def _may_be_less_than(token: Token, before: Token | None) -> bool:
    """Whether `<…>` may also be read as a comparison that hides brackets or the start of a comment.

    It cannot where no operand precedes, nor where `scheme://` follows: no expression holds `//`.
    """
    if token.kind != "iri" or before is None or before.kind not in _OPERANDS or _AUTHORITY.match(token.text):
        return False
    return bool(_BRACKETS_OR_COMMENT.search(token.text))


def _depth(token: Token, depth: int) -> int:
    if token.kind == "close":
        return max(0, depth - 1)
    if token.kind != "open":
        return depth
    if depth >= MAX_DEPTH:
        raise QueryTooComplexError(f"brackets nest deeper than {MAX_DEPTH}")
    return depth + 1


def _form(text: str) -> Form:
    """The query's form: the first word after the prologue (BASE, PREFIX and VERSION declarations)."""
    stream = tokens(text)
    for token in stream:
        word = token.text.upper()
        if token.kind == "word" and word in ("BASE", "VERSION"):
            next(stream, None)
        elif token.kind == "word" and word == "PREFIX":
            next(stream, None)
            next(stream, None)
        elif word in Form.__members__:
            return Form(word)
        else:
            raise _unknown(text, token)
    raise QuerySyntaxError("the query is empty; expected SELECT, ASK, CONSTRUCT or DESCRIBE")


def _unknown(text: str, token: Token) -> Exception:
    if token.text.upper() in _UPDATES:
        return UpdateRefusedError("this is an update; this server only reads")
    line = text.count("\n", 0, token.start) + 1
    column = token.start - (text.rfind("\n", 0, token.start) + 1) + 1
    return QuerySyntaxError(f"expected SELECT, ASK, CONSTRUCT or DESCRIBE, found “{token.text[:40]}”", line, column)
