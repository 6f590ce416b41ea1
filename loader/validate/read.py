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

from nbkg.errors import DataError
from nbkg.rdf.compression import uncompressed_name
from nbkg.rdf.formats import find_format
from nbkg.rdf.rdf_file import open_rdf_file, parse_document
from nbkg.rdf.rdflib_terms import to_graph


def read(paths: Iterable[Path], base: str = "") -> Graph:
    """Return all statements of the files in one graph; relative IRIs are relative to `base`, or to the file's name.

    Raises UsageError for a file that is not there or whose suffix is unknown, DataError (file, line) for one
    that cannot be read or holds no statement.
    """
    return _graph(triple for path in paths for triple in _file(path, base))


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


def _file(path: Path, base: str) -> list[ox.Triple]:
    form = find_format(path)
    with open_rdf_file(path) as stream:
        base = base or f"file:///{uncompressed_name(path).name}"
        quads = parse_document(stream, form.syntax, base, rename_blank_nodes=True)
        triples = [quad.triple for quad in quads]
    if not triples:
        raise DataError("holds no statement, so there is nothing to check; is it the right file?", file=path)
    return triples


def _parsed(text: bytes, name: str) -> list[ox.Triple]:
    try:
        quads = parse_document(text, ox.RdfFormat.TURTLE, f"file:///{name}", rename_blank_nodes=True)
        return [quad.triple for quad in quads]
    except (SyntaxError, UnicodeError) as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        raise DataError(f"is not Turtle ({error}); correct that place", file=name, line=line) from error


def _graph(triples: Iterable[ox.Triple]) -> Graph:
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    if any(isinstance(quad.object, ox.Triple) for quad in dataset):
        raise DataError("a statement about a statement (RDF 1.2) cannot be checked; give it a node of its own")
    with quiet_literals():
        return to_graph(dataset)
