"""The solutions of a SELECT query, and the values in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = Mapping[str, Term]
"""One solution; variables that are not bound are not in it."""
_ORDER: Mapping[type, int] = {ox.BlankNode: 0, ox.NamedNode: 1, ox.Literal: 2, ox.Triple: 3}
_LAST = "\U0010ffff"
"""Sorts what has no language behind what has one."""


def rows(results: object, bound: Row = MappingProxyType({})) -> Iterator[Row]:
    """Yield the solutions of a query, in all of which some variables are bound to the same terms.

    Raises TypeError where it is not a SELECT query.
    """
    if not isinstance(results, ox.QuerySolutions):
        raise TypeError("a SELECT query is expected")
    # By position: looking a variable up by name costs more than the engine's work for the row.
    names = [(index, one.value) for index, one in enumerate(results.variables) if one.value not in bound]
    for solution in results:
        yield {**bound, **{name: term for index, name in names if (term := solution[index]) is not None}}


def term_order(term: Term) -> tuple[int, str, str]:
    """Return the key that sorts terms: blank nodes, IRIs, literals, each by its text, and literals then by language.

    That is ORDER BY as the engine does it (https://www.w3.org/TR/sparql11-query/#modOrderBy), but for numbers and
    dates, which are sorted as texts here. The engine takes up to half of a query's time for it.
    """
    text = str(term) if isinstance(term, ox.Triple) else term.value
    return _ORDER[type(term)], text, getattr(term, "language", "") or _LAST


def text(row: Row, name: str) -> str:
    """Return the text or IRI that a variable is bound to; "" where it is not bound."""
    term = row.get(name)
    return "" if term is None else str(term) if isinstance(term, ox.Triple) else term.value


def literal_text(row: Row, name: str) -> str:
    """Return the text of the literal that a variable is bound to; "" where it is bound to none."""
    term = row.get(name)
    return term.value if isinstance(term, ox.Literal) else ""


def is_true(term: Term | None) -> bool:
    """Return whether a term is the boolean true."""
    return isinstance(term, ox.Literal) and term.value in ("true", "1")


def iri_value(row: Row, name: str) -> ox.NamedNode:
    """Return the IRI that a variable is bound to. Raises TypeError for another term, KeyError for none."""
    term = row[name]
    if not isinstance(term, ox.NamedNode):
        raise TypeError(f"?{name} is bound to {term}, which is not an IRI")
    return term
