"""The index of the words of a version, by which things are found: `STORE/versions/3.words`; see `text_index`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from nbkg import text_index

_TEXTS = (
    ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"),
    ox.NamedNode("http://www.w3.org/2001/XMLSchema#string"),
)


def index(version: Path) -> None:
    """Writes the index of a version's folder where it is not there: without it only searching does not work.

    So it is too where Python's SQLite has no full-text search.
    """
    place = version.with_name(f"{version.name}.words")
    if text_index.is_possible() and not place.is_file():
        new = place.with_name(f".{place.name}")
        text_index.write(new, _said(ox.Store.read_only(str(version))))
        new.replace(place)


def _said(store: ox.Store) -> Iterator[text_index.Said]:
    """The texts of things with an IRI, those of one thing after each other, as the store has them in order."""
    for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        value = quad.object
        if isinstance(value, ox.Literal) and value.datatype in _TEXTS and isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value, quad.predicate.value, value.value
