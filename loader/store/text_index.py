"""The index of the words of a version, by which things are found: `STORE/versions/3.words`; see `text_index`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path

import pyoxigraph as ox

from nbkg import text_index

_TEXTS = (
    ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"),
    ox.NamedNode("http://www.w3.org/2001/XMLSchema#string"),
)


def index(version: Path, left_out: Iterable[str] = ()) -> None:
    """Write the index of a version's folder where it is not there: without it only searching does not work.

    It holds the words of the default graph and of the graphs that this leaves out. Nothing is written either where
    Python's SQLite has no full-text search.
    """
    place = version.with_name(f"{version.name}.words")
    if text_index.is_possible() and not place.is_file():
        new = place.with_name(f".{place.name}")
        text_index.write(new, _texts(ox.Store.read_only(str(version)), left_out))
        new.replace(place)


def _texts(store: ox.Store, left_out: Iterable[str]) -> Iterator[text_index.Said]:
    """Yield the texts of things with an IRI, those of one thing after each other, as the store has them in order.

    Texts of the graphs that are left out are held in memory until their thing comes.
    """
    others: dict[str, dict[text_index.Said, None]] = {}
    for graph in left_out:
        for text in _of_graph(store, ox.NamedNode(graph)):
            others.setdefault(text[0], {})[text] = None
    for iri, texts in groupby(_of_graph(store, ox.DefaultGraph()), key=itemgetter(0)):
        yield from {**dict.fromkeys(texts), **others.pop(iri, {})}
    yield from chain.from_iterable(others.values())


def _of_graph(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[text_index.Said]:
    for quad in store.quads_for_pattern(None, None, None, graph):
        value = quad.object
        if isinstance(value, ox.Literal) and value.datatype in _TEXTS and isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value, quad.predicate.value, value.value
