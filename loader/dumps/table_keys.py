"""The keys by which a row is joined with the rows that it belongs to, as statements beside those of the row.

A resource below the IRI of another one is its part: the row of `…/observation/1/milestone/2` names `…/observation/1`,
under the name of its class, and what the vocabulary marks as `nbkg:keyOfParts` of it, such as the measure that is
observed. The value of a property that is marked as `nbkg:keyOfValue` names the subject. The words of a quote that
supports a marked property are in the row of the innermost resource that has the quote.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pyoxigraph as ox

from loader.namespaces import BASE, RDF
from loader.queries import rows
from nbkg.grouping import group_values
from nbkg.rdf.solutions import text

MAX_KEYED_STATEMENTS = 3_000_000
"""Statements above which tables have no such keys, each of which is looked up in the store."""
_TYPE = ox.NamedNode(str(RDF.type))


class TableKeys:
    """The keys of the resources of a store."""

    def __init__(self, store: ox.Store, base: str) -> None:
        self._store, self._base = store, base
        marked = [(row["property"], text(row, "key_of")) for row in rows(store, "dumps/table-keys", BASE)]
        self._of_parts = [node for node, key_of in marked if key_of == "parts" and isinstance(node, ox.NamedNode)]
        self._of_values = [node for node, key_of in marked if key_of == "value" and isinstance(node, ox.NamedNode)]
        words = rows(store, "dumps/words-in-rows", BASE)
        self._words = group_values(
            (row["row"], (prop, row["words"])) for row in words if isinstance(prop := row["property"], ox.NamedNode)
        )
        self._class = lru_cache(10_000)(self._find_class)

    def with_keys(self, subject: ox.NamedNode, triples: list[ox.Triple]) -> list[ox.Triple]:
        """Return the statements of a resource with its keys; what it says already is not added."""
        objects = {triple.object for triple in triples}
        keys = (key for key in self._keys(subject) if key.object not in objects)
        words = (ox.Triple(subject, prop, printed) for prop, printed in self._words.get(subject, ()))
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
