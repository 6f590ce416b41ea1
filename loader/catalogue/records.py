"""The records of a release as files: canonical Turtle, the same bytes for the same data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from loader.catalogue.addresses import Addresses
from loader.catalogue.curated import WHOLE, knowledge, stored
from loader.catalogue.dcat import Publication, catalogue_triples
from loader.catalogue.schemes import scheme_triples
from loader.catalogue.services import service_triples
from loader.catalogue.void import described, recounted, void_triples
from loader.namespaces import BASE, DCTERMS, PREFIXES, rebase
from loader.release.dataset_layout import description
from loader.release.licence_files import shared_licence
from loader.release.model import DataSet, GraphPart, Release
from loader.status_report.quotes import Triple
from nbkg.rdf.canonical import canonical_graph

LATEST = "latest"
"""The newest release, whichever that is."""


def records(
    store: ox.Store,
    release: Release,
    addresses: Addresses | None = None,
    base: str = BASE,
    scratch: Path | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Path in the release and content of each record; of a store that does not say who publishes it, of VoID only.

    `release` tells the data sets and their files. A store that `nbkg load` made says itself what it holds; any other is
    counted in the folder `scratch`, which is made and removed.
    """
    known = knowledge(stored(store, base))
    of = Publication(_rebased(release, base), addresses or Addresses(), known)
    counted = recounted(store, base, scratch) if scratch else described(store, base)
    yield from _file("void.ttl", void_triples(of, counted), base)
    if not known.own(WHOLE, DCTERMS.publisher):
        return
    yield from _file("catalog.ttl", catalogue_triples(of), base)
    yield from _file("catalog-3.ttl", catalogue_triples(replace(of, full=True)), base)
    yield from _file("services.ttl", service_triples(of), base)
    yield from _file("schemes.ttl", scheme_triples(of), base)


def record_of(quads: Path, addresses: Addresses, base: str = BASE) -> bytes | None:
    """The catalogue record of built graphs, before there is a release: its files are those of the newest.

    None where the data does not say who publishes it.
    """
    store = ox.Store()
    store.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS)
    known = knowledge(stored(store, base))
    if not known.own(WHOLE, DCTERMS.publisher):
        return None
    of = Publication(_rebased(expected(store), base), addresses, known)
    (record,) = _file("catalog.ttl", catalogue_triples(of), base)
    return record[1]


def expected(store: ox.Store) -> Release:
    """What a release of the store will hold, as far as that is known before its files are written."""
    said = description(store)
    graphs = sorted(graph.value for graph in store.named_graphs() if not graph.value.endswith("/graph/void"))
    sizes = {graph: sum(1 for _ in store.quads_for_pattern(None, None, None, ox.NamedNode(graph))) for graph in graphs}
    datasets = []
    for planned in said.data_sets(list(graphs)):
        parts = [
            GraphPart(graph, sizes.get(graph or "", 0), None, said.terms(graph).licence) for graph in planned.graphs
        ]
        licence = shared_licence(planned.graphs, said)
        datasets.append(DataSet(planned.name, planned.iri, planned.title, licence, parts, ()))
    issued = said.changed(list(graphs)) or ""
    return Release(LATEST, issued, None, f"nbkg {version('nbkg')}", datasets)


def _file(name: str, triples: Iterable[Triple], base: str) -> Iterator[tuple[str, bytes]]:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    if len(graph):
        yield name, canonical_graph(graph, rebase=rebase(base)).turtle(PREFIXES)


def _rebased(release: Release, base: str) -> Release:
    """With our own base in the addresses of data sets and graphs; the files are written with the store's."""
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
