"""The build: reports and curated knowledge to canonical graphs in a folder, validated before anything is replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

from rdflib import Graph, URIRef

from loader.build.external_ids import check_identifiers
from loader.build.provenance import meta_triples
from loader.errors import ReportError, ValidationError
from loader.identifiers import graph as graph_iri
from loader.namespaces import BASE, NBKG, PREFIXES, RDF, rebase
from loader.sources.registry import Sources
from loader.status_report.corrections import correct
from loader.status_report.current_state import current_triples
from loader.status_report.measure_keys import Registry, decision_triples, read_registry, registry_triples
from loader.status_report.model.report import Report
from loader.status_report.parse.gazetteer import Vocabulary, vocabulary
from loader.status_report.parse.parse import parse
from loader.status_report.quotes import Triple
from loader.status_report.triples import Context, report_triples, source_triples
from loader.validate import Report as Validation
from loader.validate import Severity, validate
from nbkg.rdf.canonical import CanonicalGraph, canonical_graph
from nbkg.storage.atomic_replace import replace_file, replace_folder

_SHOWN = 20
"""Violations told in the error of a build that breaks its shapes."""
_WITH_BLANK_NODES = frozenset({"ontology", "shapes"})
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Read:
    """The reports of a build, oldest first, with the keys of their measures."""

    reports: tuple[Report, ...]
    keys: tuple[tuple[str, ...], ...]
    registry: Registry

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reading could not believe, in the order of the reports."""
        return tuple(warning for report in self.reports for warning in report.warnings)


@dataclass(frozen=True)
class Built:
    """The graphs of a build by name (`report/2025-10-14`), and what they were made from."""

    graphs: Mapping[str, Graph]
    read: Read


def read_reports(files: Sequence[Path], words: Vocabulary, registry: Registry) -> Read:
    """The reports in these files, oldest first; each is compared with those before it.

    Raises ReportError for a file that cannot be read, and where two files have the same date.
    """
    reports = sorted((parse(file, words, registry.likeness) for file in files), key=lambda report: report.issued)
    for one, other in pairwise(reports):
        if one.issued == other.issued:
            raise ReportError(
                f"has the same date ({one.issued}) as {other.source.path}; name each report once", file=one.source.path
            )
    keys = []
    for report in reports:
        assigned, registry = registry.assign(report)
        keys.append(assigned)
    return Read(tuple(reports), tuple(keys), registry)


def make_graphs(sources: Sources, files: Sequence[Path]) -> Built:
    """All graphs but `meta`, from the sources and the reports in `files`."""
    check_identifiers(sources.curated)
    words = vocabulary(sources.schemes, sources.curated)
    read = read_reports(files, words, read_registry(sources.curated))
    graphs: dict[str, Graph] = {
        "curated": _without_decisions(sources.curated),
        "ontology": sources.ontology,
        "shapes": sources.shapes,
    }
    if len(sources.examples):
        graphs["examples"] = sources.examples
    for report, keys in zip(read.reports, read.keys, strict=True):
        context = Context(report, keys, sources.publisher, words.agents)
        told = _graph(report_triples(context))
        correct(told, sources.curated)
        graphs[f"source/{report.issued}"] = _graph(source_triples(report))
        graphs[f"report/{report.issued}"] = told
    if read.reports:
        newest = read.reports[-1]
        graphs["current"] = _graph(current_triples(graphs[f"report/{newest.issued}"], newest, sources.publisher))
    if decided := _graph(decision_triples(read.registry)):
        graphs["decisions"] = decided
    return Built(dict(sorted(graphs.items())), read)


def build(
    sources: Sources, files: Sequence[Path], out: Path, *, base: str = BASE, progress: Progress = lambda _: None
) -> Read:
    """Builds, validates and writes the graphs into the folder `out`; on any error `out` stays as it was.

    Raises DataError for what cannot be read, ValidationError where a shape finds a violation.
    """
    progress("reading")
    built = make_graphs(sources, files)
    progress("validating")
    _validate(built.graphs.values())
    progress("writing")
    replace_folder(out, _files(sources, built, base))
    return built.read


def register(read: Read, folder: Path) -> Path:
    """Writes the keys, wordings and decisions of a build to `measures.ttl` in the folder of curated Turtle."""
    file = folder / "measures.ttl"
    graph = _graph(chain(registry_triples(read.registry), decision_triples(read.registry)))
    replace_file(file, canonical_graph(graph).turtle(PREFIXES))
    return file


def _without_decisions(curated: Graph) -> Graph:
    """The registry's decisions stand in a graph of their own."""
    decisions = set(curated.subjects(RDF.type, NBKG.IdentityDecision))
    return _graph((URIRef(str(s)), URIRef(str(p)), o) for s, p, o in curated if s not in decisions)


def _graph(triples: Iterable[Triple]) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


def _validate(graphs: Iterable[Graph]) -> None:
    union = Graph()
    for graph in graphs:
        for triple in graph:
            union.add(triple)
    report = validate(union)
    if not report.conforms:
        raise ValidationError(f"nothing was written: the graph breaks its shapes\n{_told(report)}")


def _told(report: Validation) -> str:
    broken = [result for result in report.results if result.severity is Severity.VIOLATION]
    lines = [f"  {result.focus}: {result.message('en')}" for result in broken[:_SHOWN]]
    more = [f"  … and {len(broken) - _SHOWN} more"] if len(broken) > _SHOWN else []
    return "\n".join(lines + more)


def _files(sources: Sources, built: Built, base: str) -> dict[str, bytes]:
    made: dict[str, CanonicalGraph] = {
        name: canonical_graph(graph, rebase=rebase(base), blank_nodes=name in _WITH_BLANK_NODES)
        for name, graph in built.graphs.items()
    }
    made["meta"] = canonical_graph(
        _graph(meta_triples(sources.described, sources.curated, made, built.read.reports)), rebase=rebase(base)
    )
    files = {f"{name.replace('/', '-')}.ttl": content.turtle(PREFIXES) for name, content in made.items()}
    lines = sorted(line for name, one in made.items() for line in one.nquads(graph_iri(name).replace(BASE, base)))
    return {**files, "nbkg.nq": "".join(lines).encode()}
