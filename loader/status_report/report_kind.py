"""The kind `status_report`: the text of each report, what it says, the state now, and how measures were recognised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.term import Node

from loader import identifiers
from loader.errors import CuratedError, ReportError
from loader.namespaces import DCTERMS, PREFIXES
from loader.sources.graph_stream import GraphStream, to_triples
from loader.sources.openers import open_source
from loader.sources.project import ProjectData
from loader.sources.source import Source
from loader.status_report.corrections import correct
from loader.status_report.current_state import current_triples
from loader.status_report.measure_keys import Registry, decision_triples, read_registry, registry_triples
from loader.status_report.model.report import StatusReport
from loader.status_report.model.report_text import decode_report_text
from loader.status_report.parse.gazetteer import Gazetteer, read_gazetteer
from loader.status_report.parse.parse import parse_text
from loader.status_report.quotes import Triple
from loader.status_report.report_triples import Context, report_triples, source_triples
from loader.status_report.unchanged_words import unchanged_cells
from nbkg.rdf.canonical import canonical_graph
from nbkg.storage.atomic_replace import replace_file

NAME = "status_report"
_SERIES = identifiers.dataset("status-reports")


@dataclass(frozen=True)
class ReportSeries:
    """Reports, oldest first, with the keys of their measures."""

    reports: tuple[StatusReport, ...]
    keys: tuple[tuple[str, ...], ...]
    registry: Registry


def publisher(described: Graph) -> URIRef:
    """Return who publishes the reports. Raises CuratedError where `data/sources.ttl` does not state it."""
    agent = described.value(_SERIES, DCTERMS.publisher)
    if not isinstance(agent, URIRef):
        raise CuratedError(f"<{_SERIES}> has no dcterms:publisher", file="sources.ttl")
    return agent


def file_source(file: Path) -> Source:
    """Return the source of a report's file that no description names."""
    return Source(identifiers.resource("source", identifiers.slug(file.stem)), file.stem, NAME, "file", str(file))


def read_reports(sources: Sequence[Source], words: Gazetteer, registry: Registry) -> ReportSeries:
    """Return the reports in the documents of these sources; each is compared with those before it.

    Raises ReportError for a document that cannot be read, and where two documents have the same date.
    """
    texts = [
        decode_report_text(document.stream.read(), Path(document.name))
        for source in sources
        for document in open_source(source)
    ]
    reports = sorted((parse_text(text, words, registry.likeness) for text in texts), key=lambda report: report.issued)
    for one, other in pairwise(reports):
        if one.issued == other.issued:
            raise ReportError(
                f"has the same date ({one.issued}) as {other.source.path}; name each report once", file=one.source.path
            )
    keys = []
    for report in reports:
        assigned, registry = registry.assign(report)
        keys.append(assigned)
    return ReportSeries(tuple(_as_before(reports, keys, words, registry)), tuple(keys), registry)


def _as_before(
    reports: Sequence[StatusReport], keys: Sequence[Sequence[str]], words: Gazetteer, registry: Registry
) -> Iterator[StatusReport]:
    """Yield the reports; cells with the words of the report before are read as of then."""
    for report, earlier in zip(reports, unchanged_cells(reports, keys), strict=True):
        yield parse_text(report.source, words, registry.likeness, earlier) if earlier else report


@dataclass
class StatusReports:
    """The status reports of a build (`loader.sources.graph_stream.SourceKind`)."""

    sources: Sequence[Source]
    project: ProjectData
    series: ReportSeries = field(init=False)
    """The reports, once `graphs` was begun."""

    def graphs(self) -> Iterator[GraphStream]:
        """Yield two graphs for each report, then the state now and the decisions on measures. Raises DataError."""
        words = read_gazetteer(self.project.schemes, self.project.curated)
        self.series = read_reports(self.sources, words, read_registry(self.project.curated))
        if not self.series.reports:
            return
        agent = publisher(self.project.described)
        newest: dict[str, tuple[StatusReport, Graph]] = {}
        for report, keys in zip(self.series.reports, self.series.keys, strict=True):
            statements = _graph(report_triples(Context(report, keys, agent, words.agents)))
            correct(statements, self.project.curated)
            yield _stream(f"source/{report.issued}", source_triples(report), report)
            yield _stream(f"report/{report.issued}", statements, report)
            newest.pop(report.strategy, None)
            newest[report.strategy] = report, statements
        yield _stream("current", current_triples(newest.values(), agent))
        if self.series.registry.decisions:
            yield _stream("decisions", decision_triples(self.series.registry))

    def warnings(self) -> Sequence[str]:
        """Return what the reading could not believe, in the order of the reports."""
        return [warning for report in self.series.reports for warning in report.warnings]

    def summary(self) -> str:
        """Return the number of measures and the dates of the reports."""
        reports = zip(self.series.reports, self.series.keys, strict=True)
        measures = len({(report.strategy, key) for report, keys in reports for key in keys})
        dates = ", ".join(str(report.issued) for report in self.series.reports)
        return f"{measures} measures from {len(self.series.reports)} report(s) ({dates})"

    def register(self, curated: Path) -> Path:
        """Write the keys, wordings and decisions to `measures.ttl` in the folder of curated Turtle."""
        file = curated / "measures.ttl"
        graph = _graph(chain(registry_triples(self.series.registry), decision_triples(self.series.registry)))
        replace_file(file, canonical_graph(graph).turtle(PREFIXES))
        return file


def _stream(name: str, triples: Iterable[tuple[Node, Node, Node]], report: StatusReport | None = None) -> GraphStream:
    records = [to_triples(triples)]
    if report is None:
        return GraphStream(name, records, joint=True)
    return GraphStream(name, records, report.issued, (identifiers.text(report.issued),), joint=True)


def _graph(triples: Iterable[Triple]) -> Graph:
    graph = Graph()
    graph += triples
    return graph
