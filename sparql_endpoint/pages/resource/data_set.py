"""A data set that is published here: the terms of its graphs, and its files in the newest release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from nbkg.rdf.solutions import literal_text
from sparql_endpoint.pages.frame import provenance
from sparql_endpoint.pages.frame.provenance import Provenance
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.services.release_folder import Release, ReleaseFile, ReleaseFolder
from sparql_endpoint.services.services import Serving
from sparql_endpoint.stores.base import Store

_COMPRESSION = ".gz"
"""The compression whose files the page offers; the page of the release has the others too."""
_MOST_RECORDS = 20_000
"""Records that are counted, the limit of `data-set-records.rq`."""


@dataclass(frozen=True)
class Distributions:
    """The files of one data set of a release, with the licence's IRI where all its graphs have the same."""

    name: str
    licence: str | None
    files: Sequence[ReleaseFile]


@dataclass(frozen=True)
class Records:
    """How many records of a catalogue a data set holds, of how many an agent has an authority number, and the first."""

    count: int
    with_numbers: int
    first: Sequence[Label]

    @property
    def are_all_counted(self) -> bool:
        """Whether the data set has fewer records than are counted at most."""
        return self.count < _MOST_RECORDS


@dataclass(frozen=True)
class DataSet:
    """The terms of a data set and of its graphs, its files and its records; without any there is no data of it here."""

    terms: Sequence[tuple[Label, Provenance]]
    release: str | None
    """The name of the newest release, if the server has any."""
    distributions: Sequence[Distributions]
    records: Records | None


def find_data_set(iri: NamedNode, labels: Labels) -> DataSet | None:
    """Return what is published of a data set of ours, if anything; None for any other resource."""
    if not is_data_set(iri, labels.serving):
        return None
    release = newest_release(labels.serving.settings.dumps)
    distributions = [*_distributions(release, iri, labels.serving.store)] if release else []
    return DataSet(_terms(iri, labels), release.name if release else None, distributions, _records(iri, labels))


def is_data_set(iri: NamedNode, serving: Serving) -> bool:
    """Return whether an IRI is that of a data set of ours, whose page depends on the releases too."""
    return iri.value.startswith(f"{serving.settings.base}dataset/")


def newest_release(folder: str) -> Release | None:
    """Return the newest release in a folder, None where there is none or the folder is not named."""
    releases = ReleaseFolder(Path(folder)) if folder else None
    name = releases.latest() if releases else None
    return releases.find(name) if releases and name else None


def _distributions(release: Release, iri: NamedNode, store: Store) -> Iterator[Distributions]:
    """Yield the files of a data set; of a series those of each of its data sets, of a record the record itself."""
    for dataset in release.datasets:
        if dataset["iri"] == iri.value or dataset["iri"].startswith(f"{iri.value}/"):
            yield Distributions(_title(dataset), dataset["licence"], [*_files(release, dataset)])
    rows = store.select(query("data-set-names"), {"iri": iri})
    names = {name.value for row in rows if isinstance(name := row["name"], Literal)}
    names |= {iri.value.rpartition("/")[2]}
    if records := [file for file in release.other_files() if file.path.partition(".")[0] in names]:
        yield Distributions(records[0].name, None, records)


def _title(dataset: Mapping[str, Any]) -> str:
    return str(dataset["name"])


def _files(release: Release, dataset: Mapping[str, Any]) -> Iterator[ReleaseFile]:
    for file in release.dataset_files(dataset["name"]):
        if file.name.endswith(_COMPRESSION) or file.name == "LICENSE":
            yield file


def _records(iri: NamedNode, labels: Labels) -> Records | None:
    """Return the records of a catalogue in a data set, counted once for a version of the data; None without any."""
    counts = labels.serving.per_version(__name__, dict[NamedNode, tuple[int, int]])
    if iri not in counts:
        counts[iri] = _count_records(iri, labels.serving.store)
    count, with_numbers = counts[iri]
    if not count:
        return None
    rows = labels.serving.store.select(query("data-set-first-records"), {"iri": iri})
    return Records(count, with_numbers, [labels.of(row["record"]) for row in rows])


def _count_records(iri: NamedNode, store: Store) -> tuple[int, int]:
    for row in store.select(query("data-set-records"), {"iri": iri}):
        return int(literal_text(row, "records")), int(literal_text(row, "withNumbers"))
    return 0, 0


def _terms(iri: NamedNode, labels: Labels) -> Sequence[tuple[Label, Provenance]]:
    store = labels.serving.store
    rows = store.select(query("data-set-graphs"), {"iri": iri})
    graphs = [graph for row in rows if isinstance(graph := row["graph"], NamedNode)]
    by_graph = provenance.by_graph(provenance.read_rows([iri, *graphs], store), labels)
    stated = {node: terms for node, terms in by_graph.items() if terms.licences or terms.rights}
    return [(labels.of(node), stated[node]) for node in (iri, *graphs) if node in stated]
