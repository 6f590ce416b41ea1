"""Embedded Oxigraph: a read-only directory, or memory."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from nbkg.errors import NbkgError, StoreError, StoreUnavailableError
from nbkg.rdf import solutions
from nbkg.rdf.serialization import serialize_statements
from nbkg.rdf.xml_output import xml_output
from nbkg.storage.default_graph import DefaultGraph, merge_graphs
from nbkg.storage.opened_store import CurrentDirectory, OpenedStore
from sparql_endpoint.errors import ConflictError, QuerySyntaxError, RequestError
from sparql_endpoint.http import formats
from sparql_endpoint.http.formats import Format
from sparql_endpoint.sparql.dataset import dataset
from sparql_endpoint.sparql.guard import guarded_query
from sparql_endpoint.sparql.standard_rewrite import rewrite_to_standard
from sparql_endpoint.stores.base import Question, Row, Term
from sparql_endpoint.stores.buffered import buffer_result

_RESULTS = {
    formats.JSON: ox.QueryResultsFormat.JSON,
    formats.XML: ox.QueryResultsFormat.XML,
    formats.CSV: ox.QueryResultsFormat.CSV,
    formats.TSV: ox.QueryResultsFormat.TSV,
}
GRAPHS = {form: form.syntax for form in formats.GRAPHS if form.syntax}
_GraphName = ox.NamedNode | ox.BlankNode
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_CLASSES = re.compile(r"(?:, )?\[(?:'.'|_).*")
"""Classes of characters, which the engine lists last and at length."""
_LONGEST_MESSAGE = 300
_DESCRIBE = re.compile(
    r"\s*(?:PREFIX\s+(?:[A-Za-z][\w-]*)?:\s*<[^\x00-\x20<>\"{}|^`\\]*>\s*)*DESCRIBE\s*<([^\x00-\x20<>\"{}|^`\\]*)>\s*",
    re.IGNORECASE | re.ASCII,
)
_FEW = 100
_SHORT = 2000
"""The most statements, and characters of a literal, of a short description."""
_CLIENT_ERRORS: tuple[tuple[re.Pattern[str], type[NbkgError]], ...] = (
    (re.compile(r"function .* is not supported"), RequestError),
    (re.compile(r"graph .* (does not exist|already exists)", re.IGNORECASE), ConflictError),
)
"""Messages that the engine raises while it works though the request is at fault."""


class OxigraphStore:
    """A store whose data another process may replace; each request reads one version of it."""

    def __init__(
        self, open_version: Callable[[str], OpenedStore], default_graph: DefaultGraph, hosts: Sequence[str] = ()
    ) -> None:
        self._open = open_version
        self._default_graph = default_graph
        self._hosts = hosts

    def version(self) -> str:
        """Return the version that is served now."""
        return self._open("").version

    def modified(self) -> float | None:
        """Return when it came to be served, in seconds since 1970."""
        return self._open("").modified

    def has_graph(self, graph: str | None) -> bool:
        """Return whether the store has the graph; it always has the default graph."""
        return graph is None or self._open("").store.contains_named_graph(node(graph))

    def left_out(self) -> Sequence[str]:
        """Return the named graphs that the present leaves out."""
        return self._open("").left_out

    def answer(self, question: Question, form: Format, prefixes: Mapping[str, str] | None = None) -> Iterable[bytes]:
        """Return the result, which is written to a file (in memory while small) before its first block is returned.

        So an error at any row still gets its status, and memory stays bounded. Oxigraph's results may only be touched
        in the thread that queried, hence all of it happens in this call.
        """
        return buffer_result(lambda output: self.write(question, form, prefixes, output))

    def find_description(self, question: Question, form: Format, version: str) -> bytes | None:
        """Return a version's result of a DESCRIBE of one IRI with few short statements; None for all else.

        It takes a moment only, whatever is queried: a few statements about the IRI are read first, and none of them may
        lead to a blank node. So it may run in the server's own process, where nothing could end it.
        """
        match = _DESCRIBE.fullmatch(question.text)
        data = self._open("")
        if not match or question.default_graphs or question.named_graphs:
            return None
        kind = self._kind(question)
        if data.version != version or not data.is_ready(kind):
            return None
        store, how = data.default_graph(kind)
        if how or not _has_short_description(store, match.group(1)):
            return None
        output = io.BytesIO()
        self._write(question, form, None, output, data)
        return output.getvalue()

    def write(
        self,
        question: Question,
        form: Format,
        prefixes: Mapping[str, str] | None,
        output: IO[bytes],
        version: str = "",
    ) -> None:
        """Write the result as it comes. Raises QuerySyntaxError, RequestError or StoreError, at any row.

        `version`, where it is not empty, is the version that is current now; it is data where another one is open.
        """
        text = guarded_query(question.text, self._hosts)
        question = question if text is question.text else replace(question, text=text)
        self._write(question, form, prefixes, output, self._open(version))

    def _write(
        self,
        question: Question,
        form: Format,
        prefixes: Mapping[str, str] | None,
        output: IO[bytes],
        data: OpenedStore,
    ) -> None:
        text = question.with_rows(rewrite_to_standard(question.text))
        try:
            results = self._query(question, text, data)
            if isinstance(results, ox.QueryTriples):
                serialize_statements(results, output, GRAPHS[form], prefixes or {})
            elif form is formats.XML:
                with xml_output(output) as checked:
                    results.serialize(checked, _RESULTS[form])
            else:
                results.serialize(output, _RESULTS[form])
        except SyntaxError as error:
            raise syntax_error(error) from error
        except (OSError, RuntimeError) as error:
            raise request_error(error) from error

    def _query(
        self, question: Question, text: str, data: OpenedStore
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        from_request = question.default_graphs or question.named_graphs
        graphs = question if from_request else dataset(question.text, question.base)
        base: dict[str, Any] = {"base_iri": question.base} if question.base else {}
        default: list[_GraphName] = [node(iri) for iri in graphs.default_graphs]
        named: list[_GraphName] = [node(iri) for iri in graphs.named_graphs]
        if len(default) > 1:
            # The default graph is the RDF merge of these; the engine would find a triple once for each that holds it.
            merge = merge_graphs(data.store, default, named)
            return merge.query(text, default_graph=ox.DefaultGraph(), named_graphs=named, **base)
        if default or named:
            return data.store.query(text, default_graph=[*default], named_graphs=named, **base)
        store, how = data.default_graph(self._kind(question))
        return store.query(text, **how, **base)

    def _kind(self, question: Question) -> DefaultGraph:
        return DefaultGraph.PLAIN if question.plain else self._default_graph

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Sequence[Row]:
        """Return the rows of one of our own queries, always over the union of all graphs."""
        store, how = self._open("").default_graph(DefaultGraph.UNION)
        bound = bindings or {}
        values = {ox.Variable(name): term for name, term in bound.items()}
        return list(solutions.rows(store.query(query, substitutions=values, **how), bound))


def _has_short_description(store: ox.Store, iri: str) -> bool:
    """Return whether few statements are about an IRI in the default graph, each with an IRI or a short literal."""
    try:
        quads = store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph())
    except ValueError:
        return False
    objects = [quad.object for quad in itertools.islice(quads, _FEW + 1)]
    return len(objects) <= _FEW and all(map(_is_short, objects))


def _is_short(term: Term) -> bool:
    return isinstance(term, ox.NamedNode) or (isinstance(term, ox.Literal) and len(term.value) <= _SHORT)


def node(iri: str) -> ox.NamedNode:
    """Return the node of an IRI. Raises RequestError where it is not absolute."""
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise RequestError(f"“{iri}” is not an absolute IRI: {error}") from error


def request_error(error: Exception) -> NbkgError:
    """Return what the engine raised while it worked, as the client's error where the client is at fault."""
    text = " ".join(str(error).split())
    for pattern, kind in _CLIENT_ERRORS:
        if pattern.search(text):
            return kind(text)
    return StoreError(text)


def syntax_error(error: SyntaxError, kind: type[QuerySyntaxError] = QuerySyntaxError) -> QuerySyntaxError:
    """Return the engine's syntax error with its line and column."""
    text = str(error)
    if match := _POSITION.fullmatch(text):
        message = _CLASSES.sub("", " ".join(match.group(3).split()))
        message = message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]} …"
        return kind(message, int(match.group(1)), int(match.group(2)))
    return kind(text[:_LONGEST_MESSAGE], error.lineno, error.offset)


def open_directory(address: str, default_graph: DefaultGraph, hosts: Sequence[str] = ()) -> OxigraphStore:
    """Open a folder, read-only. Raises StoreUnavailableError where it is none."""
    directory = CurrentDirectory(Path(address))
    if not directory("").keeps_plain and default_graph is DefaultGraph.PLAIN:
        raise StoreUnavailableError(
            f"{address}: named graphs and statements without one were loaded together, so the plain default graph "
            "can no longer be told apart; serve it with --default-graph present or union, or load it with --graph"
        )
    return OxigraphStore(directory, default_graph, hosts)


def open_memory(
    address: str,  # noqa: ARG001  # an opener's signature
    default_graph: DefaultGraph = DefaultGraph.PRESENT,
    data: ox.Store | None = None,
) -> OxigraphStore:
    """Open an empty store in this process's memory, or one around `data`."""
    in_memory = OpenedStore(data if data is not None else ox.Store(), "memory")
    return OxigraphStore(lambda _: in_memory, default_graph)
