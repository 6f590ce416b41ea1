"""Our own queries: values bound to their variables in the text, and the solutions read from a server's JSON.

https://www.w3.org/TR/sparql11-results-json/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from nbkg.rdf.vocabulary import XSD
from sparql_endpoint.errors import BadGatewayError
from sparql_endpoint.sparql.tokens import Token, tokens
from sparql_endpoint.stores.base import Row, Term

_ANY_URI = NamedNode(f"{XSD}anyURI")


def bound(query: str, bindings: Mapping[str, Term]) -> str:
    """Return the query with its variables bound by VALUES, which every engine knows.

    VALUES comes first in the pattern, where it is joined before LIMIT and GROUP BY, and in each sub-query that selects
    the variable, so that no engine evaluates that one for all values first.
    """
    if not bindings:
        return query
    variables, terms = " ".join(f"?{name}" for name in bindings), " ".join(map(str, bindings.values()))
    return _insert(query, frozenset(bindings), f" VALUES ({variables}) {{ ({terms}) }} ")


def among(query: str, name: str, terms: Iterable[Term]) -> str:
    """Return the query with a variable bound to each of several terms; with no term it finds nothing."""
    return _insert(query, frozenset({name}), f" VALUES ?{name} {{ {' '.join(map(str, terms))} }} ")


def _insert(query: str, names: frozenset[str], values: str) -> str:
    ends = _ends(query, names)
    return values.join(query[start:end] for start, end in zip([0, *ends], [*ends, len(query)], strict=True))


@lru_cache(maxsize=256)
def _ends(query: str, names: frozenset[str]) -> Sequence[int]:
    """Return the offsets where VALUES for these names go into one of our queries, of which there are few."""
    return [token.end for token in _patterns(query, names)]


def _patterns(query: str, names: frozenset[str]) -> Iterator[Token]:
    """Yield the braces that open the patterns of the query and of the sub-queries that select all the names."""
    selected: set[str] | None = None
    for token in tokens(query):
        if token.kind == "word" and token.text.upper() == "SELECT":
            selected = set()
        elif selected is not None and token.kind == "variable":
            selected.add(token.text[1:])
        elif selected is not None and token.text == "*":
            selected.update(names)
        elif selected is not None and token.text == "{":
            if names <= selected:
                yield token
            selected = None


def rows(answer: bytes) -> Sequence[Row]:
    """Return the solutions of a result in JSON; blank nodes get new labels, as theirs mean nothing in another result.

    Raises BadGatewayError where it does not have that form.
    """
    nodes: dict[str, BlankNode] = {}
    try:
        bindings = json.loads(answer)["results"]["bindings"]
        return [{name: _term(value, nodes) for name, value in row.items()} for row in bindings]
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise BadGatewayError("the upstream server sent no SPARQL results in JSON") from error


def _term(value: Mapping[str, Any], nodes: dict[str, BlankNode]) -> Term:
    kind, text = value["type"], value["value"]
    if kind == "uri":
        return _iri(text)
    if kind == "bnode":
        return nodes.setdefault(text, BlankNode())
    if kind == "triple":
        return Triple(*(_term(text[part], nodes) for part in ("subject", "predicate", "object")))  # type: ignore[arg-type]  # legal by its place
    return _literal(text, value.get("xml:lang", ""), value.get("datatype", ""))


def _iri(text: str) -> Term:
    """Return the IRI; what a server sends as an IRI though it is none becomes a literal, so that it can be shown."""
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
    """Return the boolean of a result of ASK. Raises BadGatewayError where it has none."""
    try:
        boolean = json.loads(answer)["boolean"]
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise BadGatewayError("the upstream server sent no boolean in JSON") from error
    return boolean is True
