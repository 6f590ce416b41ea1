"""What a store is to the endpoint: it answers queries in bytes, and the pages' own queries in rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sparql_endpoint.formats import Format

Term = NamedNode | BlankNode | Literal | Triple
Row = Mapping[str, Term]
"""One solution; variables that are not bound are not in it."""


@dataclass(frozen=True)
class Question:
    """A query and the graphs that the request or its own FROM names; none, and the dataset is the store's own."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class Store(Protocol):
    """Any store behind the endpoint; safe to use from several threads."""

    def version(self) -> str:
        """What identifies the data served now; another text as soon as the data is another."""
        ...

    def answer(self, question: Question, form: Format, prefixes: Mapping[str, str] | None = None) -> Iterable[bytes]:
        """The answer in blocks of bytes; every error is raised before the first block is there.

        A list where its length is known; else an iterator to be closed.

        `prefixes` shorten the IRIs of triples in the formats that have prefixes.
        Raises QuerySyntaxError, RequestError or StoreError.
        """
        ...

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Sequence[Row]:
        """The rows of one of our own SELECT queries, with values bound to some of its projected variables."""
        ...
