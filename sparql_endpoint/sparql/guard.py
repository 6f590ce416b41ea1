"""The query guard: refuses what would harm the process or call another server, by the tokens of a query or update.

The engine reads without a lexer, so it takes `trueSERVICE` for two words, and `<` followed by an operand for "less
than" even where a `>` follows later; what is refused here is refused in every such reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sparql_endpoint.errors import QueryTooComplexError, ServiceRefusedError, TooLargeError
from sparql_endpoint.sparql.silent_calls import is_host, without_silent_loads, without_silent_services
from sparql_endpoint.sparql.tokens import Token, first_token, syntax_error_at, tokens, unescape

MAX_CHARACTERS = 1_000_000
"""Characters of one query."""
MAX_DEPTH = 64
"""How deep brackets of any kind may nest; the engine's stack bears a little over 128 of the heaviest kind."""
MAX_OPERATORS = 500
"""Operators of one query: the engine descends once for each link of a chain such as `?a || ?b || …`."""
MAX_CLAUSES = 200
"""The most of OPTIONAL, UNION, MINUS, BIND, FILTER, VALUES and EXISTS in one query, for the same reason."""


_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_OPERANDS = frozenset({"variable", "name", "blank", "string", "iri", "language", "number", "close", "word"})
_AUTHORITY = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_BRACKETS_OR_COMMENT = re.compile(r"[#(\[]")
_SERVICE_PREFIX = re.compile(r"(?:true|false)?service(?:silent)?:", re.IGNORECASE)
_CLAUSES = frozenset({"OPTIONAL", "UNION", "MINUS", "BIND", "FILTER", "VALUES", "EXISTS"})
_EXPRESSIONS = frozenset({"FILTER", "BIND", "HAVING", "BY", "IN"})
_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_NO_SUBJECTS = frozenset({"string", "number"})
_LOAD_PREFIX = re.compile(r"load(?:silent)?:", re.IGNORECASE)
_SHORT = min(MAX_OPERATORS, 7 * MAX_CLAUSES)
"""The characters below which a text cannot hold too many operators or clauses."""
_SUSPECT = ("SERVICE", "\\", "<<")
_AGGREGATE_CALL = re.compile(rf"(?:{'|'.join(sorted(_AGGREGATES))})\s*\(")
_IRI_AFTER_VARIABLE = re.compile(r"[?$]\w+\s*<[^\s<>]*>")


def check_query(text: str, hosts: Sequence[str] = ()) -> None:
    """Raise an error for a query that must not reach the engine; `hosts` may be called by SERVICE.

    Raises TooLargeError, QueryTooComplexError, ServiceRefusedError or QuerySyntaxError.
    """
    if len(text) > MAX_CHARACTERS:
        raise TooLargeError(f"the query has {len(text)} characters; {MAX_CHARACTERS} are allowed")
    if not _is_plainly_harmless(text):
        for reading in _readings(text):
            _check(reading, _Limits(hosts))


def guarded_query(text: str, hosts: Sequence[str] = ()) -> str:
    """Return the query as it may be handed to the engine; `hosts` may be called by SERVICE.

    A SERVICE SILENT of another host gives one empty solution, as one that fails. Raises what `check_query` raises.
    """
    text = without_silent_services(text, hosts) if len(text) <= MAX_CHARACTERS else text
    check_query(text, hosts)
    return text


def _is_plainly_harmless(text: str) -> bool:
    """Return whether a short query holds nothing that could be refused, so that its tokens need not be read."""
    upper = text.upper()
    return (
        len(text) < _SHORT
        and not any(word in upper for word in _SUSPECT)
        and text.count("{") + text.count("(") + text.count("[") < MAX_DEPTH
        and not ("(" in text and (_IRI_AFTER_VARIABLE.search(text) or len(_AGGREGATE_CALL.findall(upper)) > 1))
    )


def guarded_update(text: str, hosts: Sequence[str] = ()) -> str:
    """Return the update as it may be handed to the engine; `hosts` may be called by SERVICE and LOAD.

    A LOAD SILENT of another host does nothing, as one that fails, and a SERVICE SILENT gives one empty solution.
    Raises QueryTooComplexError, ServiceRefusedError or QuerySyntaxError.
    """
    text = without_silent_services(without_silent_loads(text, hosts), hosts)
    for reading in _readings(text):
        _check(reading, _Limits(hosts, update=True))
    if (begin := first_token(text)) and begin.text.upper() in _FORMS:
        raise syntax_error_at(text, begin, "this is a query; an update is expected")
    return text


def _readings(text: str) -> Iterable[str]:
    return dict.fromkeys((text, unescape(text))) if "\\" in text else (text,)


@dataclass
class _Limits:
    """The hosts that may be called, and how many operators and clauses the text has so far."""

    hosts: Sequence[str]
    update: bool = False
    operators: int = 0
    clauses: int = 0

    def count(self, token: Token, *, in_data: bool) -> None:
        """Count a token. Raises QueryTooComplexError."""
        if token.kind == "operator" and token.text != "^^" and not in_data:
            self.operators += 1
        elif token.word in _CLAUSES:
            self.clauses += 1
        if self.operators > MAX_OPERATORS:
            raise QueryTooComplexError(f"more than {MAX_OPERATORS} operators; name many values in VALUES or IN instead")
        if self.clauses > MAX_CLAUSES:
            raise QueryTooComplexError(f"more than {MAX_CLAUSES} of {', '.join(sorted(_CLAUSES))}")


@dataclass
class _State:
    """The state of a reading: the brackets that are open, each with its content, and the two tokens before."""

    open: list[str] = field(default_factory=list)
    before: Token | None = None
    earlier: Token | None = None

    def copy(self) -> _State:
        """Return the same state, to go on from in another reading."""
        return _State([*self.open], self.before, self.earlier)

    def word_before(self) -> str:
        """Return the word that precedes, in upper case."""
        return self.before.word if self.before else ""

    def step(self, token: Token) -> None:
        """Go past a token. Raises QueryTooComplexError."""
        if token.kind == "close" and self.open:
            self.open.pop()
        elif token.kind == "open":
            if len(self.open) >= MAX_DEPTH:
                raise QueryTooComplexError(f"brackets nest deeper than {MAX_DEPTH}")
            self.open.append(self._opens(token))
        self.earlier, self.before = self.before, token

    def _opens(self, token: Token) -> str:
        """Return what a bracket holds: `data`, an `expression`, the argument of an `aggregate`, or anything else."""
        word = self.word_before()
        if token.text == "{":
            return "data" if word == "DATA" or "data" in self.open[-1:] else "pattern"
        if token.text != "(":
            return "nodes"
        if word in _AGGREGATES:
            return "aggregate"
        inside = bool(self.open) and self.open[-1] in ("expression", "aggregate")
        return "expression" if inside or word in _EXPRESSIONS else "list"


def _check(text: str, limits: _Limits) -> None:
    """Refuse what must not reach the engine, in each reading of an ambiguous `<`."""
    seen: dict[int, int] = {}
    pending = [(0, _State())]
    while pending:
        start, state = pending.pop()
        for token in tokens(text, start):
            _refuse_calls(token, state, limits)
            if seen.get(token.start, -1) >= len(state.open):
                break
            if token.start not in seen:
                limits.count(token, in_data="data" in state.open[-1:])
            seen[token.start] = len(state.open)
            _refuse_what_the_engine_accepts(text, token, state)
            if _may_be_less_than(token, state.before):
                pending.append((token.start + 1, state.copy()))
            state.step(token)
        else:
            _refuse_open_call(state)


def _refuse_calls(token: Token, state: _State, limits: _Limits) -> None:
    """Refuse SERVICE and LOAD, in whatever way the engine may read them, but those of an allowed host."""
    before = state.before
    if before and _is_call(before, limits):
        if token.word == "SILENT":
            return
        _refuse_host(token, before, limits)
    elif before and before.text.upper() == "SILENT" and state.earlier and _is_call(state.earlier, limits):
        _refuse_host(token, state.earlier, limits)
    word = token.word
    if ("SERVICE" in word or (limits.update and "LOAD" in word)) and not _is_call(token, limits):
        raise _refusal()
    glued = token.text == "{" and before is not None and before.kind == "name"
    if glued and before and _SERVICE_PREFIX.match(before.text):
        raise _refusal()
    outside = limits.update and not state.open and state.word_before() != "PREFIX"
    if outside and token.kind == "name" and _LOAD_PREFIX.match(token.text):
        raise _refusal()


def _is_call(token: Token, limits: _Limits) -> bool:
    return token.word == "SERVICE" or (token.word == "LOAD" and limits.update)


def _refuse_host(token: Token, call: Token, limits: _Limits) -> None:
    if token.kind == "iri" and is_host(token, limits.hosts):
        return
    raise _refusal(call.text.upper())


def _refuse_open_call(state: _State) -> None:
    if state.word_before() in ("SERVICE", "LOAD"):
        raise _refusal()


def _refusal(call: str = "SERVICE") -> ServiceRefusedError:
    return ServiceRefusedError(f"{call}: this server does not call others on a query's behalf")


def _refuse_what_the_engine_accepts(text: str, token: Token, state: _State) -> None:
    """Refuse what the grammar forbids and the engine accepts."""
    before = state.before
    outside = next((kind for kind in reversed(state.open) if kind != "nodes"), "")
    in_value = outside in ("expression", "aggregate")
    if before and before.text == "<<(" and in_value and (token.kind in _NO_SUBJECTS or token.text == "<<("):
        raise syntax_error_at(text, token, "the subject of a triple term is an IRI, a blank node or a variable")
    if token.word in _AGGREGATES and "aggregate" in state.open:
        inner = state.open[len(state.open) - state.open[::-1].index("aggregate") :]
        if "pattern" not in inner:
            raise syntax_error_at(text, token, "an aggregate cannot contain another aggregate")
    in_expression = bool(state.open) and state.open[-1] in ("expression", "aggregate")
    if token.kind == "iri" and in_expression and before and before.kind == "variable":
        raise syntax_error_at(text, token, f"“{token.text}” is read as an IRI here; put a space after “<” to compare")


def _may_be_less_than(token: Token, before: Token | None) -> bool:
    """Return whether `<…>` may also be read as a comparison that hides brackets or the start of a comment.

    It cannot where no operand precedes, nor where `scheme://` follows: no expression holds `//`.
    """
    if token.kind != "iri" or before is None or before.kind not in _OPERANDS or _AUTHORITY.match(token.text):
        return False
    return bool(_BRACKETS_OR_COMMENT.search(token.text))
