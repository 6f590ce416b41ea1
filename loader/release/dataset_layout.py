"""The data sets of a release, their names and their terms of use, all of which the data says.

They stand in the store's own `graph/meta`, else in `data/sources.ttl` of the package:

- what has `dcterms:hasPart` is a data set of those graphs; `graph/a` stands for `graph/a/2025-10-14` too;
- a `dcat:DatasetSeries` is a data set for each graph below its parts, such as one for each date; a build describes
  them in `graph/meta`;
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
from nbkg.rdf.rdflib_terms import rdflib_triples

META = "graph/meta"
"""The end of the IRI of the graph that describes the others."""
_PACKAGED = ("sources.ttl", "curated/about.ttl", "licences.ttl")


@dataclass(frozen=True)
class TermsOfUse:
    """The terms on which a graph may be used."""

    licence: str | None
    rights: Mapping[str, str]
    """Language to text."""


@dataclass(frozen=True)
class DataSetPlan:
    """A data set to be written."""

    name: str
    iri: str
    title: Mapping[str, str]
    graphs: Sequence[str | None]
    """The graphs that it holds, sorted; None, the default graph, stands first."""


@dataclass(frozen=True)
class StoreDescription:
    """A description of the graphs of a store."""

    graph: Graph
    base: str

    @property
    def everything(self) -> URIRef:
        """Return the IRI of the data set of all graphs."""
        parents = {iri for iri in self.graph.objects(None, DCTERMS.isPartOf) if isinstance(iri, URIRef)}
        return parents.pop() if len(parents) == 1 else URIRef(identifiers.dataset("nbkg").replace(BASE, self.base))

    def terms(self, graph: str | None) -> TermsOfUse:
        """Return the terms of a graph: its own, else those of the series that it belongs to."""
        for name in _and_above(graph):
            licence = self.graph.value(URIRef(name), DCTERMS.license)
            rights = texts(self.graph.objects(URIRef(name), DCTERMS.rights))
            if licence or rights:
                return TermsOfUse(None if rights else str(licence), rights)
        return TermsOfUse(None, {})

    def last_change(self, graphs: Iterable[str | None]) -> str | None:
        """Return the newest day on which one of the graphs was issued or changed, as the data says: YYYY-MM-DD."""
        days = (
            str(day)
            for graph in graphs
            if graph
            for prop in (DCTERMS.issued, DCTERMS.modified)
            for day in self.graph.objects(URIRef(graph), prop)
            if isinstance(day, Literal) and day.datatype == XSD.date
        )
        return max(days, default=None)

    def data_sets(self, graphs: Sequence[str | None]) -> list[DataSetPlan]:
        """Return the data sets that hold any of the graphs, by name."""
        every = sorted(graphs, key=lambda graph: graph or "")
        everything = self._plan(self.everything, self._name(self.everything), every)
        plans = {everything.iri: everything}
        for subject in sorted(set(self.graph.subjects(DCTERMS.hasPart, None)), key=str):
            if isinstance(subject, URIRef) and subject != self.everything:
                plans |= {plan.iri: plan for plan in self._plans_of(subject, every)}
        return sorted((plan for plan in plans.values() if plan.graphs), key=lambda plan: plan.name)

    def _plans_of(self, subject: URIRef, graphs: Sequence[str | None]) -> Iterator[DataSetPlan]:
        parts = sorted(str(part) for part in self.graph.objects(subject, DCTERMS.hasPart))
        held = [graph for graph in graphs if graph and set(parts) & set(_and_above(graph))]
        if (subject, RDF.type, DCAT.DatasetSeries) not in self.graph:
            yield self._plan(subject, self._name(subject), held)
            return
        for key in sorted({_below(graph, parts) for graph in held}):
            own = [graph for graph in held if _below(graph, parts) == key]
            name = f"{self._name(subject)}-{key.replace('/', '-')}" if key else self._name(subject)
            yield self._plan(subject, name, own, key)

    def _plan(self, subject: URIRef, name: str, graphs: Sequence[str | None], key: str = "") -> DataSetPlan:
        title = texts(self.graph.objects(subject, DCTERMS.title))
        if not key:
            return DataSetPlan(name, str(subject), title, graphs)
        return DataSetPlan(name, f"{subject}/{key}", {lang: f"{text}, {key}" for lang, text in title.items()}, graphs)

    def _name(self, subject: URIRef) -> str:
        identifier = self.graph.value(subject, DCTERMS.identifier)
        return identifiers.slug(str(identifier or subject.rstrip("/").rpartition("/")[2])) or "everything"


def read_description(store: ox.Store) -> StoreDescription:
    """Return what the store says of its graphs, and for what it does not say, what the package says."""
    own = next((name for name in store.named_graphs() if str(name).endswith(f"/{META}>")), None)
    base = own.value.removesuffix(META) if isinstance(own, ox.NamedNode) else BASE
    graph = Graph()
    for file in _PACKAGED:
        text = (files("data") / file).read_text(encoding="utf-8")
        graph.parse(data=text.replace(BASE, base), format="turtle")
    if own is not None:
        graph += rdflib_triples(store.quads_for_pattern(None, None, None, own))
    return StoreDescription(graph, base)


def texts(values: Iterable[object]) -> dict[str, str]:
    """Return language to text, sorted; the language is empty where there is none."""
    return dict(sorted((value.language or "", str(value)) for value in values if isinstance(value, Literal)))


def _and_above(graph: str | None) -> Iterator[str]:
    """Yield the IRI and those that it is below: `…/graph/a/2025-10-14`, `…/graph/a`."""
    name = graph or ""
    while "://" in name and not name.endswith("/"):
        yield name
        name = name.rpartition("/")[0]


def _below(graph: str, parts: Sequence[str]) -> str:
    """Return what a graph's IRI has after that of the series that it belongs to."""
    part = next(name for name in _and_above(graph) if name in parts)
    return graph.removeprefix(part).strip("/")
