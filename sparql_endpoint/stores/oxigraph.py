"""Embedded Oxigraph: a read-only directory, or memory."""

from __future__ import annotations

import io
import itertools
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import IO, Any

import pyoxigraph as ox

from sparql_endpoint import checking, formats
from sparql_endpoint.dataset import dataset
from sparql_endpoint.errors import (
    ConflictError,
    EndpointError,
    QuerySyntaxError,
    RequestError,
    StoreError,
    StoreUnavailableError,
)
from sparql_endpoint.formats import Format
from sparql_endpoint.standard import standard
from sparql_endpoint.stores.base import Question, Row, Term
from sparql_endpoint.stores.directory import Place, link_target, locate, may_be_small
from sparql_endpoint.stores.merged import MAX_QUADS, merge_of, merged
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
_DESCRIBES = re.compile(
    r"\s*(?:PREFIX\s+(?:[A-Za-z][\w-]*)?:\s*<[^\x00-\x20<>\"{}|^`\\]*>\s*)*DESCRIBE\s*<([^\x00-\x20<>\"{}|^`\\]*)>\s*",
    re.IGNORECASE | re.ASCII,
)
_FEW = 100
_SHORT = 2000
"""Statements, and characters of a literal, that are little."""
_LOOKS_EVERY = 0.005
"""Seconds within which one look at what is current is enough: a request asks several times."""
_OPENS_WITHIN = 5.0
_AGAIN = 0.005
_CLIENTS: tuple[tuple[re.Pattern[str], type[EndpointError]], ...] = (
    (re.compile(r"function .* is not supported"), RequestError),
    (re.compile(r"graph .* (does not exist|already exists)", re.IGNORECASE), ConflictError),
)
"""What the engine says while it works though the request is at fault."""


class Opened:
    """An engine's store, what identifies its data, and the RDF merge of its graphs, made when it is first asked for."""

    def __init__(
        self,
        store: ox.Store,
        version: str,
        modified: float | None = None,
        place: Place | None = None,
        *,
        on_disk: bool = False,
    ) -> None:
        self.store = store
        self.version = version
        self.modified = modified
        self._holds_merge = place is not None and place.union
        self._plain = place.plain if place else "own"
        self._may_be_small = not on_disk and (place is None or may_be_small(place, MAX_QUADS))
        self._merge: ox.Store | None = None
        self._tried = False
        self._lock = Lock()

    @property
    def is_merged(self) -> bool:
        """Whether `union` gives the merge, or does without it, at once."""
        return self._tried or not self._may_be_small

    @property
    def keeps_plain(self) -> bool:
        """Whether the plain default graph can be told from the union."""
        return self._plain != "mixed"

    def plain(self) -> dict[str, Any]:
        """How to ask the store so that its default graph is the plain one. Raises ConflictError where it is lost."""
        if not self.keeps_plain:
            raise ConflictError("this store holds the union of its graphs, and no more what its default graph was")
        return {"default_graph": []} if self._holds_merge and self._plain == "empty" else {}

    def union(self) -> tuple[ox.Store, dict[str, Any]]:
        """The store that has the merge of all graphs as its default graph, and how to ask it.

        A large one that another program made is asked in a way that meets a triple once for each graph that holds it.
        """
        with self._lock:
            if not self._tried:
                self._merge = merged(self.store) if self._may_be_small else None
                self._tried = True
        if self._merge is not None:
            return self._merge, {}
        return self.store, {} if self._holds_merge else {"use_default_graph_as_union": True}


class OxigraphStore:
    """A store whose data another process may replace; each request reads one version of it."""

    def __init__(self, opened: Callable[[str], Opened], *, union: bool, hosts: Sequence[str] = ()) -> None:
        self._opened = opened
        self._union = union
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
        plain = question.plain or not self._union
        if opened.version != version or not (plain or opened.is_merged):
            return None
        store, how = (opened.store, opened.plain()) if plain else opened.union()
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
        checking.checked(question.text, self._hosts)
        self._write(question, form, prefixes, output, self._opened(version))

    def _write(
        self,
        question: Question,
        form: Format,
        prefixes: Mapping[str, str] | None,
        output: IO[bytes],
        opened: Opened,
    ) -> None:
        text = standard(question.text)
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
        if question.plain or not self._union:
            return opened.store.query(question.text, **opened.plain(), **base)
        store, how = opened.union()
        return store.query(question.text, **how, **base)

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Sequence[Row]:
        """The rows of one of our own queries, always over the union of all graphs."""
        store, how = self._opened("").union()
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


def request_error(error: Exception) -> EndpointError:
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


class Directory:
    """Opens the directory that a folder means, and the next one when the folder means another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._link = str(folder / "current")
        self._lock = Lock()
        self._known = ""
        self._looked = 0.0
        self._opened: Opened | None = None

    def __call__(self, version: str) -> Opened:
        """The store of a version, or where none is named of the one that is current."""
        opened = self._opened
        if not version and opened is not None and time.monotonic() - self._looked < _LOOKS_EVERY:
            return opened
        now = version or link_target(self._link)
        self._looked = time.monotonic()
        opened = self._opened
        if opened is not None and now in (self._known, opened.version):
            return opened
        with self._lock:
            if self._opened is None or now not in (self._known, self._opened.version):
                place = locate(self._folder)
                self._opened = Opened(_read_only(place.folder), version or place.version, place.modified, place)
                self._known = now
            return self._opened


def opened(place: Place) -> Callable[[str], Opened]:
    """Opens a directory that never changes, when it is first asked for.

    One that holds the union of its graphs is read from disk, however small: several releases may be open at a time.
    """
    lock = Lock()
    found: list[Opened] = []

    def open_(_: str) -> Opened:
        with lock:
            if not found:
                found.append(
                    Opened(_read_only(place.folder), place.version, place.modified, place, on_disk=place.union)
                )
            return found[0]

    return open_


def _read_only(folder: Path) -> ox.Store:
    """The directory as it is now; one that is being written to may need a few tries until all its files are there."""
    until = time.monotonic() + _OPENS_WITHIN
    while True:
        try:
            return ox.Store.read_only(str(folder.resolve()))
        except (OSError, ValueError, RuntimeError) as error:
            if time.monotonic() > until or not folder.is_dir():
                raise StoreUnavailableError(f"{folder}: cannot be opened: {error}") from error
            time.sleep(_AGAIN)


def open_directory(address: str, union: bool, hosts: Sequence[str] = ()) -> OxigraphStore:
    """A folder, read-only. Raises StoreUnavailableError where it is none."""
    opened = Directory(Path(address))
    if not opened("").keeps_plain and not union:
        told = "holds named graphs and statements without one, as their union; serve it with --default-graph union"
        raise StoreUnavailableError(f"{address}: {told}, or load it with --graph")
    return OxigraphStore(opened, union=union, hosts=hosts)


def open_memory(address: str, union: bool, data: ox.Store | None = None) -> OxigraphStore:  # noqa: ARG001  # an opener's signature
    """An empty store in this process's memory, or one around `data`."""
    opened = Opened(data if data is not None else ox.Store(), "memory")
    return OxigraphStore(lambda _: opened, union=union)
