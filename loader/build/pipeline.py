"""The way from sources to written graphs: everything is validated before anything is replaced."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path

from rdflib import Graph

from loader import identifiers
from loader.build.external_ids import check_identifiers
from loader.build.graph_files import GraphWriter, LargeGraph, SmallGraph, WrittenGraph
from loader.build.left_to_do import Findings, Task, observed_by, tasks
from loader.build.provenance import meta_triples
from loader.link.checked_links import conflict_stream, with_links_noted
from loader.link.checking.link_table import open_link_table
from loader.link.project_mappings import ProjectMappings, read_project_mappings
from loader.namespaces import BASE, PREFIXES
from loader.queries import triples
from loader.sources.graph_stream import GraphStream, SourceKind, to_triples
from loader.sources.project import ProjectData
from loader.validate import validate
from loader.validate.batches import batch_validator
from nbkg.rdf.rdflib_terms import to_graph
from nbkg.storage.atomic_replace import replace_folder
from nbkg.storage.locations import QUADS_FILE

Progress = Callable[[str], None]


def build(
    project: ProjectData,
    kinds: Sequence[SourceKind],
    out: Path,
    *,
    base: str = BASE,
    progress: Progress = lambda _: None,
) -> list[Task]:
    """Make, validate and write the graphs into the folder `out`, and return what is left to do for people.

    On any error `out` stays as it was. Raises DataError for what cannot be read, ValidationError where a shape finds a
    violation.
    """
    progress("reading")
    mappings = read_project_mappings(project.mappings)
    project = replace(project, curated=project.curated + to_graph(mappings.identifiers()))
    check_identifiers(to_triples(project.curated))
    findings = Findings()
    with _sorting_folder(out) as folder, open_link_table(folder) as table:
        validator = batch_validator(project.shapes, project.ontology + project.curated, findings.add)
        writer = GraphWriter(folder, base, validator.check)
        streams = chain(_own_graphs(project), _links(mappings), *(kind.graphs() for kind in kinds))
        graphs = [writer.write(with_links_noted(stream, table)) for stream in streams]
        progress("checking links")
        checked = [graph.stream.name for graph in graphs]
        graphs.append(writer.write(conflict_stream(table, project.schemes, checked)))
        graphs.sort(key=lambda graph: graph.stream.name)
        progress("validating")
        union = _union(graph.graph for graph in graphs if isinstance(graph, SmallGraph) and graph.graph is not None)
        findings.add(validate(union), observed_by(union))
        progress("writing")
        meta = meta_triples(project, graphs)
        graphs.append(writer.write(GraphStream("meta", [to_triples(meta)], joint=True)))
        replace_folder(out, _files(graphs, base))
    return tasks(findings, union)


def _own_graphs(project: ProjectData) -> Iterator[GraphStream]:
    """Yield the graphs of what stands in the project itself."""
    yield GraphStream("curated", [list(triples(to_triples(project.curated), "build/curated", BASE))], joint=True)
    yield GraphStream("ontology", [to_triples(project.ontology)], joint=True, blank_nodes=True)
    yield GraphStream("shapes", [to_triples(project.shapes)], joint=True, blank_nodes=True)
    if project.examples:
        yield GraphStream("examples", [to_triples(project.examples)], joint=True)


def _links(mappings: ProjectMappings) -> Iterator[GraphStream]:
    """Yield the graph of the project's own mappings, where it has some."""
    if mappings.sets:
        yield GraphStream("links", mappings.records())


def _union(graphs: Iterable[Graph]) -> Graph:
    union = Graph()
    for graph in graphs:
        union += graph
    return union


def _files(graphs: Sequence[WrittenGraph], base: str) -> dict[str, bytes | Path]:
    """Return the files of the folder: one for each graph, and one with the lines of all small graphs."""
    small = [graph for graph in graphs if isinstance(graph, SmallGraph)]
    files: dict[str, bytes | Path] = {graph.file_name: graph.content.turtle(PREFIXES) for graph in small}
    files |= {graph.file_name: graph.file for graph in graphs if isinstance(graph, LargeGraph)}
    names = {graph.stream.name: identifiers.graph(graph.stream.name).replace(BASE, base) for graph in small}
    lines = sorted(line for graph in small for line in graph.content.nquads(names[graph.stream.name]))
    return {**files, QUADS_FILE: "".join(lines).encode()}


@contextmanager
def _sorting_folder(out: Path) -> Iterator[Path]:
    """Make a folder beside `out` for what is sorted on disk; what a killed run left there is removed."""
    folder = out.with_name(f".{out.name}.sorting")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
