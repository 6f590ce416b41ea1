"""Long lists in parts, so that the page of someone with thousands of works takes no longer than others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from flask import request
from pyoxigraph import NamedNode

from sparql_endpoint.pages.library.work_lists import group_rows
from sparql_endpoint.queries import part, query
from sparql_endpoint.stores.base import Row, Store, Term
from sparql_endpoint.stores.rows import among

SIZE = 200
"""Rows of a part. They are in the order of the store: to sort tens of thousands takes as long as to read them."""
_MOST = 1_000_000


@dataclass(frozen=True)
class PartLinks:
    """Which part of the lists a page shows, and the addresses of the parts before and after it."""

    number: int
    previous: str
    next: str


class ListParts:
    """Reads the part of each list that the request names by `?part=`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._number = min(max(1, request.args.get("part", 1, type=int) or 1), _MOST)
        self._has_more = False

    def rows(self, name: str, variable: str, resource: NamedNode) -> Sequence[Row]:
        """Return the rows of a query about a thing that belong to the part."""
        return self.all_rows(name, {variable: resource})

    def all_rows(self, name: str, bindings: Mapping[str, Term] = MappingProxyType({})) -> Sequence[Row]:
        """Return the rows of a query, with variables bound, that belong to the part."""
        rows = self._store.select(part(name, SIZE + 1, SIZE * (self._number - 1)), bindings)
        self._has_more = self._has_more or len(rows) > SIZE
        return rows[:SIZE]

    def named(self, name: str, variable: str, resource: NamedNode) -> dict[NamedNode, str]:
        """Return the nodes of such a query, each with its first name."""
        return self.with_names(row["thing"] for row in self.rows(name, variable, resource))

    def with_names(self, terms: Iterable[Term]) -> dict[NamedNode, str]:
        """Return things, each with its first name, or an empty one."""
        nodes = [term for term in dict.fromkeys(terms) if isinstance(term, NamedNode)]
        named = self._store.select(among(query("pages/library/names"), "thing", nodes)) if nodes else ()
        return dict.fromkeys(nodes, "") | dict(group_rows(named))

    def links(self) -> PartLinks | None:
        """Return the links to other parts; None where everything is in this one."""
        if self._number == 1 and not self._has_more:
            return None
        before = _address(self._number - 1) if self._number > 1 else ""
        return PartLinks(self._number, before, _address(self._number + 1) if self._has_more else "")


def _address(number: int) -> str:
    others = [(name, value) for name, value in request.args.items(multi=True) if name not in ("list", "page", "part")]
    return f"?{urlencode([*others, ('part', number)])}"
