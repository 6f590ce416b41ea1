"""The rows of the links in a store, in a folder of graphs, or in RDF files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from loader.link.checking.link_rows import PATTERNS, Row, link_rows
from nbkg.errors import StoreUnavailableError, UsageError
from nbkg.rdf.formats import is_rdf_file
from nbkg.rdf.statements import inspect_file, read_statements
from nbkg.storage.layout import is_built, is_oxigraph, is_writable
from nbkg.storage.locations import built_files
from nbkg.storage.served_directory import locate


def read_link_rows(source: Path) -> Iterator[Row]:
    """Yield the rows of a store, a folder with RDF files or an RDF file.

    Raises UsageError where there is none of these, RdfFileError for a file that does not parse.
    """
    if is_built(source) or is_oxigraph(source) or is_writable(source):
        return _stored(source)
    return _written(_files(source))


def _stored(source: Path) -> Iterator[Row]:
    try:
        directory = locate(source)
        store = ox.Store.read_only(str(directory.folder))
    except (StoreUnavailableError, OSError) as error:
        raise UsageError(f"{source}: cannot be opened: {error}; name a store, or a folder of graphs") from error
    for predicate, value in PATTERNS:
        for quad in store.quads_for_pattern(None, predicate, value, None):
            if not (directory.holds_merge and isinstance(quad.graph_name, ox.DefaultGraph)):
                yield from link_rows([quad.triple], _name(quad.graph_name))


def _written(files: Sequence[Path]) -> Iterator[Row]:
    for file in files:
        for triple, graph in read_statements(inspect_file(file), lambda _: None):
            yield from link_rows([triple], _name(graph) or file.name)


def _files(source: Path) -> Sequence[Path]:
    """Return the files of a folder that `nbkg build` wrote, else its RDF files; a file itself."""
    if source.is_file():
        return [source]
    files = built_files(source) or sorted(_rdf_files(source.iterdir() if source.is_dir() else ()))
    if not files:
        raise UsageError(f"{source}: there is no store and no RDF file; name a store, a folder of graphs or a file")
    return files


def _rdf_files(files: Iterable[Path]) -> Iterator[Path]:
    return (file for file in files if file.is_file() and is_rdf_file(file))


def _name(graph: object) -> str:
    return graph.value if isinstance(graph, ox.NamedNode) else ""
