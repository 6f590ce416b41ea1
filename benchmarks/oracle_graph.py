"""The statements about one record, from either converter, as a graph to look into."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "bf": "http://id.loc.gov/ontologies/bibframe/",
    "bflc": "http://id.loc.gov/ontologies/bflc/",
    "madsrdf": "http://www.loc.gov/mads/rdf/v1#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
}
Node = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_LABELS = ("rdfs:label", "rdf:value", "madsrdf:authoritativeLabel", "bf:code")
_TITLE_PARTS = ("bf:mainTitle", "bf:subtitle", "bf:partNumber", "bf:partName")
_PUNCTUATION = re.compile(r"[\s.,:;=+/]+")


def normalised(text: str) -> str:
    """Return a text in which case, spaces and the punctuation between ISBD's areas make no difference."""
    return _PUNCTUATION.sub(" ", unicodedata.normalize("NFC", text).casefold().replace("’", "'")).strip()


class RecordGraph:
    """Statements, with the work, the instances, the hub and the administrative metadata of one record."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._objects: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self._kinds: dict[str, set[Node]] = defaultdict(set)
        for quad in quads:
            self._objects[quad.subject][quad.predicate.value].append(quad.object)
            if quad.predicate.value == f"{PREFIXES['rdf']}type" and isinstance(quad.object, ox.NamedNode):
                self._kinds[quad.object.value].add(quad.subject)  # type: ignore[arg-type]  # no triple has a class
        self.works: list[Term] = []
        self.instances: list[Term] = []
        self.hubs: list[Term] = []
        self.records: list[Term] = []

    def of_class(self, name: str) -> set[Node]:
        """Return the nodes of a class."""
        return self._kinds[long(name)]

    def values(self, nodes: Iterable[Term], *names: str) -> Iterator[Term]:
        """Yield the objects of nodes and properties."""
        for node in nodes:
            for name in names:
                yield from self._objects[node][long(name)] if node in self._objects else ()

    def value(self, node: Term, *names: str) -> Term | None:
        """Return the first object of a node, in the order of the properties."""
        return next(self.values([node], *names), None)

    def names(self, term: Term | None) -> list[str]:
        """Return what a term says: a literal, its labels or titles in each script, or the last part of an IRI."""
        if isinstance(term, ox.Literal):
            return [normalised(term.value)]
        if term is None or isinstance(term, ox.Triple):
            return []
        for label in _LABELS:
            if values := list(self.values([term], label)):
                return [name for value in values for name in self.names(value)]
        titles = [title for node in [*self.values([term], "bf:title"), term] for title in self.titles(node)]
        return titles[:1] or ([local_name(term)] if isinstance(term, ox.NamedNode) else [])

    def codes(self, term: Term) -> list[str]:
        """Return the last part of the IRI of a controlled value; of a node of the record, its names."""
        is_controlled = isinstance(term, ox.NamedNode) and "id.loc.gov" in term.value
        return [local_name(term)] if is_controlled else self.names(term)  # type: ignore[arg-type]  # it is a NamedNode

    def titles(self, node: Term) -> list[str]:
        """Return the parts of a title in their order, once for each script."""
        parts = [value for name in _TITLE_PARTS for value in self.values([node], name) if isinstance(value, ox.Literal)]
        scripts = dict.fromkeys(part.language for part in parts)
        return [normalised(" ".join(part.value for part in parts if part.language == script)) for script in scripts]

    def kinds(self, node: Term) -> set[str]:
        """Return the names of the classes of BIBFRAME and MADS that a node has."""
        classes = (each.value for each in self.values([node], "rdf:type") if isinstance(each, ox.NamedNode))
        return {local_name(ox.NamedNode(each)) for each in classes if "bibframe" in each or "mads" in each}


def long(name: str) -> str:
    """Return the IRI of a compact one."""
    prefix, _colon, local = name.partition(":")
    return PREFIXES[prefix] + local


def local_name(node: ox.NamedNode) -> str:
    """Return the last part of an IRI."""
    return node.value.rstrip("/#").replace("#", "/").rpartition("/")[2]
