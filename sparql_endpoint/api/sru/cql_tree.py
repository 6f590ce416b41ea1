"""What a query in CQL is made of (https://www.loc.gov/standards/sru/cql/spec.html)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class CqlModifier(NamedTuple):
    """A modifier of a relation, a boolean or a sort key: `/sort.descending`."""

    name: str
    comparison: str = ""
    value: str = ""


@dataclass(frozen=True)
class CqlClause:
    """An index, a relation and a term; a term alone has the index and the relation of the server's choice."""

    index: str
    relation: str
    modifiers: Sequence[CqlModifier]
    term: str


@dataclass(frozen=True)
class CqlBoolean:
    """Two clauses with a boolean between."""

    operator: str
    modifiers: Sequence[CqlModifier]
    left: CqlNode
    right: CqlNode


CqlNode = CqlClause | CqlBoolean


class CqlSortKey(NamedTuple):
    """An index that results are sorted by."""

    name: str
    modifiers: Sequence[CqlModifier] = ()


class CqlQuery(NamedTuple):
    """A query with the keys by which its results are sorted, and the prefixes that it declares."""

    root: CqlNode
    sort: Sequence[CqlSortKey] = ()
    prefixes: Sequence[tuple[str, str]] = ()
    """Names of context sets and the IRIs that they stand for."""
