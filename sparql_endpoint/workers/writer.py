"""What the one writing process does: changes to a writable store, each atomic and on disk before it is told done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from nbkg.errors import StoreUnavailableError
from sparql_endpoint.errors import RequestError
from sparql_endpoint.http import formats
from sparql_endpoint.http.formats import Format
from sparql_endpoint.sparql import guard as checking
from sparql_endpoint.sparql.dataset import with_using
from sparql_endpoint.sparql.standard_rewrite import standard
from sparql_endpoint.stores.base import Document, Update
from sparql_endpoint.stores.oxigraph import GRAPHS, node, request_error, syntax_error
from sparql_endpoint.workers.messages import Change, DeleteGraph, HasGraph, Job, Keep, WriteGraph

_LONG_LOG = 4 << 20
"""Bytes of the write-ahead log at which it is turned into tables: whoever opens the store reads all of the log."""

READABLE: tuple[Format, ...] = (
    formats.TURTLE,
    formats.N_TRIPLES,
    formats.RDF_XML,
    formats.JSON_LD,
    formats.TRIG,
    formats.N_QUADS,
    formats.N3,
)
"""The formats of documents that can be read into a graph."""


class Writer:
    """The store, open for writing. Raises StoreUnavailableError where another process writes to it."""

    def __init__(self, folder: Path, hosts: Sequence[str] = ()) -> None:
        self._folder = folder
        self._hosts = hosts
        try:
            self._store = ox.Store(str(folder))
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreUnavailableError(f"{folder}: cannot be opened for writing: {error}") from error

    def update(self, update: Update) -> None:
        """Does a SPARQL update, all of it or nothing."""
        text = standard(checking.checked_update(update.text, self._hosts))
        if update.using_graphs or update.using_named_graphs:
            text = with_using(text, update.using_graphs, update.using_named_graphs)
        self._apply(text, update.base)

    def has_graph(self, graph: str | None) -> bool:
        """Whether the graph is there; the default graph always is."""
        return graph is None or self._store.contains_named_graph(node(graph))

    def write_graph(self, graph: str | None, documents: Sequence[Document], *, replace: bool) -> bool:
        """Adds documents to a graph or puts them in its place; True where it was made."""
        made = not self.has_graph(graph)
        triples = [triple for document in documents for triple in _triples(document)]
        steps = [f"DROP SILENT {_target(graph)}"] if replace else []
        if graph is not None:
            steps.append(f"CREATE SILENT {_target(graph)}")
        if triples:
            lines = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
            steps.append(
                f"INSERT DATA {{ {lines} }}" if graph is None else f"INSERT DATA {{ {_target(graph)} {{ {lines} }} }}"
            )
        self._apply(" ;\n".join(steps))
        return made

    def delete_graph(self, graph: str | None) -> bool:
        """Removes a graph; False where it was not there."""
        there = self.has_graph(graph)
        if there:
            self._apply(f"DROP SILENT {_target(graph)}")
        return there

    def keep(self, folder: Path) -> None:
        """Makes a checkpoint, which shares its files with the store until they are rewritten."""
        try:
            self._store.flush()
            self._store.backup(str(folder))
        except (OSError, RuntimeError) as error:
            raise request_error(error) from error

    def _apply(self, text: str, base: str = "") -> None:
        try:
            self._store.update(text, base_iri=base or None)
        except SyntaxError as error:
            raise syntax_error(error) from error
        except (OSError, RuntimeError) as error:
            raise request_error(error) from error
        self._make_durable()

    def _make_durable(self) -> None:
        """Has the log on disk when it returns: RocksDB wrote it, but did not wait for the disk."""
        size = 0
        for log in self._folder.glob("*.log"):
            with log.open("rb") as stream:
                os.fsync(stream.fileno())
                size += os.fstat(stream.fileno()).st_size
        if size > _LONG_LOG:
            self._store.flush()


class Output(Protocol):
    """Where an answer goes."""

    def write(self, data: bytes) -> int:
        """Takes all of it."""
        ...


def open_writer(address: str, hosts: tuple[str, ...]) -> Callable[[Job, Output], None]:
    """What does the jobs of a writing process; an answer of one word goes to the output."""
    writer = Writer(Path(address), hosts)

    def do(job: Job, output: Output) -> None:
        output.write(b"true" if _do(writer, job) else b"")

    return do


def _do(writer: Writer, job: Job) -> bool:
    match job:
        case Change(update):
            writer.update(update)
            return True
        case HasGraph(graph):
            return writer.has_graph(graph)
        case WriteGraph(graph, documents, replace):
            return writer.write_graph(graph, documents, replace=replace)
        case DeleteGraph(graph):
            return writer.delete_graph(graph)
        case Keep(folder):
            writer.keep(Path(folder))
            return True
    raise RequestError("a writing process only takes changes")


def _target(graph: str | None) -> str:
    return "DEFAULT" if graph is None else f"GRAPH {node(graph)}"


def _triples(document: Document) -> Iterator[ox.Triple]:
    kind = GRAPHS[document.form]
    try:
        for quad in ox.parse(document.content, format=kind, base_iri=document.base, rename_blank_nodes=True):
            if not isinstance(quad.graph_name, ox.DefaultGraph):
                raise RequestError(f"the document names the graph {quad.graph_name}; it must hold triples of one graph")
            yield ox.Triple(quad.subject, quad.predicate, quad.object)
    except SyntaxError as error:
        raise syntax_error(error, "The document does not parse") from error
    except ValueError as error:
        raise RequestError(f"the document does not parse: {error}") from error
