"""What a store is to the endpoint: it answers queries in bytes, and the pages' own queries in rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from sparql_endpoint.http.formats import Format

Term = NamedNode | BlankNode | Literal | Triple
Row = Mapping[str, Term]
"""One solution; variables that are not bound are not in it."""


@dataclass(frozen=True)
class Question:
    """A query and the graphs that the request or its own FROM names; none, and the dataset is the store's own."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    plain: bool = False
    """True: without graphs, the dataset's default graph is the plain one, whatever the store's own setting."""
    base: str = ""
    """What relative IRIs are resolved against; empty where there are none."""


@dataclass(frozen=True)
class Update:
    """A SPARQL update and the graphs that the request names for its patterns (section 2.2.3 of the protocol)."""

    text: str
    using_graphs: tuple[str, ...] = ()
    using_named_graphs: tuple[str, ...] = ()
    base: str = ""
    """What relative IRIs are resolved against; empty where there are none."""


@dataclass(frozen=True)
class Document:
    """An RDF document as it was sent; `base` is what its relative IRIs are resolved against."""

    content: bytes
    form: Format
    base: str


class Store(Protocol):
    """Any store behind the endpoint; safe to use from several threads."""

    def version(self) -> str:
        """What identifies the data served now; another text as soon as the data is another.

        Empty where nothing tells: then nothing may be kept.
        """
        ...

    def modified(self) -> float | None:
        """When that data came to be served, in seconds since 1970; None where it is not known."""
        ...

    def has_graph(self, graph: str | None) -> bool:
        """Whether the graph is there; the default graph, None, always is."""
        ...

    def left_out(self) -> Sequence[str]:
        """Return the named graphs that the present leaves out: history and evidence, which are asked with GRAPH."""
        ...

    def answer(self, question: Question, form: Format, prefixes: Mapping[str, str] | None = None) -> Iterable[bytes]:
        """The answer in blocks of bytes: a list where it is whole already, else an iterator that is to be closed.

        An error before the first block is full is raised here; a later one by the iterator, so that whoever sends the
        blocks breaks the stream off and no client takes a part for the whole.

        `prefixes` shorten the IRIs of triples in the formats that have prefixes.
        Raises QuerySyntaxError, RequestError or StoreError.
        """
        ...

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Sequence[Row]:
        """The rows of one of our own SELECT queries, with values bound to some of its projected variables."""
        ...


class WritableStore(Store, Protocol):
    """A store that also takes changes, one at a time; each is atomic, durable and visible once the call returns."""

    def update(self, update: Update) -> None:
        """Does all operations of a SPARQL update, or none. Raises QuerySyntaxError, RequestError or StoreError."""
        ...

    def write_graph(self, graph: str | None, documents: Sequence[Document], *, replace: bool) -> bool:
        """Adds the triples of documents to a graph, or puts them in place of what it holds; True where it was made.

        None is the plain default graph. Raises RequestError with the line where a document does not parse.
        """
        ...

    def delete_graph(self, graph: str | None) -> bool:
        """Removes the graph, empties the default one; False where it was not there."""
        ...
