"""The index of the words of a version, `STORE/versions/3.words`, by which resources are found (`nbkg.text_index`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path

import pyoxigraph as ox

from loader.store.scan import Scan
from nbkg import text_index
from nbkg.rdf.label_properties import label_properties
from nbkg.storage.layout import text_index_file
from nbkg.text_index import Resource, Text
from nbkg.text_index.writing import resources

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
        text_index.write(new, _texts(ox.Store.read_only(str(version)), left_out), label_properties())
        new.replace(file)


def write_index(file: Path, scanning: Future[Scan], description: Future[Sequence[ox.Triple]]) -> None:
    """Write the index of what a scan read, and of the store's description, where SQLite has full-text search."""
    if text_index.is_possible():
        text_index.write_resources(file, _scanned(scanning.result(), description))


def _scanned(scan: Scan, description: Future[Sequence[ox.Triple]]) -> Iterator[Resource]:
    """Yield the resources; those that the description is about are held in memory until the end."""
    held: dict[str, tuple[str, list[str], list[str]]] = {}
    described = {name[1:-1].decode() for name in scan.described}
    for resource in _resources(scan):
        if resource[0] in described:
            held[resource[0]] = resource
        else:
            yield resource
    for text in filter(None, map(_triple_text, description.result())):
        for iri, *values in resources([text], label_properties()):
            for texts, known in zip(values, held.setdefault(iri, (iri, [], []))[1:], strict=True):
                known.extend(one for one in texts if one not in known)
    yield from held.values()


def _resources(scan: Scan) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield the resources of the lines that a scan has written."""
    for share in scan.shares:
        with share.texts.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                head, _, rest = line[:-1].partition("\t\t")
                iri, *names = head.removesuffix("\t").split("\t")  # a line without other texts ends in a tab
                texts = rest.split("\t") if rest else []
                if "\\" in line:
                    names, texts = list(map(_unescape, names)), list(map(_unescape, texts))
                yield iri, names, texts


def _unescape(text: str) -> str:
    """Return the text that is written in N-Triples."""
    return _ESCAPE.sub(_unescaped, text)


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(escape[3], escape[3])


def _texts(store: ox.Store, left_out: Iterable[str]) -> Iterator[Text]:
    """Yield the texts of resources with an IRI, those of one after each other, as the store has them in order.

    Texts of the graphs that are left out are held in memory until their resource comes.
    """
    others: dict[str, dict[Text, None]] = {}
    for graph in left_out:
        for text in _graph_texts(store, ox.NamedNode(graph)):
            others.setdefault(text[0], {})[text] = None
    for iri, texts in groupby(_graph_texts(store, ox.DefaultGraph()), key=itemgetter(0)):
        yield from {**dict.fromkeys(texts), **others.pop(iri, {})}
    yield from chain.from_iterable(others.values())


def _graph_texts(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[Text]:
    for quad in store.quads_for_pattern(None, None, None, graph):
        if text := _triple_text(quad.triple):
            yield text


def _triple_text(triple: ox.Triple) -> Text | None:
    value = triple.object
    if isinstance(value, ox.Literal) and value.datatype in _DATATYPES and isinstance(triple.subject, ox.NamedNode):
        return triple.subject.value, triple.predicate.value, value.value
    return None
