"""The only writer of `data/graphs`: canonical, sorted, the same bytes for the same triples, replaced as a whole.

Blank nodes (only the ontology and the shapes hold any) get the labels of RDFC-1.0, https://www.w3.org/TR/rdf-canon/.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph
from rdflib.term import Node

from loader.namespaces import BASE, PREFIXES, RDF
from nbkg.errors import DataError
from nbkg.rdf.read import to_oxigraph

_TYPE = str(RDF.type)


@dataclass(frozen=True)
class Canonical:
    """One graph's triples with canonical blank nodes, sorted by subject, `rdf:type` first."""

    triples: tuple[ox.Triple, ...]

    @property
    def sha256(self) -> str:
        """The hash of the sorted canonical N-Triples."""
        lines = sorted(f"{triple} .\n" for triple in self.triples)
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def turtle(self) -> bytes:
        """The graph as Turtle with the project's prefixes, each used or not declared."""
        used = _used(self.triples)
        return ox.serialize(self.triples, format=ox.RdfFormat.TURTLE, prefixes=used) or b""

    def nquads(self, name: str) -> list[str]:
        """The lines of the graph as N-Quads in the named graph."""
        return [f"{triple} <{name}> .\n" for triple in self.triples]


def canonical(graph: Graph, *, base: str = BASE, blank_nodes: bool = False) -> Canonical:
    """The canonical form of a graph. `base` replaces the project's own base in every IRI and literal.

    Raises DataError for a blank node where `blank_nodes` does not allow them.
    """
    dataset = ox.Dataset(_quad(triple) for triple in graph)
    if any(isinstance(term, ox.BlankNode) for quad in dataset for term in (quad.subject, quad.object)):
        if not blank_nodes:
            raise DataError("a data graph holds a blank node; give it an IRI made from a key")
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    triples = (quad.triple for quad in dataset)
    if base != BASE:
        triples = (_rebased(triple, base) for triple in triples)
    return Canonical(tuple(sorted(triples, key=_order)))


def _quad(triple: tuple[Node, Node, Node]) -> ox.Quad:
    subject, predicate, value = (to_oxigraph(term) for term in triple)
    assert not isinstance(subject, ox.Literal) and isinstance(predicate, ox.NamedNode)  # noqa: S101, PT018  # RDF 1.1
    return ox.Quad(subject, predicate, value)


def _order(triple: ox.Triple) -> tuple[str, bool, str, str]:
    subject, value = str(triple.subject).rstrip(">"), str(triple.object)
    return subject, triple.predicate.value != _TYPE, triple.predicate.value, value


def _rebased(triple: ox.Triple, base: str) -> ox.Triple:
    subject, predicate, value = (_move(term, base) for term in (triple.subject, triple.predicate, triple.object))
    assert not isinstance(subject, ox.Literal) and isinstance(predicate, ox.NamedNode)  # noqa: S101, PT018  # RDF 1.1
    return ox.Triple(subject, predicate, value)


def _move(
    term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, base: str
) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    match term:
        case ox.NamedNode():
            return ox.NamedNode(term.value.replace(BASE, base))
        case ox.Literal() if term.language:
            return ox.Literal(term.value.replace(BASE, base), language=term.language)
        case ox.Literal():
            datatype = ox.NamedNode(term.datatype.value.replace(BASE, base))
            return ox.Literal(term.value.replace(BASE, base), datatype=datatype)
        case ox.BlankNode():
            return term
    raise ValueError(f"no RDF 1.1 term: {term}")


def _used(triples: Iterable[ox.Triple]) -> dict[str, str]:
    text = "\n".join(
        {_namespace(str(term)) for triple in triples for term in (triple.subject, triple.predicate, triple.object)}
    )
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if namespace in text}


def _namespace(term: str) -> str:
    return term if term.startswith("<") else term.rpartition("^^")[2]


def replace_file(file: Path, content: bytes) -> None:
    """Puts the content in the file's place in one step."""
    new = _beside(file, ".new")
    new.write_bytes(content)
    new.replace(file)


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Makes `folder` hold exactly these files; until the last moment it is the old one, whole.

    A run that was killed between the two renames is mended by `recover`.
    """
    recover(folder)
    new, old = _beside(folder, ".new"), _beside(folder, ".old")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for name, content in sorted(files.items()):
        (new / name).write_bytes(content)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def recover(folder: Path) -> None:
    """Brings back the old folder where a run was killed in the middle of replacing it."""
    old = _beside(folder, ".old")
    if not folder.exists() and old.exists():
        old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _beside(folder: Path, suffix: str) -> Path:
    return folder.with_name(f".{folder.name}{suffix}")
