"""The interface of a store: it answers queries in bytes, and the endpoint's own queries in solutions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from nbkg.rdf.solutions import Row, Term
from sparql_endpoint.http.formats import Format

__all__ = ["Document", "Question", "Row", "Store", "Term", "Update", "WritableStore"]


@dataclass(frozen=True)
class Question:
    """A query and the graphs that the request or its own FROM names; without any, the dataset is the store's own."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    plain: bool = False
    """True: without graphs, the dataset's default graph is the plain one, whatever the store's own setting."""
    base: str = ""
    """The base IRI of relative ones; empty where the text has none."""
    rows: tuple[tuple[str, str], ...] = ()
    """Rows of VALUES that the server has made, each with the placeholder that stands for them in the text."""

    def with_rows(self, text: str) -> str:
        """Return a form of the text with its rows, as an engine reads it."""
        for placeholder, rows in self.rows:
            text = text.replace(placeholder, rows)
        return text


@dataclass(frozen=True)
class Update:
    """A SPARQL update and the graphs that the request names for its patterns (section 2.2.3 of the protocol)."""

    text: str
    using_graphs: tuple[str, ...] = ()
    using_named_graphs: tuple[str, ...] = ()
    base: str = ""
    """The base IRI of relative ones; empty where the text has none."""


@dataclass(frozen=True)
class Document:
    """An RDF document as it was sent, and the base of its relative IRIs."""

    content: bytes
    form: Format
    base: str


class Store(Protocol):
    """Any store behind the endpoint; safe to use from several threads."""

    def version(self) -> str:
        """Return what identifies the data served now; it changes with the data.

        It is empty where nothing identifies the data: then nothing may be cached.
        """
        ...

    def modified(self) -> float | None:
        """Return when that data came to be served, in seconds since 1970; None where it is not known."""
        ...

    def has_graph(self, graph: str | None) -> bool:
        """Return whether the store has the graph; it always has the default graph, None."""
        ...

    def left_out(self) -> Sequence[str]:
        """Return the named graphs that the present leaves out: history and evidence, which are asked with GRAPH."""
        ...

    def answer(self, question: Question, form: Format, prefixes: Mapping[str, str] | None = None) -> Iterable[bytes]:
        """Return the result in blocks: a list where it is complete already, else an iterator that must be closed.

        An error before the first block is full is raised here; a later one by the iterator, so that whoever sends the
        blocks breaks the stream off and no client takes a part for all of it.

        `prefixes` shorten the IRIs of triples in the formats that have prefixes.
        Raises QuerySyntaxError, RequestError or StoreError.
        """
        ...

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Sequence[Row]:
        """Return the solutions of one of our own SELECT queries, with values bound to some of its variables."""
        ...


class WritableStore(Store, Protocol):
    """A store that also takes changes, one at a time; each is atomic, durable and visible once the call returns."""

    def exclusive(self) -> AbstractContextManager[None]:
        """Hold back the changes of others until the context ends, as far as the store can. Raises BusyError."""
        ...

    def update(self, update: Update) -> None:
        """Carry out all operations of a SPARQL update, or none. Raises QuerySyntaxError, RequestError or StoreError."""
        ...

    def write_graph(self, graph: str | None, documents: Sequence[Document], *, replace: bool) -> bool:
        """Add the triples of documents to a graph, or replace what it holds; return whether the graph is new.

        None is the plain default graph. Raises RequestError with the line where a document does not parse.
        """
        ...

    def delete_graph(self, graph: str | None) -> bool:
        """Remove the graph, or empty the default one; return False where the store has none of that name."""
        ...
