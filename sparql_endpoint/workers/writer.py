"""The writer of a writable store: each change is atomic, and on disk before it is reported as done."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from nbkg.errors import StoreUnavailableError
from sparql_endpoint.sparql.dataset import with_using
from sparql_endpoint.sparql.guard import guarded_update
from sparql_endpoint.sparql.standard_rewrite import rewrite_to_standard
from sparql_endpoint.stores.base import Document, Update
from sparql_endpoint.stores.documents import read_triples
from sparql_endpoint.stores.oxigraph import node, request_error, syntax_error

_LONG_LOG = 4 << 20
"""Bytes of the write-ahead log at which it is turned into tables: whoever opens the store reads all of the log."""


class Writer:
    """The store, open for writing. Raises StoreUnavailableError where another process writes to it."""

    def __init__(self, folder: Path, hosts: Sequence[str] = ()) -> None:
        self._folder = folder
        self._hosts = hosts
        try:
            self._store = ox.Store(str(folder))
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreUnavailableError(f"{folder}: cannot be opened for writing: {error}") from error

    def update(self, update: Update) -> bool:
        """Carry out a SPARQL update, all of it or nothing, and return True."""
        text = rewrite_to_standard(guarded_update(update.text, self._hosts))
        if update.using_graphs or update.using_named_graphs:
            text = with_using(text, update.using_graphs, update.using_named_graphs)
        self._apply(text, update.base)
        return True

    def has_graph(self, graph: str | None) -> bool:
        """Return whether the store has the graph; it always has the default graph."""
        return graph is None or self._store.contains_named_graph(node(graph))

    def write_graph(self, graph: str | None, documents: Sequence[Document], replace: bool) -> bool:
        """Add documents to a graph, or replace what it holds; return whether the graph is new."""
        is_new = not self.has_graph(graph)
        triples = [triple for document in documents for triple in read_triples(document)]
        steps = [f"DROP SILENT {_target(graph)}"] if replace else []
        if graph is not None:
            steps.append(f"CREATE SILENT {_target(graph)}")
        if triples:
            lines = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
            steps.append(
                f"INSERT DATA {{ {lines} }}" if graph is None else f"INSERT DATA {{ {_target(graph)} {{ {lines} }} }}"
            )
        self._apply(" ;\n".join(steps))
        return is_new

    def delete_graph(self, graph: str | None) -> bool:
        """Remove a graph; return False where the store has none of that name."""
        exists = self.has_graph(graph)
        if exists:
            self._apply(f"DROP SILENT {_target(graph)}")
        return exists

    def make_checkpoint(self, folder: str) -> bool:
        """Make a checkpoint, which shares its files with the store until they are rewritten, and return True."""
        try:
            self._store.flush()
            self._store.backup(folder)
        except (OSError, RuntimeError) as error:
            raise request_error(error) from error
        return True

    def _apply(self, text: str, base: str = "") -> None:
        try:
            self._store.update(text, base_iri=base or None)
        except SyntaxError as error:
            raise syntax_error(error) from error
        except (OSError, RuntimeError) as error:
            raise request_error(error) from error
        self._make_durable()

    def _make_durable(self) -> None:
        """Wait until the log is on disk: RocksDB has written it, but did not wait for the disk."""
        size = 0
        for log in self._folder.glob("*.log"):
            with log.open("rb") as stream:
                os.fsync(stream.fileno())
                size += os.fstat(stream.fileno()).st_size
        if size > _LONG_LOG:
            self._store.flush()


def _target(graph: str | None) -> str:
    return "DEFAULT" if graph is None else f"GRAPH {node(graph)}"
