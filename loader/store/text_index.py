"""The index of the words of a version, `STORE/versions/3.words`, by which resources are found (`nbkg.text_index`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path

import pyoxigraph as ox

from loader.store.scan import Scan
from nbkg import text_index
from nbkg.matching import indexing
from nbkg.matching.indexing import Statement
from nbkg.matching.roles import read_roles
from nbkg.storage.layout import text_index_file
from nbkg.text_index import Resource

_DATATYPES = (
    ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"),
    ox.NamedNode("http://www.w3.org/2001/XMLSchema#string"),
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def index(version: Path, left_out: Iterable[str] = ()) -> None:
    """Write the index of a version's folder where it is missing: without it only searching does not work.

    It holds the words of the default graph and of the graphs that this leaves out. Nothing is written either where
    Python's SQLite has no full-text search.
    """
    file = text_index_file(version)
    if text_index.is_possible() and not file.is_file():
        new = file.with_name(f".{file.name}")
        indexing.write_index(new, indexing.describe(_statements(ox.Store.read_only(str(version)), left_out)))
        new.replace(file)


def write_index(file: Path, scanning: Future[Scan], description: Future[Sequence[ox.Triple]]) -> None:
    """Write the index of what a scan read, and of the store's description, where SQLite has full-text search."""
    if text_index.is_possible():
        indexing.write_index(file, _scanned(scanning.result(), description))


def _scanned(scan: Scan, description: Future[Sequence[ox.Triple]]) -> Iterator[Resource]:
    """Yield the resources; those that the description is about are held in memory until the end."""
    held: dict[str, Resource] = {}
    described = {name[1:-1].decode() for name in scan.described}
    for resource in _resources(scan):
        if resource.iri in described:
            held[resource.iri] = resource
        else:
            yield resource
    for statement in filter(None, map(_statement, description.result())):
        for added in indexing.describe([statement]):
            held[added.iri] = _joined(held.get(added.iri, Resource(added.iri, ())), added)
    yield from held.values()


def _joined(one: Resource, other: Resource) -> Resource:
    names, texts, facts = ([*one.names, *other.names], [*one.texts, *other.texts], [*one.facts, *other.facts])
    return Resource(one.iri, [*dict.fromkeys(names)], [*dict.fromkeys(texts)], [*dict.fromkeys(facts)])


def _resources(scan: Scan) -> Iterator[Resource]:
    """Yield the resources of the lines that a scan has written."""
    for share in scan.shares:
        with share.texts.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                values = line[:-1].split("\t")
                first = values.index("")
                second = values.index("", first + 1)
                iri, *rest = map(_unescape, values) if "\\" in line else values
                facts = [(role, value) for role, _, value in (fact.partition("=") for fact in rest[second:])]
                yield Resource(iri, rest[: first - 1], rest[first : second - 1], facts)


def _unescape(text: str) -> str:
    """Return the text that is written in N-Triples."""
    return _ESCAPE.sub(_unescaped, text)


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(escape[3], escape[3])


def _statements(store: ox.Store, left_out: Iterable[str]) -> Iterator[Statement]:
    """Yield what is indexed of resources with an IRI, those of one after each other, as the store has them in order.

    Statements of the graphs that are left out are held in memory until their resource comes.
    """
    others: dict[str, dict[Statement, None]] = {}
    for graph in left_out:
        for one in _graph_statements(store, ox.NamedNode(graph)):
            others.setdefault(one.subject, {})[one] = None
    for iri, group in groupby(_graph_statements(store, ox.DefaultGraph()), key=attrgetter("subject")):
        yield from {**dict.fromkeys(group), **others.pop(iri, {})}
    yield from chain.from_iterable(others.values())


def _graph_statements(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[Statement]:
    for quad in store.quads_for_pattern(None, None, None, graph):
        if one := _statement(quad.triple):
            yield one


def _statement(triple: ox.Triple) -> Statement | None:
    """Return a triple as it is indexed: one with a text, or with a property that has a role in matching."""
    value, prop = triple.object, triple.predicate.value
    is_text = isinstance(value, ox.Literal) and value.datatype in _DATATYPES
    if not isinstance(triple.subject, ox.NamedNode) or not (is_text or prop in read_roles().by_property):
        return None
    return Statement(triple.subject.value, prop, "" if isinstance(value, ox.Triple) else value.value, is_text)
