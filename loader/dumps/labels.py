"""Names that people say, of things in a store."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox

from loader.namespaces import DCTERMS, FOAF, RDFS, SKOS
from nbkg.rdf.label_choice import LANGUAGES, best_text

_LABELS = tuple(ox.NamedNode(str(prop)) for prop in (SKOS.prefLabel, RDFS.label, DCTERMS.title, FOAF.name))
_KEPT = 100_000
_DEFINITIONS = tuple(ox.NamedNode(str(prop)) for prop in (SKOS.definition, RDFS.comment))


class Labels:
    """Names and definitions in the store, the last hundred thousand remembered."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._remembered = lru_cache(_KEPT)(self._found)

    def name(self, node: ox.NamedNode) -> str:
        """The name of a thing in the first of nb, nn, en that it has; else the end of its IRI."""
        return self._remembered(node, _LABELS) or end(node.value)

    def has_name(self, node: ox.NamedNode) -> bool:
        """Whether anything names it."""
        return bool(self._remembered(node, _LABELS))

    def definition(self, node: ox.NamedNode) -> str:
        """What it is, in words; empty where nothing says."""
        return self._found(node, _DEFINITIONS)

    def _found(self, node: ox.NamedNode, props: tuple[ox.NamedNode, ...]) -> str:
        for prop in props:
            values = (quad.object for quad in self._store.quads_for_pattern(node, prop, None, None))
            if best := best_text((value for value in values if isinstance(value, ox.Literal)), LANGUAGES[0]):
                return best.value
        return ""


def end(iri: str) -> str:
    """What an IRI has after its last `#` or `/`."""
    return iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2] or iri
