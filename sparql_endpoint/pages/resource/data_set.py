"""A data set that is published here: the terms of its graphs, and its files in the newest release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from sparql_endpoint.pages.frame import provenance
from sparql_endpoint.pages.frame.provenance import Provenance
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.services.release_folder import Release, ReleaseFile, ReleaseFolder

_COMPRESSION = ".gz"
"""The compression whose files the page offers; the page of the release has the others too."""


@dataclass(frozen=True)
class Distributions:
    """The files of one data set of a release, with the licence's IRI where all its graphs have the same."""

    name: str
    licence: str | None
    files: Sequence[ReleaseFile]


@dataclass(frozen=True)
class DataSet:
    """The terms of a data set's graphs, and its files."""

    terms: Sequence[tuple[Label, Provenance]]
    release: str | None
    """The name of the newest release, if the server has any."""
    distributions: Sequence[Distributions]


def find_data_set(iri: NamedNode, labels: Labels) -> DataSet | None:
    """Return what is published of a data set of ours; None for any other resource."""
    if not iri.value.startswith(f"{labels.addresses.base}dataset/"):
        return None
    release = _newest_release(labels.serving.settings.dumps)
    distributions = [*_distributions(release, iri.value)] if release else []
    terms = _terms(iri, labels)
    if not terms and not distributions:
        return None
    return DataSet(terms, release.name if release else None, distributions)


def _newest_release(folder: str) -> Release | None:
    releases = ReleaseFolder(Path(folder)) if folder else None
    name = releases.latest() if releases else None
    return releases.find(name) if releases and name else None


def _distributions(release: Release, iri: str) -> Iterator[Distributions]:
    """Yield the files of a data set; of a series those of each of its data sets."""
    for dataset in release.datasets:
        if dataset["iri"] == iri or dataset["iri"].startswith(f"{iri}/"):
            yield Distributions(_title(dataset), dataset["licence"], [*_files(release, dataset)])


def _title(dataset: Mapping[str, Any]) -> str:
    return str(dataset["name"])


def _files(release: Release, dataset: Mapping[str, Any]) -> Iterator[ReleaseFile]:
    for file in release.dataset_files(dataset["name"]):
        if file.name.endswith(_COMPRESSION) or file.name == "LICENSE":
            yield file


def _terms(iri: NamedNode, labels: Labels) -> Sequence[tuple[Label, Provenance]]:
    store = labels.serving.store
    rows = store.select(query("data-set-graphs"), {"iri": iri})
    graphs = [graph for row in rows if isinstance(graph := row["graph"], NamedNode)]
    by_graph = provenance.by_graph(provenance.read_rows(graphs, store), labels)
    return [(labels.of(graph), by_graph[graph]) for graph in graphs if graph in by_graph]
