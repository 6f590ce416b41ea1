"""Tries a new report in a copy of the data, and puts what came of it in the data's place."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph, URIRef

from loader import identifiers
from loader.build.kinds import make_kinds
from loader.build.left_to_do import Task
from loader.build.pipeline import build
from loader.catalogue import Addresses, build_record
from loader.errors import ReportError
from loader.namespaces import BASE, NBKG, RDF
from loader.new_report.description import describe_source, file_stem
from loader.new_report.report_file import ReportFile
from loader.new_report.stubs import strategy_stub, stub_file
from loader.sources.descriptions import read_descriptions
from loader.sources.project import ProjectData, read_project
from loader.status_report.compare.report_diff import ReportDiff, difference
from loader.status_report.measure_keys import read_registry
from loader.status_report.model.report import StatusReport
from loader.status_report.parse.gazetteer import read_gazetteer
from loader.status_report.parse.parse import parse_text
from loader.status_report.report_kind import NAME, ReportSeries, StatusReports, read_reports
from nbkg.errors import UsageError
from nbkg.rdf.rdflib_terms import to_graph
from nbkg.rdf.turtle import read_files, turtle_files
from nbkg.storage.atomic_replace import replace_file, replace_folder
from nbkg.storage.locations import QUADS_FILE

_GRAPHS, _RECORD = "graphs", "catalog.ttl"
_COPIED = ("curated", "examples", "marc-sample", "source", "sources.ttl")


@dataclass(frozen=True)
class Trial:
    """A copy of the data with the new report in it, built and good."""

    folder: Path
    report: StatusReport
    diff: ReportDiff | None
    """What changed since the report before on the same strategy, if there is one."""
    tasks: Sequence[Task]
    stubs: Path | None
    """The file of stubs in `folder`."""
    warnings: Sequence[str]
    summary: str

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the files that are new or changed, the one that makes the report a source last."""
        stem = file_stem(self.report.issued)
        names = (f"source/{stem}.pdf", f"source/{stem}.txt", "curated/measures.ttl", _RECORD, "sources.ttl")
        stubs = (self.stubs,) if self.stubs else ()
        return tuple(file for file in (*stubs, *(self.folder / name for name in names)) if file.is_file())

    def write(self, data: Path) -> tuple[Path, ...]:
        """Put the files and graphs into the folder `data`, each in one step; return the files.

        The list of sources is last: until it names the report, the same report can be added again, which completes a
        run that was killed.
        """
        *others, sources = ((file, data / file.relative_to(self.folder)) for file in self.files)
        for file, target in others:
            replace_file(target, file.read_bytes())
        graphs = (self.folder / _GRAPHS).iterdir()
        replace_folder(data / _GRAPHS, {file.name: file.read_bytes() for file in graphs})
        replace_file(sources[1], sources[0].read_bytes())
        return tuple(target for _, target in (*others, sources))


def try_report(file: ReportFile, data: Path, folder: Path) -> Trial:
    """Return the trial of a report that is added to a copy of `data`, which is made in `folder`.

    Raises UsageError for a folder without data, ReportError for a report that cannot be read or whose date another one
    has, DataError for what breaks rules.
    """
    for name in ("sources.ttl", "curated"):
        if not (data / name).exists():
            raise UsageError(f"{data}: is no folder of data, it has no {name}; name one that nbkg new-report began")
    for name in _COPIED:
        copy = shutil.copytree if (data / name).is_dir() else shutil.copy2
        if (data / name).exists():
            copy(data / name, folder / name)
    project = read_project(folder / "curated", data=folder)
    issued = _add_source(file, project, folder)
    described = read_descriptions([folder / "sources.ttl"])
    project = replace(project, described=described.graph, sources=described.sources)
    series = _register(project, folder)
    project = replace(project, curated=read_files(turtle_files(folder / "curated")))
    kinds = make_kinds(project)
    tasks = build(project, kinds, folder / _GRAPHS)
    index = next(i for i, report in enumerate(series.reports) if report.issued == issued.issued)
    if record := build_record(folder / _GRAPHS / QUADS_FILE, Addresses(BASE)):
        (folder / _RECORD).write_bytes(record)
    return Trial(
        folder=folder,
        report=series.reports[index],
        diff=_difference(series, index),
        tasks=tasks,
        stubs=_write_stubs(series, index, folder),
        warnings=(*file.warnings, *(warning for warning in series.reports[index].warnings)),
        summary="; ".join(kind.summary() for kind in kinds if isinstance(kind, StatusReports)),
    )


def begin_data(folder: Path) -> None:
    """Make `folder` a copy of nbkg's own data, without the graphs."""
    data = Path(str(files("data")))
    folder.mkdir(parents=True, exist_ok=True)
    for name in _COPIED:
        copy = shutil.copytree if (data / name).is_dir() else shutil.copy2
        copy(data / name, folder / name)


def _add_source(file: ReportFile, project: ProjectData, folder: Path) -> StatusReport:
    """Write text, PDF and description of the new report; return it as it is read alone."""
    words, registry = read_gazetteer(project.schemes, project.curated), read_registry(project.curated)
    report = parse_text(file.text, words, registry.likeness)
    _check_strategy(report, project, file)
    sources = project.sources_of(NAME)
    before: URIRef | None = None
    for other in read_reports(sources, words, registry).reports:
        if other.issued == report.issued:
            raise ReportError(
                f"has the date of a report that is there already ({other.source.path.name}); correct a misreading in"
                " data/curated/corrections.ttl",
                file=file.text.path,
            )
        if other.issued < report.issued:
            before = next(source.iri for source in sources if Path(source.address).name == other.source.path.name)
    stem = file_stem(report.issued)
    (folder / "source").mkdir(exist_ok=True)
    (folder / f"source/{stem}.txt").write_text(file.text.text, encoding="utf-8", newline="")
    if file.pdf is not None:
        (folder / f"source/{stem}.pdf").write_bytes(file.pdf)
    described = Graph().parse(folder / "sources.ttl", format="turtle")  # with the prefixes of the file
    with (folder / "sources.ttl").open("a", encoding="utf-8") as stream:
        stream.write("\n" + describe_source(described, report.issued, before))
    return report


def _check_strategy(report: StatusReport, project: ProjectData, file: ReportFile) -> None:
    """Raise ReportError, with the entry to fill in, for a report on a strategy that has no entry."""
    strategy = identifiers.resource("strategy", report.strategy)
    if (strategy, RDF.type, NBKG.Strategy) not in project.curated:
        raise ReportError(
            f"is on the strategy {strategy}, which has no entry. Add it to curated/strategies.ttl with its period, then"
            f" run this again; without a period it would count as the oldest strategy:\n\n{strategy_stub(report)}",
            file=file.text.path,
        )


def _register(project: ProjectData, folder: Path) -> ReportSeries:
    """Write new wordings and decisions to the registry of measures; return the reports that they come from."""
    words = read_gazetteer(project.schemes, project.curated)
    kind = StatusReports(project.sources_of(NAME), project)
    kind.series = read_reports(kind.sources, words, read_registry(project.curated))
    kind.register(folder / "curated")
    return kind.series


def _difference(series: ReportSeries, index: int) -> ReportDiff | None:
    """Return what changed since the report before on the same strategy: another strategy has other measures."""
    reports, keys = series.reports, series.keys
    for before in reversed(range(index)):
        if reports[before].strategy == reports[index].strategy:
            return difference(reports[before], keys[before], reports[index], keys[index])
    return None


def _write_stubs(series: ReportSeries, index: int, folder: Path) -> Path | None:
    """Return the file of stubs beside the curated Turtle; one that is there already stays as it is."""
    report = series.reports[index]
    file = folder / "curated" / f"stubs-{report.issued}.ttl"
    graph = to_graph(quad.triple for quad in ox.parse(path=folder / _GRAPHS / QUADS_FILE))
    stubs = stub_file(report, series.keys[index], graph)
    if stubs is None:
        return None
    if not file.exists():
        file.write_text(stubs, encoding="utf-8")
    return file
