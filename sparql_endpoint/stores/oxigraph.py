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
from nbkg.storage.checkpoint import Directory, Opened
from nbkg.storage.default_graph import DefaultGraph, merge_of
from sparql_endpoint.errors import ConflictError, QuerySyntaxError, RequestError
from sparql_endpoint.http import formats
from sparql_endpoint.http.formats import Format
from sparql_endpoint.sparql.dataset import dataset
from sparql_endpoint.sparql.guard import check_query
from sparql_endpoint.sparql.standard_rewrite import rewrite_to_standard
from sparql_endpoint.stores.base import Question, Row, Term
from sparql_endpoint.stores.buffered import spooled

_RESULTS = {
    formats.JSON: ox.QueryResultsFormat.JSON,
    formats.XML: ox.QueryResultsFormat.XML,
    formats.CSV: ox.QueryResultsFormat.CSV,
    formats.TSV: ox.QueryResultsFormat.TSV,
}
GRAPHS = {form: form.syntax for form in formats.GRAPHS if form.syntax}
_GraphName = ox.NamedNode | ox.BlankNode
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_CLASSES = re.compile(r"(?:, )?\[(?:'.'|_).*")
"""Classes of characters, of which the engine tells last and at length."""
_MESSAGE = 300
_DESCRIBES = re.compile(
    r"\s*(?:PREFIX\s+(?:[A-Za-z][\w-]*)?:\s*<[^\x00-\x20<>\"{}|^`\\]*>\s*)*DESCRIBE\s*<([^\x00-\x20<>\"{}|^`\\]*)>\s*",
    re.IGNORECASE | re.ASCII,
)
_FEW = 100
_SHORT = 2000
"""Statements, and characters of a literal, that are little."""
_CLIENTS: tuple[tuple[re.Pattern[str], type[NbkgError]], ...] = (
    (re.compile(r"function .* is not supported"), RequestError),
    (re.compile(r"graph .* (does not exist|already exists)", re.IGNORECASE), ConflictError),
)
"""What the engine says while it works though the request is at fault."""


class OxigraphStore:
    """A store whose data another process may replace; each request reads one version of it."""

    def __init__(self, opened: Callable[[str], Opened], default_graph: DefaultGraph, hosts: Sequence[str] = ()) -> None:
        self._opened = opened
        self._default_graph = default_graph
        self._hosts = hosts

    def version(self) -> str:
        """The version that is served now."""
        return self._opened("").version

    def modified(self) -> float | None:
        """When it came to be served."""
        return self._opened("").modified

    def has_graph(self, graph: str | None) -> bool:
        """Whether the graph is there; the default graph always is."""
        return graph is None or self._opened("").store.contains_named_graph(node(graph))

    def left_out(self) -> Sequence[str]:
        """Return the named graphs that the present leaves out."""
        return self._opened("").left_out

    def answer(self, question: Question, form: Format, prefixes: Mapping[str, str] | None = None) -> Iterable[bytes]:
        """The whole answer is written to a file (in memory while small) before its first block is given.

        So an error at any row still gets its status, and memory stays bounded. Oxigraph's results may only be touched
        in the thread that asked, hence all of it happens in this call.
        """
        return spooled(lambda output: self.write(question, form, prefixes, output))

    def described(self, question: Question, form: Format, version: str) -> bytes | None:
        """The answer of a version to a DESCRIBE of one thing of which little is told; None for all else.

        It takes a moment only, whatever is asked: what is told of a thing that no blank node goes on from is looked at
        first, so far as it is little. So it may be asked where nothing could end it.
        """
        found = _DESCRIBES.fullmatch(question.text)
        opened = self._opened("")
        if not found or question.default_graphs or question.named_graphs:
            return None
        kind = self._kind(question)
        if opened.version != version or not opened.is_ready(kind):
            return None
        store, how = opened.default_graph(kind)
        if how or not _is_little(store, found.group(1)):
            return None
        output = io.BytesIO()
        self._write(question, form, None, output, opened)
        return output.getvalue()

    def write(
        self,
        question: Question,
        form: Format,
        prefixes: Mapping[str, str] | None,
        output: IO[bytes],
        version: str = "",
    ) -> None:
        """Writes the answer as it comes. Raises QuerySyntaxError, RequestError or StoreError, at any row.

        `version`, where given, is the version that is known to be there now; another than the open one is opened.
        """
        check_query(question.text, self._hosts)
        self._write(question, form, prefixes, output, self._opened(version))

    def _write(
        self,
        question: Question,
        form: Format,
        prefixes: Mapping[str, str] | None,
        output: IO[bytes],
        opened: Opened,
    ) -> None:
        text = rewrite_to_standard(question.text)
        try:
            results = self._ask(question if text is question.text else replace(question, text=text), opened)
            if isinstance(results, ox.QueryTriples) and prefixes:
                ox.serialize(results, output, GRAPHS[form], prefixes=dict(prefixes))
            elif isinstance(results, ox.QueryTriples):
                results.serialize(output, GRAPHS[form])
            else:
                results.serialize(output, _RESULTS[form])
        except SyntaxError as error:
            raise syntax_error(error) from error
        except (OSError, RuntimeError) as error:
            raise request_error(error) from error

    def _ask(self, question: Question, opened: Opened) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        asked = question.default_graphs or question.named_graphs
        named_in = question if asked else dataset(question.text, question.base)
        base: dict[str, Any] = {"base_iri": question.base} if question.base else {}
        default: list[_GraphName] = [node(iri) for iri in named_in.default_graphs]
        named: list[_GraphName] = [node(iri) for iri in named_in.named_graphs]
        if len(default) > 1:
            # The default graph is the RDF merge of these; the engine would find a triple once for each that holds it.
            merge = merge_of(opened.store, default, named)
            return merge.query(question.text, default_graph=ox.DefaultGraph(), named_graphs=named, **base)
        if default or named:
            return opened.store.query(question.text, default_graph=[*default], named_graphs=named, **base)
        store, how = opened.default_graph(self._kind(question))
        return store.query(question.text, **how, **base)

    def _kind(self, question: Question) -> DefaultGraph:
        return DefaultGraph.PLAIN if question.plain else self._default_graph

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Sequence[Row]:
        """Return the rows of one of our own queries, always over the union of all graphs."""
        store, how = self._opened("").default_graph(DefaultGraph.UNION)
        values = {ox.Variable(name): term for name, term in (bindings or {}).items()}
        results = store.query(query, substitutions=values, **how)
        if not isinstance(results, ox.QuerySolutions):
            raise TypeError("select() takes SELECT queries")
        # By position: looking a variable up by name costs more than the engine's work for the row.
        names = list(enumerate(variable.value for variable in results.variables))
        return [{name: term for place, name in names if (term := row[place]) is not None} for row in results]


def _is_little(store: ox.Store, iri: str) -> bool:
    """Whether few statements tell of it, in the default graph, each with an IRI or a short literal."""
    try:
        quads = store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph())
    except ValueError:
        return False
    objects = [quad.object for quad in itertools.islice(quads, _FEW + 1)]
    return len(objects) <= _FEW and all(map(_is_short, objects))


def _is_short(term: Term) -> bool:
    return isinstance(term, ox.NamedNode) or (isinstance(term, ox.Literal) and len(term.value) <= _SHORT)


def node(iri: str) -> ox.NamedNode:
    """The node that an IRI names. Raises RequestError."""
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise RequestError(f"“{iri}” is not an absolute IRI: {error}") from error


def request_error(error: Exception) -> NbkgError:
    """What the engine tells while it works, as the client's fault where it is the client's."""
    text = " ".join(str(error).split())
    for pattern, kind in _CLIENTS:
        if pattern.search(text):
            return kind(text)
    return StoreError(text)


def syntax_error(error: SyntaxError, title: str = "") -> QuerySyntaxError:
    """The engine's syntax error with its place."""
    text = str(error)
    if found := _PLACE.fullmatch(text):
        message = _CLASSES.sub("", " ".join(found.group(3).split()))
        shown = message if len(message) <= _MESSAGE else f"{message[:_MESSAGE]} …"
        return QuerySyntaxError(shown, int(found.group(1)), int(found.group(2)), title)
    return QuerySyntaxError(text[:_MESSAGE], error.lineno, error.offset, title)


def open_directory(address: str, default_graph: DefaultGraph, hosts: Sequence[str] = ()) -> OxigraphStore:
    """Open a folder, read-only. Raises StoreUnavailableError where it is none."""
    opened = Directory(Path(address))
    if not opened("").keeps_plain and default_graph is DefaultGraph.PLAIN:
        raise StoreUnavailableError(
            f"{address}: named graphs and statements without one were loaded together, and nobody can tell any more "
            "what the plain default graph was; serve it with --default-graph present or union, or load it with --graph"
        )
    return OxigraphStore(opened, default_graph, hosts)


def open_memory(
    address: str,  # noqa: ARG001  # an opener's signature
    default_graph: DefaultGraph = DefaultGraph.PRESENT,
    data: ox.Store | None = None,
) -> OxigraphStore:
    """Open an empty store in this process's memory, or one around `data`."""
    opened = Opened(data if data is not None else ox.Store(), "memory")
    return OxigraphStore(lambda _: opened, default_graph)
