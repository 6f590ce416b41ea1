"""Reads RDF files into rdflib graphs, with errors that name file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from nbkg.errors import RdfFileError, UsageError

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def read_files(files: Iterable[Path | Traversable]) -> Graph:
    """The triples of Turtle files, merged. Blank nodes keep apart between files.

    Raises UsageError for a file that cannot be read, RdfFileError (file, line, what the parser says) for bad Turtle.
    """
    graph = Graph()
    for number, file in enumerate(files):
        for triple in _triples(file, f"f{number}"):
            graph.add(triple)
    return graph


def folder(place: Path | Traversable) -> list[Path | Traversable]:
    """The Turtle files of a folder, by name."""
    return sorted((file for file in place.iterdir() if file.name.endswith(".ttl")), key=lambda file: file.name)


def _triples(file: Path | Traversable, scope: str) -> Iterator[tuple[Node, Node, Node]]:
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from error
    try:
        for quad in ox.parse(raw, format=ox.RdfFormat.TURTLE):
            yield to_rdflib(quad.subject, scope), to_rdflib(quad.predicate, scope), to_rdflib(quad.object, scope)
    except SyntaxError as error:
        raise RdfFileError(f"not Turtle: {error.msg}", file=file.name, line=error.lineno) from error
    except ValueError as error:
        raise RdfFileError(f"not Turtle: {error}; save the file as UTF-8 Turtle", file=file.name) from error


def to_rdflib(term: Term, scope: str = "") -> Node:
    """The same term as rdflib has it; `scope` keeps the blank nodes of two files apart."""
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(f"{scope}{term.value}")
        case ox.Literal() if term.language:
            return Literal(term.value, lang=term.language)
        case ox.Literal():
            plain = term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
            datatype = None if plain else URIRef(term.datatype.value)
            return Literal(term.value, datatype=datatype, normalize=False)
    raise ValueError(f"no RDF 1.1 term: {term}")


def to_oxigraph(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """The same term as pyoxigraph has it."""
    match term:
        case URIRef():
            return ox.NamedNode(str(term))
        case BNode():
            return ox.BlankNode(str(term))
        case Literal() if term.language:
            return ox.Literal(str(term), language=term.language)
        case Literal() if term.datatype:
            return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
        case Literal():
            return ox.Literal(str(term))
    raise ValueError(f"no RDF term: {term!r}")
