"""Our own queries to a server: values bound to their variables in the text, and the rows read from its JSON.

https://www.w3.org/TR/sparql11-results-json/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sparql_endpoint.errors import BadGatewayError
from sparql_endpoint.sparql.tokens import Token, tokens
from sparql_endpoint.stores.base import Row, Term

_ANY_URI = NamedNode("http://www.w3.org/2001/XMLSchema#anyURI")


def bound(query: str, bindings: Mapping[str, Term]) -> str:
    """The query with its variables bound by VALUES, which every engine knows.

    It stands first in the pattern, where it is joined before LIMIT and GROUP BY do their part, and in each sub-query
    that gives the variable, so that no engine has to work that one out for all values first.
    """
    if not bindings:
        return query
    ends = _ends(query, frozenset(bindings))
    values = _values(bindings)
    pieces = [query[start:end] for start, end in zip([0, *ends], [*ends, len(query)], strict=True)]
    return values.join(pieces)


def among(query: str, name: str, terms: Iterable[Term]) -> str:
    """The query with a variable bound to each of several terms; where there are none it finds nothing."""
    ends = _ends(query, frozenset({name}))
    values = f" VALUES ?{name} {{ {' '.join(map(str, terms))} }} "
    return values.join(query[start:end] for start, end in zip([0, *ends], [*ends, len(query)], strict=True))


@lru_cache(maxsize=256)
def _ends(query: str, names: frozenset[str]) -> Sequence[int]:
    """Where values for these names are put into one of our queries, of which there are few."""
    return [token.end for token in _patterns(query, names)]


def _values(bindings: Mapping[str, Term]) -> str:
    variables = " ".join(f"?{name}" for name in bindings)
    return f" VALUES ({variables}) {{ ({' '.join(map(str, bindings.values()))}) }} "


def _patterns(query: str, names: frozenset[str]) -> Iterator[Token]:
    """The braces that open the patterns of the query and of the sub-queries that give all the names."""
    given: set[str] | None = None
    for token in tokens(query):
        if token.kind == "word" and token.text.upper() == "SELECT":
            given = set()
        elif given is not None and token.kind == "variable":
            given.add(token.text[1:])
        elif given is not None and token.text == "*":
            given.update(names)
        elif given is not None and token.text == "{":
            if names <= given:
                yield token
            given = None


def rows(answer: bytes) -> Sequence[Row]:
    """The rows of an answer in JSON; blank nodes get labels of our own, as theirs mean nothing in another answer.

    Raises BadGatewayError where it is not of that form.
    """
    nodes: dict[str, BlankNode] = {}
    try:
        bindings = json.loads(answer)["results"]["bindings"]
        return [{name: _term(value, nodes) for name, value in row.items()} for row in bindings]
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise BadGatewayError("the server behind gave no SPARQL results in JSON") from error


def _term(value: Mapping[str, Any], nodes: dict[str, BlankNode]) -> Term:
    kind, text = value["type"], value["value"]
    if kind == "uri":
        return _iri(text)
    if kind == "bnode":
        return nodes.setdefault(text, BlankNode())
    if kind == "triple":
        return Triple(*(_term(text[part], nodes) for part in ("subject", "predicate", "object")))  # type: ignore[arg-type]
    return _literal(text, value.get("xml:lang", ""), value.get("datatype", ""))


def _iri(text: str) -> Term:
    """An IRI; what a server gives for one though it is none becomes a literal, so that it can be shown."""
    try:
        return NamedNode(text)
    except ValueError:
        return Literal(text, datatype=_ANY_URI)


def _literal(text: str, language: str, datatype: str) -> Literal:
    try:
        if language:
            return Literal(text, language=language)
        return Literal(text, datatype=NamedNode(datatype)) if datatype else Literal(text)
    except ValueError:
        return Literal(text)


def yes(answer: bytes) -> bool:
    """What an answer to ASK says. Raises BadGatewayError where it is none."""
    try:
        said = json.loads(answer)["boolean"]
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise BadGatewayError("the server behind gave no yes or no in JSON") from error
    return said is True
