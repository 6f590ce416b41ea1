"""Graphs out of files, for checking: any RDF syntax, named graphs merged, blank nodes with steady names."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from nbkg.errors import DataError, UsageError
from nbkg.rdf.formats import BY_SUFFIX
from nbkg.rdf.rdflib_terms import to_rdflib

FORMATS: dict[str, ox.RdfFormat] = {
    **{suffix: form.syntax for suffix, form in BY_SUFFIX.items()},
    ".json": ox.RdfFormat.JSON_LD,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
}
"""File suffix to RDF syntax."""


def read(paths: Iterable[Path]) -> Graph:
    """Return all statements of the files in one graph.

    Raises UsageError for a file that is not there or whose suffix is unknown, DataError (file, line) for one
    that cannot be read or holds no statement.
    """
    return _graph(triple for path in paths for triple in _file(path))


def parse(text: bytes, name: str) -> Graph:
    """Return the statements of a Turtle text. Raises DataError (name, line) for one that cannot be read."""
    return _graph(_parsed(text, name))


def packaged(package: str) -> Graph:
    """Return all statements of the Turtle files of a package of ours, its folders included."""
    return _graph(triple for file in _turtle(files(package)) for triple in _parsed(file.read_bytes(), file.name))


@contextmanager
def quiet_literals() -> Iterator[None]:
    """Keep rdflib from logging a traceback for "2025-13-45"^^xsd:date and the like: a shape reports it."""
    log = logging.getLogger("rdflib.term")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)


def _turtle(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _turtle(entry)
        elif entry.name.endswith(".ttl"):
            yield entry


def _file(path: Path) -> list[ox.Triple]:
    if not path.is_file():
        raise UsageError(f"{path} is {'not a file' if path.exists() else 'not there'}; name the files to read")
    if path.suffix.lower() not in FORMATS:
        raise UsageError(f"{path}: the suffix tells the syntax; it must be one of {', '.join(FORMATS)}")
    try:
        triples = _parsed(path.read_bytes(), str(path), FORMATS[path.suffix.lower()])
    except OSError as error:
        raise DataError(
            f"cannot be read ({error.strerror}); check what it is and who may read it", file=path
        ) from error
    if not triples:
        raise DataError("holds no statement, so there is nothing to check; is it the right file?", file=path)
    return triples


def _parsed(text: bytes, name: str, syntax: ox.RdfFormat = ox.RdfFormat.TURTLE) -> list[ox.Triple]:
    base = None if syntax in {ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS} else f"file:///{Path(name).name}"
    try:
        return [quad.triple for quad in ox.parse(text, syntax, base_iri=base, rename_blank_nodes=True)]
    except SyntaxError as error:
        message = "".join(char if char.isprintable() else "�" for char in error.msg)
        problem = f"is not {syntax.name} ({message}); correct that place or save the file anew as UTF-8"
        raise DataError(problem, file=name, line=error.lineno) from error


def _graph(triples: Iterable[ox.Triple]) -> Graph:
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    graph = Graph()
    with quiet_literals():
        for quad in dataset:
            if isinstance(quad.object, ox.Triple):
                raise DataError("a statement about a statement (RDF 1.2) cannot be checked; give it a node of its own")
            graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    return graph
