"""Which data sets a release has, what they are called and on what terms: all of it is said by data.

The store's own `graph/meta` tells, and where it does not, `data/sources.ttl` of the package:

- what has `dcterms:hasPart` is a data set of those graphs; `graph/report` stands for `graph/report/2025-10-14` too;
- a `dcat:DatasetSeries` is a data set for each graph below its parts: one for each report, one for each catalogue;
- what graphs are `dcterms:isPartOf` is the data set of all graphs;
- `dcterms:identifier` is its name in paths; without one it is what its IRI ends in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef

from loader import identifiers
from loader.namespaces import BASE, DCAT, DCTERMS, RDF, XSD
from nbkg.rdf.rdflib_terms import to_rdflib

META = "graph/meta"
"""What the IRI of the graph ends in that tells of the others."""
_PACKAGED = ("sources.ttl", "curated/about.ttl", "licences.ttl")


@dataclass(frozen=True)
class Terms:
    """On what terms a graph may be used."""

    licence: str | None
    rights: Mapping[str, str]
    """Language to text."""


@dataclass(frozen=True)
class Planned:
    """A data set to be written."""

    name: str
    iri: str
    title: Mapping[str, str]
    graphs: Sequence[str | None]
    """Sorted; None, the default graph, stands first."""


@dataclass(frozen=True)
class Description:
    """What is said of the graphs of a store."""

    graph: Graph
    base: str

    @property
    def whole(self) -> URIRef:
        """The data set of all graphs."""
        said = {whole for whole in self.graph.objects(None, DCTERMS.isPartOf) if isinstance(whole, URIRef)}
        return said.pop() if len(said) == 1 else URIRef(identifiers.dataset("nbkg").replace(BASE, self.base))

    def terms(self, graph: str | None) -> Terms:
        """The terms of a graph: its own, else those of what it is an example of (`graph/report`)."""
        for name in _and_above(graph):
            licence = self.graph.value(URIRef(name), DCTERMS.license)
            rights = texts(self.graph.objects(URIRef(name), DCTERMS.rights))
            if licence or rights:
                return Terms(None if rights else str(licence), rights)
        return Terms(None, {})

    def changed(self, graphs: Iterable[str | None]) -> str | None:
        """The newest day on which one of the graphs was issued or changed, as the data says: YYYY-MM-DD."""
        said = (
            str(day)
            for graph in graphs
            if graph
            for prop in (DCTERMS.issued, DCTERMS.modified)
            for day in self.graph.objects(URIRef(graph), prop)
            if isinstance(day, Literal) and day.datatype == XSD.date
        )
        return max(said, default=None)

    def data_sets(self, graphs: Sequence[str | None]) -> list[Planned]:
        """The data sets that hold any of the graphs, by name."""
        every = sorted(graphs, key=lambda graph: graph or "")
        found = [self._planned(self.whole, self._name(self.whole), every)]
        for subject in set(self.graph.subjects(DCTERMS.hasPart, None)):
            if isinstance(subject, URIRef) and subject != self.whole:
                found.extend(self._of(subject, every))
        return sorted((planned for planned in found if planned.graphs), key=lambda planned: planned.name)

    def _of(self, subject: URIRef, graphs: Sequence[str | None]) -> Iterator[Planned]:
        parts = sorted(str(part) for part in self.graph.objects(subject, DCTERMS.hasPart))
        held = [graph for graph in graphs if graph and set(parts) & set(_and_above(graph))]
        if (subject, RDF.type, DCAT.DatasetSeries) not in self.graph:
            yield self._planned(subject, self._name(subject), held)
            return
        for key in sorted({_below(graph, parts) for graph in held}):
            own = [graph for graph in held if _below(graph, parts) == key]
            name = f"{self._name(subject)}-{key.replace('/', '-')}" if key else self._name(subject)
            yield self._planned(subject, name, own, key)

    def _planned(self, subject: URIRef, name: str, graphs: Sequence[str | None], key: str = "") -> Planned:
        title = texts(self.graph.objects(subject, DCTERMS.title))
        if not key:
            return Planned(name, str(subject), title, graphs)
        return Planned(name, f"{subject}/{key}", {lang: f"{text}, {key}" for lang, text in title.items()}, graphs)

    def _name(self, subject: URIRef) -> str:
        said = self.graph.value(subject, DCTERMS.identifier)
        return identifiers.slug(str(said or subject.rstrip("/").rpartition("/")[2])) or "everything"


def description(store: ox.Store) -> Description:
    """What the store says of its graphs, and for what it does not say, what the package says."""
    own = next((name for name in store.named_graphs() if str(name).endswith(f"/{META}>")), None)
    base = own.value.removesuffix(META) if isinstance(own, ox.NamedNode) else BASE
    said = Graph()
    for file in _PACKAGED:
        text = (files("data") / file).read_text(encoding="utf-8")
        said.parse(data=text.replace(BASE, base), format="turtle")
    for quad in store.quads_for_pattern(None, None, None, own) if own is not None else ():
        said.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    return Description(said, base)


def texts(values: Iterable[object]) -> dict[str, str]:
    """Language to text, sorted; "" for none."""
    return dict(sorted((value.language or "", str(value)) for value in values if isinstance(value, Literal)))


def _and_above(graph: str | None) -> Iterator[str]:
    """The IRI and those that it is below: `…/graph/report/2025-10-14`, `…/graph/report`."""
    name = graph or ""
    while "://" in name and not name.endswith("/"):
        yield name
        name = name.rpartition("/")[0]


def _below(graph: str, parts: Sequence[str]) -> str:
    """What a graph's IRI has after the part that it is an example of."""
    part = next(name for name in _and_above(graph) if name in parts)
    return graph.removeprefix(part).strip("/")
