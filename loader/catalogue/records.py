"""Writes the records of a release as files: canonical Turtle, the same bytes for the same data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from loader.catalogue.addresses import Addresses
from loader.catalogue.dcat import Publication, catalogue_triples
from loader.catalogue.knowledge import EVERYTHING, Triple, describing_graphs, read_knowledge
from loader.catalogue.schemes import scheme_triples
from loader.catalogue.services import service_triples
from loader.catalogue.void import count_store, read_void, void_triples
from loader.namespaces import BASE, DCTERMS, PREFIXES, rebase
from loader.release.dataset_layout import read_description
from loader.release.licence_files import shared_licence
from loader.release.release_index import DataSet, GraphPart, Release
from nbkg.rdf.canonical import canonical_graph

LATEST = "latest"
"""The name of the newest release in addresses, whichever that is."""


def records(
    store: ox.Store,
    release: Release,
    addresses: Addresses | None = None,
    base: str = BASE,
    scratch: Path | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each record; only the VoID description where the store does not name a publisher.

    A store that `nbkg load` made holds its own counts; any other is counted in the folder `scratch`, which is made and
    removed.
    """
    knowledge = read_knowledge(describing_graphs(store, base))
    publication = Publication(_rebased(release, base), addresses or Addresses(), knowledge)
    counts = count_store(store, base, scratch) if scratch else read_void(store, base)
    yield from _file("void.ttl", void_triples(publication, counts), base)
    if not knowledge.own(EVERYTHING, DCTERMS.publisher):
        return
    yield from _file("catalog.ttl", catalogue_triples(publication), base)
    yield from _file("catalog-3.ttl", catalogue_triples(replace(publication, full=True)), base)
    yield from _file("services.ttl", service_triples(publication), base)
    yield from _file("schemes.ttl", scheme_triples(publication), base)


def build_record(quads: Path, addresses: Addresses, base: str = BASE) -> bytes | None:
    """Return the catalogue record of built graphs, before there is a release: its files are those of the newest.

    Returns None where the data does not name a publisher.
    """
    store = ox.Store()
    store.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS)
    knowledge = read_knowledge(describing_graphs(store, base))
    if not knowledge.own(EVERYTHING, DCTERMS.publisher):
        return None
    publication = Publication(_rebased(expected_release(store), base), addresses, knowledge)
    (record,) = _file("catalog.ttl", catalogue_triples(publication), base)
    return record[1]


def expected_release(store: ox.Store) -> Release:
    """Return the release of a store as far as it is known before its files are written."""
    description = read_description(store)
    graphs = sorted(graph.value for graph in store.named_graphs() if not graph.value.endswith("/graph/void"))
    sizes = {graph: sum(1 for _ in store.quads_for_pattern(None, None, None, ox.NamedNode(graph))) for graph in graphs}
    datasets = []
    for plan in description.data_sets(list(graphs)):
        parts = [
            GraphPart(graph, sizes.get(graph or "", 0), None, description.terms(graph).licence) for graph in plan.graphs
        ]
        licence = shared_licence(plan.graphs, description)
        datasets.append(DataSet(plan.name, plan.iri, plan.title, licence, parts, ()))
    issued = description.last_change(list(graphs)) or ""
    return Release(LATEST, issued, None, f"nbkg {version('nbkg')}", datasets)


def _file(name: str, triples: Iterable[Triple], base: str) -> Iterator[tuple[str, bytes]]:
    graph = Graph()
    graph += triples
    if len(graph):
        yield name, canonical_graph(graph, rebase=rebase(base)).turtle(PREFIXES)


def _rebased(release: Release, base: str) -> Release:
    """Return the release with our own base in its IRIs; the files are written with the store's."""
    if base == BASE:
        return release
    datasets = [
        replace(
            dataset,
            iri=dataset.iri.replace(base, BASE),
            graphs=[replace(part, iri=part.iri and part.iri.replace(base, BASE)) for part in dataset.graphs],
        )
        for dataset in release.datasets
    ]
    return replace(release, datasets=datasets)
