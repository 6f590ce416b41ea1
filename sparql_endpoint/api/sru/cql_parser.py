"""The parser of CQL 1.2, by its grammar (https://www.loc.gov/standards/sru/cql/spec.html).

Booleans have no precedence and are read from the left. The package `cql-parser` was tried: its last version is of 2023,
and it prints what it does not understand to the standard error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sparql_endpoint.api.sru.cql_tree import CqlBoolean, CqlClause, CqlModifier, CqlNode, CqlQuery, CqlSortKey
from sparql_endpoint.api.sru.sru_diagnostics import SruDiagnosticError

_TOKEN = re.compile(r'\s*(?:("(?:[^"\\]|\\.)*")|(<=|>=|<>|==|[()=<>/])|([^\s()=<>"/]+)|$)', re.DOTALL)
_COMPARISONS = frozenset({"=", "==", "<", ">", "<=", ">=", "<>"})
_BOOLEANS = frozenset({"and", "or", "not", "prox"})
_SORT = "sortby"
_ESCAPED = re.compile(r'\\(["\\])')
_LONGEST = 10_000
_DEEPEST = 50
SERVER_CHOICE = "cql.serverChoice"


class CqlToken(NamedTuple):
    """A sign, a word, or a quoted text without its quotes; one without text is the end."""

    text: str
    offset: int
    is_quoted: bool = False

    def is_word(self, *words: str) -> bool:
        """Return whether it is one of some words, whatever its case."""
        return not self.is_quoted and self.text.lower() in words


def parse_cql(text: str) -> CqlQuery:
    """Return the query of a text. Raises SruDiagnosticError."""
    if len(text) > _LONGEST:
        raise SruDiagnosticError(12, str(_LONGEST))
    return _Parser(_tokens(text)).query()


def _tokens(text: str) -> Sequence[CqlToken]:
    tokens, position = [], 0
    while match := _TOKEN.match(text, position):
        quoted, sign, word = match.groups()
        if quoted is not None:
            tokens.append(CqlToken(_ESCAPED.sub(r"\1", quoted[1:-1]), match.start(1), is_quoted=True))
        else:
            tokens.append(CqlToken(sign or word or "", match.end() - len(sign or word or "")))
        position = match.end()
        if not match.group().strip():
            return tokens
    raise SruDiagnosticError(10, f"a quotation mark has no second one, from character {position + 1} on")


class _Parser:
    def __init__(self, tokens: Sequence[CqlToken]) -> None:
        self._tokens = tokens
        self._position = 0
        self._depth = 0

    @property
    def _next(self) -> CqlToken:
        return self._tokens[self._position]

    def _take(self) -> CqlToken:
        token = self._next
        self._position += bool(token.text or token.is_quoted)
        return token

    def _is_sign(self, *signs: str) -> bool:
        return not self._next.is_quoted and self._next.text in signs

    def query(self) -> CqlQuery:
        """Return the query, after which nothing may follow."""
        prefixes = self._prefixes()
        root = self._clauses()
        sort = self._sort_keys() if self._next.is_word(_SORT) else []
        if self._next.text or self._next.is_quoted:
            raise self._error("nothing may follow here; AND, OR or NOT is missing, or a text needs quotation marks")
        return CqlQuery(root, sort, prefixes)

    def _prefixes(self) -> list[tuple[str, str]]:
        """Return the context sets that are declared: `>dc="info:srw/cql-context-set/1/dc-v1.1"`."""
        prefixes = []
        while self._is_sign(">"):
            self._take()
            name = self._text("a context set")
            if self._is_sign("="):
                self._take()
                prefixes.append((name, self._text("the IRI of a context set")))
            else:
                prefixes.append(("", name))
        return prefixes

    def _clauses(self) -> CqlNode:
        left = self._clause()
        while self._next.is_word(*_BOOLEANS):
            operator = self._take().text.lower()
            modifiers = self._modifiers()
            left = CqlBoolean(operator, modifiers, left, self._clause())
            self._depth += 1
            if self._depth > _DEEPEST:
                raise SruDiagnosticError(38, str(_DEEPEST))
        return left

    def _clause(self) -> CqlNode:
        if self._is_sign("("):
            return self._group()
        if self._next.is_word(_SORT, *_BOOLEANS):
            raise self._error("an index or a term is missing here")
        first = self._text("an index or a term")
        if not self._is_relation():
            return CqlClause(SERVER_CHOICE, "=", (), first)
        relation = self._take().text.lower()
        modifiers = self._modifiers()
        return CqlClause(first, relation, modifiers, self._text("a term"))

    def _group(self) -> CqlNode:
        self._take()
        self._depth += 1
        if self._depth > _DEEPEST:
            raise SruDiagnosticError(38, str(_DEEPEST))
        node = self._clauses()
        if not self._is_sign(")"):
            raise self._error("a closing parenthesis is missing here")
        self._take()
        return node

    def _is_relation(self) -> bool:
        """Return whether a relation comes next: a sign, or a word that neither joins clauses nor ends them."""
        if self._is_sign(*_COMPARISONS):
            return True
        token = self._next
        is_word = bool(token.text) and not token.is_quoted and token.text not in ("(", ")", "/")
        return is_word and not token.is_word(_SORT, *_BOOLEANS)

    def _modifiers(self) -> list[CqlModifier]:
        modifiers = []
        while self._is_sign("/"):
            self._take()
            name = self._text("a modifier").lower()
            if self._is_sign(*_COMPARISONS):
                modifiers.append(CqlModifier(name, self._take().text, self._text("the value of a modifier")))
            else:
                modifiers.append(CqlModifier(name))
        return modifiers

    def _sort_keys(self) -> list[CqlSortKey]:
        self._take()
        keys = []
        while self._next.text:
            keys.append(CqlSortKey(self._text("an index to sort by"), self._modifiers()))
        if not keys:
            raise self._error("an index to sort by is missing here")
        return keys

    def _text(self, meaning: str) -> str:
        """Return the next token, which must be a text. Raises SruDiagnosticError."""
        token = self._next
        if not token.is_quoted and (not token.text or token.text in ("(", ")", "/") or token.text in _COMPARISONS):
            raise self._error(f"{meaning} is missing here")
        return self._take().text

    def _error(self, problem: str) -> SruDiagnosticError:
        return SruDiagnosticError(10, f"character {self._next.offset + 1}: {problem}")
