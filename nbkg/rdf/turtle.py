"""Turtle files as rdflib graphs, with errors that name file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph
from rdflib.term import Node

from nbkg.errors import RdfFileError, UsageError
from nbkg.rdf.rdf_file import parse_document
from nbkg.rdf.rdflib_terms import rdflib_triples

Triple = tuple[Node, Node, Node]


def read_files(files: Iterable[Path | Traversable]) -> Graph:
    """Return the triples of Turtle files, merged. Blank nodes keep apart between files, and their names are steady.

    Raises UsageError for a file that cannot be read, RdfFileError (file, line, what the parser says) for bad Turtle.
    """
    graph = Graph()
    for number, file in enumerate(files):
        graph += _read_file(file, f"f{number}")
    return graph


def turtle_files(folder: Path | Traversable) -> list[Path | Traversable]:
    """Return the Turtle files of a folder, by name."""
    return sorted((file for file in folder.iterdir() if file.name.endswith(".ttl")), key=lambda file: file.name)


def _read_file(file: Path | Traversable, scope: str) -> list[Triple]:
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from error
    try:
        return list(rdflib_triples(_with_numbers(parse_document(raw, ox.RdfFormat.TURTLE)), scope))
    except SyntaxError as error:
        raise RdfFileError(f"not Turtle: {error.msg}", file=file.name, line=error.lineno) from error
    except ValueError as error:
        raise RdfFileError(f"not Turtle: {error}; save the file as UTF-8 Turtle", file=file.name) from error


def _with_numbers(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the quads with blank nodes named by the order in which they come; the parser names them at random."""
    names: dict[str, ox.BlankNode] = {}
    for quad in quads:
        subject, value = quad.subject, quad.object
        if isinstance(subject, ox.BlankNode):
            subject = names.setdefault(subject.value, ox.BlankNode(f"b{len(names)}"))
        if isinstance(value, ox.BlankNode):
            value = names.setdefault(value.value, ox.BlankNode(f"b{len(names)}"))
        yield ox.Quad(subject, quad.predicate, value)
