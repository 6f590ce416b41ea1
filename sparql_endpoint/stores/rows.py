"""The rows of an answer in JSON, and the yes or no.

https://www.w3.org/TR/sparql11-results-json/
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sparql_endpoint.errors import BadGatewayError
from sparql_endpoint.stores.base import Row, Term

_ANY_URI = NamedNode("http://www.w3.org/2001/XMLSchema#anyURI")


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
