"""Whether a query or an update may be handed on to the engine, read from its tokens.

The engine reads without a lexer, so it takes
`trueSERVICE` for two words, and `<` followed by an operand for "less than" even where a `>` stands later; what is
refused here is refused in every such reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sparql_endpoint.errors import QueryTooComplexError, ServiceRefusedError, TooLargeError
from sparql_endpoint.sparql.tokens import Token, at, first, tokens, unescaped

MAX_CHARACTERS = 1_000_000
"""Characters of one query."""
MAX_DEPTH = 64
"""How deep brackets of any kind may nest; the engine's stack bears a little over 128 of the heaviest kind."""
MAX_OPERATORS = 500
"""Operators of one query: the engine descends once for each link of a chain such as `?a || ?b || …`."""
MAX_CLAUSES = 200
"""OPTIONAL, UNION, MINUS, BIND, FILTER, VALUES and EXISTS of one query, for the same reason."""


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
"""Fewer characters cannot hold too many operators or clauses."""
_SUSPECT = ("SERVICE", "\\", "<<")
_AGGREGATE_CALL = re.compile(rf"(?:{'|'.join(sorted(_AGGREGATES))})\s*\(")
_IRI_AFTER_VARIABLE = re.compile(r"[?$]\w+\s*<[^\s<>]*>")
_LOAD_SILENT = re.compile(r"\bload\s+silent\b", re.IGNORECASE)


def checked(text: str, hosts: Sequence[str] = ()) -> str:
    """The query as it may be handed on to the engine; `hosts` may be called by SERVICE.

    Raises TooLargeError, QueryTooComplexError, ServiceRefusedError or QuerySyntaxError.
    """
    if len(text) > MAX_CHARACTERS:
        raise TooLargeError(f"the query has {len(text)} characters; {MAX_CHARACTERS} are allowed")
    if not _is_plainly_harmless(text):
        for reading in _readings(text):
            _check(reading, _Limits(hosts))
    return text


def _is_plainly_harmless(text: str) -> bool:
    """Whether a short query holds nothing that any of the refusals is about, so that its tokens need not be read."""
    upper = text.upper()
    return (
        len(text) < _SHORT
        and not any(word in upper for word in _SUSPECT)
        and text.count("{") + text.count("(") + text.count("[") < MAX_DEPTH
        and not ("(" in text and (_IRI_AFTER_VARIABLE.search(text) or len(_AGGREGATE_CALL.findall(upper)) > 1))
    )


def checked_update(text: str, hosts: Sequence[str] = ()) -> str:
    """The update as it may be handed on to the engine; `hosts` may be called by SERVICE and LOAD.

    A LOAD SILENT of another host does nothing, as one that fails (https://www.w3.org/TR/sparql11-update/#load).
    Raises QueryTooComplexError, ServiceRefusedError or QuerySyntaxError.
    """
    text = _without_silent_loads(text, hosts)
    for reading in _readings(text):
        _check(reading, _Limits(hosts, update=True))
    if (begin := first(text)) and begin.text.upper() in _FORMS:
        raise at(text, begin, "this is a query; an update is expected")
    return text


def _without_silent_loads(text: str, hosts: Sequence[str]) -> str:
    """The update with an operation that does nothing in place of each LOAD SILENT that is not allowed."""
    if not _LOAD_SILENT.search(text):
        return text
    made: list[str] = []
    done, depth = 0, 0
    stream = list(tokens(text))
    words = [token.text.upper() if token.kind == "word" else "" for token in stream]
    for place, token in enumerate(stream):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth or words[place : place + 2] != ["LOAD", "SILENT"] or _is_allowed(stream[place + 2 :], hosts):
            continue
        into = words[place + 3 : place + 5] == ["INTO", "GRAPH"]
        last = stream[min(place + (5 if into else 2), len(stream) - 1)]
        made += text[done : token.start], "INSERT DATA {}"
        done = last.end
    return "".join((*made, text[done:]))


def _is_allowed(rest: Sequence[Token], hosts: Sequence[str]) -> bool:
    return bool(rest) and rest[0].kind == "iri" and _is_host(rest[0], hosts)


def _is_host(iri: Token, hosts: Sequence[str]) -> bool:
    address = urlsplit(unescaped(iri.text[1:-1]))
    return address.scheme in ("http", "https") and bool({address.hostname, address.netloc} & set(hosts))


def _readings(text: str) -> Iterable[str]:
    return dict.fromkeys((text, unescaped(text))) if "\\" in text else (text,)


@dataclass
class _Limits:
    """What is allowed, and what of it is used up."""

    hosts: Sequence[str]
    update: bool = False
    operators: int = 0
    clauses: int = 0

    def count(self, token: Token, *, in_data: bool) -> None:
        """Takes a token into account. Raises QueryTooComplexError."""
        if token.kind == "operator" and token.text != "^^" and not in_data:
            self.operators += 1
        elif token.kind == "word" and token.text.upper() in _CLAUSES:
            self.clauses += 1
        if self.operators > MAX_OPERATORS:
            raise QueryTooComplexError(f"more than {MAX_OPERATORS} operators; name many values in VALUES or IN instead")
        if self.clauses > MAX_CLAUSES:
            raise QueryTooComplexError(f"more than {MAX_CLAUSES} of {', '.join(sorted(_CLAUSES))}")


@dataclass
class _Place:
    """Where the reading stands: the brackets that are open, each with what it holds, and the two tokens before."""

    open: list[str] = field(default_factory=list)
    before: Token | None = None
    earlier: Token | None = None

    def copy(self) -> _Place:
        """The same place, to go on from in another reading."""
        return _Place([*self.open], self.before, self.earlier)

    def word_before(self) -> str:
        """The word that precedes, in upper case."""
        return self.before.text.upper() if self.before and self.before.kind == "word" else ""

    def step(self, token: Token) -> None:
        """Goes past a token. Raises QueryTooComplexError."""
        if token.kind == "close" and self.open:
            self.open.pop()
        elif token.kind == "open":
            if len(self.open) >= MAX_DEPTH:
                raise QueryTooComplexError(f"brackets nest deeper than {MAX_DEPTH}")
            self.open.append(self._opens(token))
        self.earlier, self.before = self.before, token

    def _opens(self, token: Token) -> str:
        """What a bracket holds: `data`, an `expression`, an `aggregate`'s argument, or anything else."""
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
    """Refuses what must not reach the engine, in each reading of an ambiguous `<`."""
    seen: dict[int, int] = {}
    pending = [(0, _Place())]
    while pending:
        start, place = pending.pop()
        for token in tokens(text, start):
            _refuse_calls(token, place, limits)
            if seen.get(token.start, -1) >= len(place.open):
                break
            if token.start not in seen:
                limits.count(token, in_data="data" in place.open[-1:])
            seen[token.start] = len(place.open)
            _refuse_what_the_engine_takes(text, token, place)
            if _may_be_less_than(token, place.before):
                pending.append((token.start + 1, place.copy()))
            place.step(token)
        else:
            _refuse_open_call(place)


def _refuse_calls(token: Token, place: _Place, limits: _Limits) -> None:
    """Refuses SERVICE and LOAD, in whatever way the engine may read them, but those of an allowed host."""
    before = place.before
    if before and _is_call(before, limits):
        if token.kind == "word" and token.text.upper() == "SILENT":
            return
        _refuse_host(token, before, limits)
    elif before and before.text.upper() == "SILENT" and place.earlier and _is_call(place.earlier, limits):
        _refuse_host(token, place.earlier, limits)
    if token.kind == "word" and not _is_call(token, limits):
        upper = token.text.upper()
        if "SERVICE" in upper or (limits.update and "LOAD" in upper):
            raise _refused()
    glued = token.text == "{" and before is not None and before.kind == "name"
    if glued and before and _SERVICE_PREFIX.match(before.text):
        raise _refused()
    outside = limits.update and not place.open and place.word_before() != "PREFIX"
    if outside and token.kind == "name" and _LOAD_PREFIX.match(token.text):
        raise _refused()


def _is_call(token: Token, limits: _Limits) -> bool:
    word = token.text.upper() if token.kind == "word" else ""
    return word == "SERVICE" or (word == "LOAD" and limits.update)


def _refuse_host(token: Token, call: Token, limits: _Limits) -> None:
    if token.kind == "iri" and _is_host(token, limits.hosts):
        return
    raise _refused(call.text.upper())


def _refuse_open_call(place: _Place) -> None:
    if place.word_before() in ("SERVICE", "LOAD"):
        raise _refused()


def _refused(call: str = "SERVICE") -> ServiceRefusedError:
    return ServiceRefusedError(f"{call}: this server does not call others on a query's behalf")


def _refuse_what_the_engine_takes(text: str, token: Token, place: _Place) -> None:
    """Refuses what the grammar forbids and the engine lets pass."""
    before = place.before
    outside = next((kind for kind in reversed(place.open) if kind != "nodes"), "")
    in_value = outside in ("expression", "aggregate")
    if before and before.text == "<<(" and in_value and (token.kind in _NO_SUBJECTS or token.text == "<<("):
        raise at(text, token, "the subject of a triple term is an IRI, a blank node or a variable")
    if token.kind == "word" and token.text.upper() in _AGGREGATES and "aggregate" in place.open:
        inner = place.open[len(place.open) - place.open[::-1].index("aggregate") :]
        if "pattern" not in inner:
            raise at(text, token, "an aggregate cannot stand inside another")
    in_expression = bool(place.open) and place.open[-1] in ("expression", "aggregate")
    if token.kind == "iri" and in_expression and before and before.kind == "variable":
        raise at(text, token, f"“{token.text}” is read as an IRI here; put a space after “<” to compare")


def _may_be_less_than(token: Token, before: Token | None) -> bool:
    """Whether `<…>` may also be read as a comparison that hides brackets or the start of a comment.

    It cannot where no operand precedes, nor where `scheme://` follows: no expression holds `//`.
    """
    if token.kind != "iri" or before is None or before.kind not in _OPERANDS or _AUTHORITY.match(token.text):
        return False
    return bool(_BRACKETS_OR_COMMENT.search(token.text))
