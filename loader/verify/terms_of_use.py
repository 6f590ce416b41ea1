"""Checks that a release states the terms of use that its data states: for each graph, and in each `LICENSE`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox

from loader.dumps.sorted_graphs import SortedGraph
from loader.namespaces import BASE
from loader.release.dataset_layout import META, StoreDescription, TermsOfUse
from loader.release.licence_files import licence_line
from loader.release.release_index import DataSet, Release
from loader.verify.findings import Finding
from nbkg.rdf.rdflib_terms import to_graph


def licence_findings(folder: Path, release: Release, graphs: Mapping[str | None, SortedGraph]) -> Iterator[Finding]:
    """Yield where the index or a `LICENSE` states other terms than the data, or than one another."""
    meta = next((iri for iri in graphs if iri and iri.endswith(f"/{META}")), None)
    description = _description(graphs[meta], meta.removesuffix(META)) if meta else None
    for dataset in release.datasets:
        for part in dataset.graphs:
            stated = description.terms(part.iri) if description else TermsOfUse(None, {})
            if stated != TermsOfUse(None, {}) and part.licence != stated.licence:
                subject = f"{dataset.folder}: {part.iri or 'the default graph'}"
                yield Finding(subject, f"the index says licence {part.licence}, the data {stated.licence}")
        yield from _licence_file_findings(folder, dataset)


def _licence_file_findings(folder: Path, dataset: DataSet) -> Iterator[Finding]:
    path = f"{dataset.folder}/LICENSE"
    stated = {part.licence for part in dataset.graphs}
    if dataset.licence != (stated.pop() if len(stated) == 1 else None):
        yield Finding(dataset.folder, f"the index says licence {dataset.licence}, which is not that of its graphs")
    if not (folder / path).is_file():
        yield Finding(path, "is missing")
        return
    lines = (folder / path).read_text(encoding="utf-8", errors="replace").splitlines()
    if dataset.iri not in lines:
        yield Finding(path, "is not of this data set")
    line_below = {line: below.strip() for line, below in pairwise(lines)}
    for part in dataset.graphs:
        name = part.iri or "the default graph"
        if line_below.get(name) != licence_line(part.licence):
            yield Finding(path, f"does not say “{licence_line(part.licence)}” of {name}")


def _description(sorted_graph: SortedGraph, base: str) -> StoreDescription:
    quads = ox.parse(b"".join(sorted_graph.lines()), ox.RdfFormat.N_TRIPLES)
    return StoreDescription(to_graph(quads), base or BASE)
