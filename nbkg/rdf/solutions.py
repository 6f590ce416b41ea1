"""The solutions of a SELECT query, and the values in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = Mapping[str, Term]
"""One solution; variables that are not bound are not in it."""


def rows(results: object) -> Iterator[Row]:
    """Yield the solutions of a query. Raises TypeError where it is not a SELECT query."""
    if not isinstance(results, ox.QuerySolutions):
        raise TypeError("a SELECT query is expected")
    # By position: looking a variable up by name costs more than the engine's work for the row.
    names = list(enumerate(variable.value for variable in results.variables))
    for solution in results:
        yield {name: term for index, name in names if (term := solution[index]) is not None}


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
