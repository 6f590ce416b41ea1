"""Embedded Oxigraph: a read-only directory, or memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO

import pyoxigraph as ox

from sparql_endpoint import formats
from sparql_endpoint.errors import QuerySyntaxError, RequestError, StoreError, StoreUnavailableError
from sparql_endpoint.formats import Format
from sparql_endpoint.stores.base import Question, Row, Term
from sparql_endpoint.stores.directory import Place, link_target, locate
from sparql_endpoint.stores.merged import merge_of, merged
from sparql_endpoint.stores.spool import spooled

_RESULTS = {
    formats.JSON: ox.QueryResultsFormat.JSON,
    formats.XML: ox.QueryResultsFormat.XML,
    formats.CSV: ox.QueryResultsFormat.CSV,
    formats.TSV: ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    formats.TURTLE: ox.RdfFormat.TURTLE,
    formats.N_TRIPLES: ox.RdfFormat.N_TRIPLES,
    formats.TRIG: ox.RdfFormat.TRIG,
    formats.N_QUADS: ox.RdfFormat.N_QUADS,
    formats.JSON_LD: ox.RdfFormat.JSON_LD,
    formats.RDF_XML: ox.RdfFormat.RDF_XML,
    formats.N3: ox.RdfFormat.N3,
}
_GraphName = ox.NamedNode | ox.BlankNode
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_CLASSES = re.compile(r"(?:, )?\[(?:'.'|_).*")
"""Classes of characters, of which the engine tells last and at length."""
_MESSAGE = 300


@dataclass(frozen=True)
class Opened:
    """An engine's store, what identifies its data, and whether its default graph holds the union of all."""

    store: ox.Store
    version: str
    merged: bool = False


class OxigraphStore:
    """A store whose data another process may replace; each request reads one version of it."""

    def __init__(self, opened: Callable[[], Opened], *, union: bool) -> None:
        self._opened = opened
        self._union = union

    def version(self) -> str:
        """The version that is served now."""
        return self._opened().version

    def answer(self, question: Question, form: Format, prefixes: Mapping[str, str] | None = None) -> Iterable[bytes]:
        """The whole answer is written to a file (in memory while small) before its first block is given.

        So an error at any row still gets its status, and memory stays bounded. Oxigraph's results may only be touched
        in the thread that asked, hence all of it happens in this call.
        """
        return spooled(lambda output: self.write(question, form, prefixes, output))

    def write(self, question: Question, form: Format, prefixes: Mapping[str, str] | None, output: IO[bytes]) -> None:
        """Writes the answer as it comes. Raises QuerySyntaxError, RequestError or StoreError, at any row."""
        opened = self._opened()
        try:
            results = self._ask(question, opened)
            if isinstance(results, ox.QueryTriples) and prefixes:
                ox.serialize(results, output, GRAPHS[form], prefixes=dict(prefixes))
            elif isinstance(results, ox.QueryTriples):
                results.serialize(output, GRAPHS[form])
            else:
                results.serialize(output, _RESULTS[form])
        except SyntaxError as error:
            raise _syntax_error(error) from error
        except (OSError, RuntimeError) as error:
            raise StoreError(str(error)) from error

    def _ask(self, question: Question, opened: Opened) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        default: list[_GraphName] = [_node(iri) for iri in question.default_graphs]
        named: list[_GraphName] = [_node(iri) for iri in question.named_graphs]
        if len(default) > 1:
            # The default graph is the RDF merge of these; the engine would find a triple once for each that holds it.
            merge = merge_of(opened.store, default, named)
            return merge.query(question.text, default_graph=ox.DefaultGraph(), named_graphs=named)
        if default or named:
            return opened.store.query(question.text, default_graph=[*default], named_graphs=named)
        union = self._union and not opened.merged
        return opened.store.query(question.text, use_default_graph_as_union=union)

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Sequence[Row]:
        """The rows of one of our own queries, always over the union of all graphs."""
        opened = self._opened()
        values = {ox.Variable(name): term for name, term in (bindings or {}).items()}
        results = opened.store.query(query, use_default_graph_as_union=not opened.merged, substitutions=values)
        if not isinstance(results, ox.QuerySolutions):
            raise TypeError("select() takes SELECT queries")
        names = [(variable.value, variable) for variable in results.variables]
        return [{name: term for name, variable in names if (term := row[variable]) is not None} for row in results]


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise RequestError(f"“{iri}” is not an absolute IRI: {error}") from error


def _syntax_error(error: SyntaxError) -> QuerySyntaxError:
    text = str(error)
    if not (found := _PLACE.fullmatch(text)):
        return QuerySyntaxError(text[:_MESSAGE])
    message = _CLASSES.sub("", " ".join(found.group(3).split()))
    shown = message if len(message) <= _MESSAGE else f"{message[:_MESSAGE]} …"
    return QuerySyntaxError(shown, int(found.group(1)), int(found.group(2)))


class _Directory:
    """Opens the directory that a folder means, and the next one when the folder means another."""

    def __init__(self, folder: Path, *, union: bool) -> None:
        self._folder = folder
        self._union = union
        self._lock = Lock()
        self._target = ""
        self._opened: Opened | None = None

    def __call__(self) -> Opened:
        target = link_target(self._folder)
        with self._lock:
            if self._opened is None or target != self._target:
                place = locate(self._folder)
                self._opened = self._open(place)
                self._target = target
            return self._opened

    def _open(self, place: Place) -> Opened:
        if place.union and not self._union:
            raise StoreUnavailableError(
                f"{self._folder}: its default graph holds the union of its graphs; serve it with --default-graph union"
            )
        store = _read_only(place.folder)
        copy = merged(store) if self._union else None
        return Opened(copy or store, place.version, merged=copy is not None or place.union)


def _read_only(folder: Path) -> ox.Store:
    try:
        return ox.Store.read_only(str(folder.resolve()))
    except (OSError, ValueError) as error:
        raise StoreUnavailableError(f"{folder}: cannot be opened: {error}") from error


def open_directory(address: str, union: bool) -> OxigraphStore:
    """A folder, read-only. Raises StoreUnavailableError where it is none."""
    opened = _Directory(Path(address), union=union)
    opened()
    return OxigraphStore(opened, union=union)


def open_memory(address: str, union: bool, data: ox.Store | None = None) -> OxigraphStore:  # noqa: ARG001  # an opener's signature
    """An empty store in this process's memory, or one around `data`."""
    store = data if data is not None else ox.Store()
    return OxigraphStore(lambda: Opened(store, "memory"), union=union)
