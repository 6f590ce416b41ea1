"""Names that people say, of things in a store."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox

from loader.namespaces import DCTERMS, FOAF, RDFS, SKOS

_LABELS = tuple(ox.NamedNode(str(prop)) for prop in (SKOS.prefLabel, RDFS.label, DCTERMS.title, FOAF.name))
_LANGUAGES = ("nb", "nn", "en", "")
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
            texts = {
                (quad.object.language or "", quad.object.value)
                for quad in self._store.quads_for_pattern(node, prop, None, None)
                if isinstance(quad.object, ox.Literal)
            }
            if texts:
                return min(texts, key=lambda text: (_rank(text[0]), text))[1]
        return ""


def end(iri: str) -> str:
    """What an IRI has after its last `#` or `/`."""
    return iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2] or iri


def _rank(language: str) -> int:
    return _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES)
