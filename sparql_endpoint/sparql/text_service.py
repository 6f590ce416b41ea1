"""Text search in a query: a SERVICE that this server answers itself, before the engine sees the query.

    PREFIX search: <https://w3id.org/nbkg/search#>
    SELECT ?work ?rank WHERE {
      SERVICE <https://w3id.org/nbkg/search> { ?work search:query "sult" ; search:rank ?rank ; search:limit 20 }
      ?work a ?class
    }

The SERVICE becomes VALUES, so that every engine answers the rest. https://www.w3.org/TR/sparql11-federated-query/#service
The rows of VALUES are kept beside the text until it is given to the engine, because what reads the text before, above
all the query guard, need not read them: a search with 200 results takes 1.7 of 8 ms less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from pyoxigraph import NamedNode

from sparql_endpoint.errors import RequestError
from sparql_endpoint.sparql.tokens import Token, find_closing, syntax_error_at, tokens, unescape

MOST = 10_000
"""Resources that one SERVICE finds at most."""
DEFAULT = 200
"""Resources that it finds where it names no limit."""
_MOST_SEARCHES = 20
"""Searches of one query."""
_MOST_CHARACTERS = 1_000_000
"""Characters of all that they find."""
_STRING_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


@dataclass(frozen=True)
class TextSearch:
    """What one SERVICE asks for."""

    query: str
    """Words, as the search page takes them; empty where a name is matched."""
    name: str
    """A name or an identifier that is matched with entities; empty where words are sought."""
    limit: int


Ranked = Sequence[tuple[str, float]]
"""IRIs in their order, each with its score; the score of a search by words is its rank."""
Search = Callable[[TextSearch], Ranked]


@dataclass(frozen=True)
class SearchedQuery:
    """A query with VALUES in place of its searches."""

    text: str
    rows: tuple[tuple[str, str], ...] = ()
    """The placeholders that stand in the text for the rows of VALUES, each with its rows."""


def may_have_text_searches(text: str) -> bool:
    """Return whether `answer_text_searches` has to read a query."""
    return "SERVICE" in text.upper()


def answer_text_searches(text: str, service: str, search: Search) -> SearchedQuery:
    """Return a query with VALUES in place of each SERVICE of this IRI.

    Raises RequestError where one of these holds what it does not understand, and what `search` raises.
    """
    if not may_have_text_searches(text):
        return SearchedQuery(text)
    unused = next(scheme for number in count() if (scheme := f"x-rows-{number}:") not in text)
    pieces, rows, end = list[str](), list[tuple[str, str]](), 0
    for start, pattern in _patterns(text, service):
        values = pattern.values(search)
        rows.append((f"<{unused}{len(rows)}>", values.rows))
        pieces += text[end:start], f"VALUES ({values.names}) {{ {rows[-1][0]} }}"
        end = pattern.group[-1].end
        _check_size(rows)
    return SearchedQuery("".join((*pieces, text[end:])), tuple(rows))


def _check_size(rows: Sequence[tuple[str, str]]) -> None:
    """Raise RequestError where searches are too many, or find too much."""
    if len(rows) > _MOST_SEARCHES:
        raise RequestError(
            f"the query has more than {_MOST_SEARCHES} text searches; ask for the others in another query"
        )
    if sum(len(texts) for _, texts in rows) > _MOST_CHARACTERS:
        raise RequestError("the query's text searches find too much; give each a lower search:limit")


def _patterns(text: str, service: str) -> Iterator[tuple[int, _Pattern]]:
    """Yield where each SERVICE of an IRI starts, and its pattern."""
    stream, end = list(tokens(text)), 0
    prefixes = dict(_prefixes(stream))
    for index, token in enumerate(stream):
        if token.word == "SERVICE" and token.start >= end:
            name = index + 1 + (stream[index + 1 : index + 2] != [] and stream[index + 1].word == "SILENT")
            if name < len(stream) and _iri(stream[name], prefixes) == service:
                pattern = _Pattern(text, _group(text, stream[name:]), prefixes, service)
                end = pattern.group[-1].end
                yield token.start, pattern


def _prefixes(stream: Sequence[Token]) -> Iterator[tuple[str, str]]:
    for first, second, third in zip(stream, stream[1:], stream[2:], strict=False):
        if first.word == "PREFIX" and third.kind == "iri":
            yield second.text, unescape(third.text[1:-1])


def _iri(token: Token, prefixes: Mapping[str, str]) -> str:
    """Return the IRI that a token means; an empty text where it means none."""
    if token.kind == "iri":
        return unescape(token.text[1:-1])
    prefix, colon, local = token.text.partition(":")
    return prefixes.get(f"{prefix}:", "") + local if token.kind == "name" and colon else ""


def _group(text: str, stream: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens of the group after an IRI, with its braces."""
    closing = find_closing(stream[1:]) if len(stream) > 1 and stream[1].text == "{" else None
    if closing is None:
        raise _error(text, stream[0], "a group in braces is expected after the search service")
    return stream[1 : stream.index(closing) + 1]


@dataclass(frozen=True)
class _Values:
    """The names and the rows of VALUES."""

    names: str
    rows: str


@dataclass(frozen=True)
class _Pattern:
    """The pattern in a SERVICE: one subject with some properties."""

    text: str
    group: Sequence[Token]
    prefixes: Mapping[str, str]
    service: str

    def values(self, search: Search) -> _Values:
        """Return values of the subject, and of the rank or the score where these are wanted."""
        subject, objects = self._read()
        number = objects.get("rank") or objects.get("score")
        rows = search(self._search(objects))
        names = " ".join(token.text for token in (subject, number) if token)
        lines = (f"({NamedNode(iri)}{f' {score:g}' if number else ''})" for iri, score in rows)
        return _Values(names, " ".join(lines))

    def _read(self) -> tuple[Token, Mapping[str, Token]]:
        """Return the subject, and the objects by the local names of the properties."""
        inside = [token for token in self.group[1:-1] if token.kind != "language"]
        if not inside or inside[0].kind != "variable":
            raise self._error(self.group[0], 'begins with a variable: ?thing search:query "words"')
        triples = inside[1:] if len(inside) % 3 == 1 else [*inside[1:], Token("stop", ".", 0, 0)]
        names, values, stops = (triples[start::3] for start in range(3))
        if len(triples) % 3 or any(token.text not in (";", ".") for token in stops):
            raise self._error(inside[0], "has one subject, and properties with one object each, parted by semicolons")
        pairs = zip(names, values, strict=True)
        return inside[0], {self._property(name, value): value for name, value in pairs}

    def _property(self, name: Token, value: Token) -> str:
        iri = _iri(name, self.prefixes)
        local = iri.removeprefix(f"{self.service}#")
        kind = _KINDS.get(local) if iri != local else None
        if kind is None:
            raise self._error(name, f"knows no property {name.text}; it has {', '.join(_KINDS)}")
        if value.kind != kind:
            raise self._error(value, f"needs a {kind} after {name.text}")
        return local

    def _search(self, objects: Mapping[str, Token]) -> TextSearch:
        self._check(objects)
        query, name = (_string(objects[one].text) if one in objects else "" for one in ("query", "name"))
        limit = int(float(objects["limit"].text)) if "limit" in objects else DEFAULT
        return TextSearch(query, name, min(limit, MOST))

    def _check(self, objects: Mapping[str, Token]) -> None:
        if ("query" in objects) == ("name" in objects):
            raise self._error(self.group[0], "needs either search:query or search:name")
        kind, number, other = ("query", "rank", "score") if "query" in objects else ("name", "score", "rank")
        if other in objects:
            raise self._error(objects[other], f"gives a {number} for a {kind}")

    def _error(self, token: Token, message: str) -> RequestError:
        return _error(self.text, token, f"the search service {message}")


_KINDS = {"query": "string", "name": "string", "rank": "variable", "score": "variable", "limit": "number"}
"""The properties, and the kind of token that is their object."""


def _error(text: str, token: Token, message: str) -> RequestError:
    """Return an error with the line and column of a token, to which no hint about SPARQL is added."""
    return RequestError(str(syntax_error_at(text, token, message)))


def _string(token: str) -> str:
    """Return the text of a string token (https://www.w3.org/TR/sparql11-query/#grammarEscapes)."""
    quotes = 3 if token[:3] in ('"""', "'''") else 1
    text, result, escaped = unescape(token[quotes:-quotes]), list[str](), False
    for character in text:
        if not escaped and character == "\\":
            escaped = True
            continue
        result.append(_STRING_ESCAPES.get(character, character) if escaped else character)
        escaped = False
    return "".join(result)
