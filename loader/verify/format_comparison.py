"""Checks that all formats of a data set hold the same statements, with the counts and hashes of the index."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from loader.dumps.dump_files import DUMP_FORMATS
from loader.dumps.sorted_graphs import SortedGraph, label_blank_nodes, merged_triples
from loader.release.release_index import DataFile, DataSet
from loader.verify.file_contents import Contents, read_contents, uncompressed_digest
from loader.verify.findings import Finding
from nbkg.errors import DataError
from nbkg.rdf.blank_node_labels import BlankNodeLabeller
from nbkg.rdf.diff import DiffKind, diff_lines
from nbkg.rdf.digests import file_digest
from nbkg.rdf.nquads import has_blank_node

_FIRST = "nq"
"""The format that is read first, which the others are compared with."""


@dataclass
class DataSetReading:
    """A data set as its files have it."""

    dataset: DataSet
    labeller: BlankNodeLabeller
    first: Contents | None = None
    """The statements of its N-Quads; None where they cannot be reading."""


def data_findings(folder: Path, reading: DataSetReading, scratch: Path) -> Iterator[Finding]:
    """Yield the faults of the dump files of a data set; sets `reading.first`, whose lines stay in `scratch`."""
    files = sorted(reading.dataset.files, key=lambda file: (file.format != _FIRST, file.path))
    if not any(file.format == _FIRST for file in files):
        yield Finding(reading.dataset.folder, "has no N-Quads, with which all other formats are compared")
    digests: dict[str, str] = {}
    for file in files:
        if not (folder / file.path).is_file():
            continue
        if file.format not in DUMP_FORMATS:
            yield Finding(file.path, f"is in the format {file.format}, which is not known here")
            continue
        try:
            digest = uncompressed_digest(folder / file.path)
            if file.format not in digests:
                digests[file.format] = digest
                yield from _compare(folder, file, reading, scratch / file.format)
            elif digests[file.format] != digest:
                yield Finding(file.path, "unpacked it is not the same file as in the other compression")
        except DataError as error:
            yield Finding(file.path, str(error))


def _compare(folder: Path, file: DataFile, reading: DataSetReading, scratch: Path) -> Iterator[Finding]:
    contents = read_contents(folder / file.path, file.format, scratch, reading.labeller)
    if contents.count != file.triples:
        yield Finding(file.path, f"holds {contents.count} statements, not {file.triples}")
    if file.format == _FIRST:
        reading.first = contents
        yield from _index_findings(contents, reading.dataset)
        return
    expected = _expected(reading, DUMP_FORMATS[file.format].has_graphs, scratch / "expected")
    yield from (Finding(file.path, problem) for problem in _differences(expected, contents.graphs))
    shutil.rmtree(scratch)


def _index_findings(contents: Contents, dataset: DataSet) -> Iterator[Finding]:
    """Yield where the N-Quads have other graphs, counts or hashes than the index says."""
    graphs = contents.graphs
    known = {graph.iri: graph for graph in dataset.graphs}
    for iri in sorted({*known, *graphs}, key=lambda iri: iri or ""):
        subject = f"{dataset.folder}: {iri or 'the default graph'}"
        if iri not in known:
            yield Finding(subject, "the index does not name this graph")
        elif iri not in graphs:
            if known[iri].triples:
                yield Finding(subject, "the index names this graph, but the data does not have it")
        elif graphs[iri].triples != known[iri].triples:
            yield Finding(subject, f"holds {graphs[iri].triples} statements, not {known[iri].triples}")
        elif graphs[iri].rdfc10 != known[iri].rdfc10:
            yield Finding(subject, "its canonical hash (RDFC-1.0) is not the one in the index")


def _expected(reading: DataSetReading, has_graphs: bool, scratch: Path) -> Mapping[str | None, SortedGraph]:
    """Return the graphs of a file in a format that says what the N-Quads say."""
    if reading.first is None:
        return {}
    if has_graphs:
        return reading.first.graphs
    scratch.mkdir(parents=True)
    ground, blank, count = scratch / "ground", scratch / "blank", 0
    with ground.open("wb") as plain, blank.open("wb") as others:
        for line in merged_triples([*reading.first.graphs.values()]):
            (others if has_blank_node(line) else plain).write(line)
            count += 1
    (graph,) = label_blank_nodes([SortedGraph(None, ground, blank, count)], reading.labeller)
    return {None: graph}


def _differences(expected: Mapping[str | None, SortedGraph], actual: Mapping[str | None, SortedGraph]) -> Iterator[str]:
    for iri in sorted({*expected, *actual}, key=lambda iri: iri or ""):
        one, other = expected.get(iri), actual.get(iri)
        if one is None or other is None:
            yield f"{'lacks' if other is None else 'has'} the graph {iri or 'without a name'}, unlike the N-Quads"
        elif _hash(one) != _hash(other):
            yield f"holds other statements than the N-Quads{_example(one, other)}"


def _hash(graph: SortedGraph) -> tuple[int, str]:
    """Return the count and the canonical hash; where there is none, that of the statements without blank nodes."""
    return graph.triples, graph.rdfc10 or file_digest(graph.ground)


def _example(one: SortedGraph, other: SortedGraph) -> str:
    """Return the first statement that only one of the two has."""
    for kind, line in diff_lines(one.lines(), other.lines()):
        if kind is not DiffKind.UNCHANGED:
            return f"; {'it lacks' if kind is DiffKind.REMOVED else 'it adds'} {line.decode().strip()}"
    return ""
