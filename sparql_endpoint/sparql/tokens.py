"""The tokens of a query or an update: the terminals of the grammar.

https://www.w3.org/TR/sparql11-query/#grammar
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sparql_endpoint.errors import QuerySyntaxError


@dataclass(frozen=True)
class Token:
    """A terminal of the grammar: its kind, text, and where it starts and ends."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """Return a word in capitals, as keywords are compared; empty for any other token."""
        return self.text.upper() if self.kind == "word" else ""


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
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def tokens(text: str, start: int = 0) -> Iterator[Token]:
    """Yield the tokens from an offset on, without white space and comments."""
    for match in _TERMINALS.finditer(text, start):
        kind = match.lastgroup or ""
        if kind not in _SKIPPED:
            yield Token(kind, match.group(), match.start(), match.end())


def find_closing(stream: Iterable[Token], brackets: str = "{}") -> Token | None:
    """Return the token that closes the bracket which the first token opens, or that one where it opens none.

    None where the bracket stays open.
    """
    depth = 0
    for token in stream:
        depth += (token.text == brackets[0]) - (token.text == brackets[1])
        if not depth:
            return token
    return None


def unescape(text: str) -> str:
    """Return the text with characters for its code point escapes (https://www.w3.org/TR/sparql11-query/#codepointEscape)."""
    return _ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code <= 0x10FFFF else match.group()


def syntax_error_at(text: str, token: Token, message: str) -> QuerySyntaxError:
    """Return an error with the line and column of a token."""
    line = text.count("\n", 0, token.start) + 1
    return QuerySyntaxError(message, line, token.start - (text.rfind("\n", 0, token.start) + 1) + 1)


def first_token(text: str) -> Token | None:
    """Return the first token after the prologue (BASE, PREFIX and VERSION declarations); None in an empty text."""
    stream = tokens(text)
    for token in stream:
        if token.word in ("BASE", "VERSION"):
            next(stream, None)
        elif token.word == "PREFIX":
            next(stream, None)
            next(stream, None)
        else:
            return token
    return None
