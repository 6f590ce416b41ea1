"""The keys by which a row is joined with the rows that it belongs to, as statements beside those of the row.

A resource below the IRI of another one is its part: the row of `…/observation/1/milestone/2` names `…/observation/1`,
under the name of its class, and what the vocabulary marks as `nbkg:keyOfParts` of it, such as the measure that is
observed. The value of a property that is marked as `nbkg:keyOfValue` names the subject. The words of a quote that
supports a property marked as `nbkg:wordsInRow` are in the row of the innermost resource that has the quote.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from loader.namespaces import BASE, NBKG, OA, RDF
from loader.queries import rows
from nbkg.rdf.solutions import text

MAX_KEYED_STATEMENTS = 3_000_000
"""Statements above which tables have no such keys, each of which is looked up in the store."""
_TYPE = ox.NamedNode(str(RDF.type))
_QUOTE, _SUPPORTS = ox.NamedNode(str(NBKG.quote)), ox.NamedNode(str(NBKG.supports))
_SELECTOR, _EXACT = ox.NamedNode(str(OA.hasSelector)), ox.NamedNode(str(OA.exact))


class TableKeys:
    """The keys of the resources of a store."""

    def __init__(self, store: ox.Store, base: str) -> None:
        self._store, self._base = store, base
        marked = [(row["property"], text(row, "key_of")) for row in rows(store, "dumps/table-keys", BASE)]
        self._of_parts = [node for node, key_of in marked if key_of == "parts" and isinstance(node, ox.NamedNode)]
        self._of_values = [node for node, key_of in marked if key_of == "value" and isinstance(node, ox.NamedNode)]
        self._with_words = {node for node, key_of in marked if key_of == "words"}
        self._class = lru_cache(10_000)(self._find_class)

    def with_keys(self, subject: ox.NamedNode, triples: list[ox.Triple]) -> list[ox.Triple]:
        """Return the statements of a resource with its keys; what it says already is not added."""
        objects = {triple.object for triple in triples}
        keys = (key for key in self._keys(subject) if key.object not in objects)
        quotes = [triple.object for triple in triples if triple.predicate == _QUOTE]
        words = (word for quote in quotes for word in self._words(subject, quote))
        return [*triples, *dict.fromkeys([*keys, *words])]

    def _keys(self, subject: ox.NamedNode) -> Iterator[ox.Triple]:
        for parent in _parents(subject.value):
            if kind := self._class(parent):
                yield ox.Triple(subject, kind, parent)
            for prop in self._of_parts:
                for quad in self._store.quads_for_pattern(parent, prop, None, None):
                    yield ox.Triple(subject, prop, quad.object)
        for prop in self._of_values:
            for owner in sorted(self._subjects(prop, subject), key=str):
                if kind := self._class(owner):
                    yield ox.Triple(subject, kind, owner)

    def _words(self, subject: ox.NamedNode, quote: object) -> Iterator[ox.Triple]:
        """Yield the words of a quote, unless a part of the subject has it too or they support no marked property."""
        if not self._with_words or not isinstance(quote, ox.NamedNode):
            return
        if any(owner.value.startswith(f"{subject.value}/") for owner in self._subjects(_QUOTE, quote)):
            return
        if self._with_words.isdisjoint(self._objects(quote, _SUPPORTS)):
            return
        for selector in self._objects(quote, _SELECTOR):
            if isinstance(selector, ox.NamedNode):
                yield from (ox.Triple(subject, _EXACT, words) for words in self._objects(selector, _EXACT))

    def _objects(self, subject: ox.NamedNode, prop: ox.NamedNode) -> list[Any]:
        return [quad.object for quad in self._store.quads_for_pattern(subject, prop, None, None)]

    def _subjects(self, prop: ox.NamedNode, value: ox.NamedNode) -> set[ox.NamedNode]:
        quads = self._store.quads_for_pattern(None, prop, value, None)
        return {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}

    def _find_class(self, node: ox.NamedNode) -> ox.NamedNode | None:
        """Return a class of a resource, one of our own vocabulary where there is one; None for what has none."""
        kinds = (quad.object for quad in self._store.quads_for_pattern(node, _TYPE, None, None))
        named = (kind for kind in kinds if isinstance(kind, ox.NamedNode))
        return min(named, key=lambda kind: (not kind.value.startswith(self._base), kind.value), default=None)


def _parents(iri: str) -> Iterator[ox.NamedNode]:
    """Yield the IRIs that an IRI is below, the nearest first."""
    parent = iri
    while "://" in (parent := parent.rpartition("/")[0]) and not parent.endswith("/"):
        yield ox.NamedNode(parent)
