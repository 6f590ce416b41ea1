"""What a graph says of its resources, read by properties of BIBFRAME, in an order that is always the same."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import pyoxigraph as ox

from loader.namespaces import BF, LOC, MADS, PREFIXES, RDF

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_REMEMBERED = 1 << 14
"""Resources whose statements are remembered: those of a few records, and the agents that come again and again."""
_TYPE = str(RDF.type)
_PREFIXES = {**PREFIXES, "mads": str(MADS), "loc": str(LOC)}


@lru_cache(1 << 10)
def expand(name: str) -> str:
    """Return the IRI of a compact one, of a term of BIBFRAME without a prefix, or of an IRI as it is."""
    prefix, mark, local = name.partition(":")
    if not mark:
        return f"{BF}{name}"
    return name if local.startswith("//") else f"{_PREFIXES[prefix]}{local}"


class CatalogueGraph:
    """A graph in a store, of which all named graphs are read as one."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self.about = lru_cache(_REMEMBERED)(self._about)

    def _about(self, term: Term) -> Mapping[str, tuple[Term, ...]]:
        """Return the objects of what is said of a term, by the IRIs of properties, each once and in order."""
        if not isinstance(term, (ox.NamedNode, ox.BlankNode)):
            return {}
        objects: dict[str, dict[Term, None]] = {}
        for quad in self.store.quads_for_pattern(term, None, None, None):
            objects.setdefault(quad.predicate.value, {})[quad.object] = None
        return {name: tuple(sorted(terms, key=str)) for name, terms in objects.items()}

    def node(self, term: Term) -> GraphNode:
        """Return a term as a node of the graph."""
        return GraphNode(self, term)

    def nodes_with(self, name: str) -> list[GraphNode]:
        """Return the subjects of a property, each once and in order."""
        quads = self.store.quads_for_pattern(None, ox.NamedNode(expand(name)), None, None)
        return [self.node(term) for term in sorted({quad.subject for quad in quads}, key=str)]

    def nodes_of(self, kind: str) -> list[GraphNode]:
        """Return the nodes of a class, each once and in order."""
        quads = self.store.quads_for_pattern(None, ox.NamedNode(_TYPE), ox.NamedNode(expand(kind)), None)
        return [self.node(term) for term in sorted({quad.subject for quad in quads}, key=str)]


_NOTHING = ox.BlankNode("nothing")


class GraphNode:
    """A resource and what the graph says of it; one that does not exist is false, and nothing is said of it.

    Of texts it has those without a script, or in one other script (`ru-Cyrl`), which MARC writes in fields 880.
    """

    __slots__ = ("graph", "script", "term")

    def __init__(self, graph: CatalogueGraph, term: Term = _NOTHING, script: str = "") -> None:
        self.graph = graph
        self.term = term
        self.script = script

    def __bool__(self) -> bool:
        return self.term != _NOTHING

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GraphNode) and self.term == other.term

    def __hash__(self) -> int:
        return hash(self.term)

    def __repr__(self) -> str:
        return str(self.term)

    @property
    def iri(self) -> str:
        """The IRI, or an empty text for a blank node."""
        return self.term.value if isinstance(self.term, ox.NamedNode) else ""

    @property
    def kinds(self) -> frozenset[str]:
        """The IRIs of its classes."""
        return frozenset(term.value for term in self._objects(_TYPE) if isinstance(term, ox.NamedNode))

    def is_a(self, *kinds: str) -> bool:
        """Return whether it is of one of these classes."""
        return not self.kinds.isdisjoint(map(expand, kinds))

    def in_script(self, script: str) -> GraphNode:
        """Return the node with its texts in another script."""
        return GraphNode(self.graph, self.term, script)

    def nodes(self, name: str) -> list[GraphNode]:
        """Return the nodes to which a property leads, in order."""
        return [
            GraphNode(self.graph, term, self.script)
            for term in self._objects(expand(name))
            if not isinstance(term, ox.Literal)
        ]

    def node(self, *names: str) -> GraphNode:
        """Return the first node to which one of these properties leads, or one that does not exist."""
        return next((node for name in names for node in self.nodes(name)), GraphNode(self.graph))

    def texts(self, name: str) -> list[str]:
        """Return the texts of a property in the script of the node, in order."""
        return [each.value for each in self.literals(name) if script_of(each) == self.script]

    def text(self, *names: str) -> str:
        """Return the first text of one of these properties, or an empty one."""
        return next((text for name in names for text in self.texts(name)), "")

    def values(self, name: str) -> list[str]:
        """Return the literals of a property as texts, each once: codes, numbers and dates are in no script."""
        return list(dict.fromkeys(term.value for term in self.literals(name)))

    def value(self, name: str) -> str:
        """Return the first literal of a property as a text, or an empty one."""
        return next(iter(self.values(name)), "")

    def literals(self, name: str) -> list[ox.Literal]:
        """Return the literals of a property in all scripts, in order."""
        return [term for term in self._objects(expand(name)) if isinstance(term, ox.Literal)]

    def _objects(self, iri: str) -> tuple[Term, ...]:
        return self.graph.about(self.term).get(iri, ())


def script_of(literal: ox.Literal) -> str:
    """Return the language tag of a literal in another script, or an empty text."""
    language = literal.language or ""
    return language if language == "und" or "-" in language else ""


def codes_of(nodes: list[GraphNode], folder: str) -> list[str]:
    """Return the codes of the terms that are in a folder of the vocabularies of the Library of Congress."""
    start = f"{LOC}{folder}/"
    return [node.iri.removeprefix(start) for node in nodes if node.iri.startswith(start)]
