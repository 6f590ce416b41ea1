"""The loader's own queries, one `.rq` file each; relative IRIs in them are below the base that they are asked with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = Mapping[str, Term]
"""One solution; variables that are not bound are not in it."""


@cache
def query(name: str) -> str:
    """The text of `queries/{name}.rq`."""
    return files(__name__).joinpath(f"{name}.rq").read_text(encoding="utf-8")


def rows(store: ox.Store, name: str, base: str, graphs: Sequence[ox.NamedNode] | None = None) -> Iterator[Row]:
    """The rows of the SELECT query `queries/{name}.rq`; `graphs` take the default graph's place."""
    where = {} if graphs is None else {"default_graph": [*graphs]}
    found = store.query(query(name), base_iri=base, **where)  # type: ignore[arg-type]  # a dict of two keyword's types
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError(f"{name}.rq is no SELECT query")
    names = [(variable.value, variable) for variable in found.variables]
    for row in found:
        yield {name: term for name, variable in names if (term := row[variable]) is not None}


def number(row: Row, name: str) -> int:
    """The number that a variable is bound to; 0 where it is not bound."""
    term = row.get(name)
    return int(term.value) if isinstance(term, ox.Literal) else 0
