"""Labels and definitions of the IRIs in a store."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox

from loader.namespaces import DCTERMS, FOAF, RDFS, SKOS
from nbkg.rdf.compact_iri import local_name
from nbkg.rdf.label_choice import LANGUAGES, best_text

_LABELS = tuple(ox.NamedNode(str(prop)) for prop in (SKOS.prefLabel, RDFS.label, DCTERMS.title, FOAF.name))
_SUB_PROPERTY = ox.NamedNode(str(RDFS.subPropertyOf))
_CACHE_SIZE = 100_000
_DEFINITIONS = tuple(ox.NamedNode(str(prop)) for prop in (SKOS.definition, RDFS.comment))


class StoreLabels:
    """The labels and definitions in a store; the last hundred thousand labels are cached."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        names = store.quads_for_pattern(None, _SUB_PROPERTY, ox.NamedNode(str(RDFS.label)), None)
        own = sorted({quad.subject for quad in names if isinstance(quad.subject, ox.NamedNode)}, key=str)
        self._labels = tuple(dict.fromkeys([*_LABELS, *own]))
        self._cached = lru_cache(_CACHE_SIZE)(self._find)

    def label(self, node: ox.NamedNode) -> str:
        """Return the label of an IRI in the first of nb, nn, en that it has, else its local name."""
        return self._cached(node, self._labels) or local_name(node.value)

    def has_label(self, node: ox.NamedNode) -> bool:
        """Return whether an IRI has a label."""
        return bool(self._cached(node, self._labels))

    def definition(self, node: ox.NamedNode) -> str:
        """Return the definition of an IRI, empty where there is none."""
        return self._find(node, _DEFINITIONS)

    def _find(self, node: ox.NamedNode, props: tuple[ox.NamedNode, ...]) -> str:
        for prop in props:
            values = (quad.object for quad in self._store.quads_for_pattern(node, prop, None, None))
            if best := best_text((value for value in values if isinstance(value, ox.Literal)), LANGUAGES[0]):
                return best.value
        return ""
