"""Makes a release of a store: its data sets in every format, its description and its proof (docs/releases.md)."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

from loader.catalogue import Addresses, records
from loader.changes.release_changes import NewRelease, write_changes
from loader.dumps.dump_files import DUMP_FORMATS, write_dump_files
from loader.dumps.shacl_report import MAX_SHACL_STATEMENTS, shacl_report, split_by_size
from loader.dumps.sorted_graphs import SortedGraph, sort_graphs
from loader.dumps.tables import MAX_LABELLED_ROWS, Tables
from loader.meter import Meter, Progress
from loader.namespaces import BASE
from loader.release.dataset_layout import DataSetPlan, StoreDescription, read_description
from loader.release.licence_files import citation, licence_file, shared_licence
from loader.release.release_folder import check_release_name, new_release, publish, release_before
from loader.release.release_index import CHECKSUMS, INDEX, DataFile, DataSet, File, GraphPart, Release, read_release
from loader.release.store_snapshot import StoreSnapshot, open_snapshot
from loader.validate.render import RENDERERS
from nbkg.errors import UsageError
from nbkg.rdf.blank_node_labels import MAX_STATEMENTS, BlankNodeLabeller
from nbkg.rdf.digests import file_digest

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SCRATCH = ".scratch"
_MEDIA_TYPES = {
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".gz": "application/gzip",
    ".html": "text/html",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".ttl": "text/turtle",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
    "": "text/plain",
}


@dataclass(frozen=True)
class Limits:
    """How much is held in memory; what is larger is left out or simpler."""

    blank_node_statements: int = MAX_STATEMENTS
    """Statements with blank nodes of all graphs; with more, blank nodes keep the labels of the store."""
    shacl_statements: int = MAX_SHACL_STATEMENTS
    """Statements that are validated; larger graphs are not in the SHACL report."""
    labelled_rows: int = MAX_LABELLED_ROWS
    """Rows of a table; with more, it has IRIs without their labels."""


@dataclass(frozen=True)
class DumpRequest:
    """The release that is to be made."""

    store: Path
    out: Path
    name: str | None = None
    """Its name; None for the newest day that the data states."""
    site: str = BASE
    """The address under which `dumps/` will be published, ending in `/`."""
    limits: Limits = Limits()


@dataclass(frozen=True)
class DumpResult:
    """The release that exists now."""

    folder: Path
    release: Release
    is_new: bool
    """False where it existed already, with the same data."""
    unchecked: Sequence[str | None] = ()
    """Graphs that are too large for the SHACL report."""


def make_release(request: DumpRequest, progress: Progress = lambda *_: None) -> DumpResult:
    """Make the release `out/{name}`; until it is complete nothing has that name.

    Raises UsageError for a store that does not exist, for a name that cannot be one or that a release with other data
    has already; ServiceError where it cannot be written.
    """
    snapshot = open_snapshot(request.store)
    description = read_description(snapshot.store)
    name, issued = _name_and_day(request, description.last_change(snapshot.graphs))
    with new_release(request.out, name) as folder:
        graphs = _sort_graphs(snapshot, folder, request.limits, progress)
        if (request.out / name).exists():
            return _existing(request.out / name, description, graphs)
        before = release_before(request.out, name)
        writer = _Writer(folder, description, {graph.iri: graph for graph in graphs}, snapshot, request, before)
        release = Release(name, issued, before.name if before else None, f"nbkg {metadata.version('nbkg')}", ())
        release, unchecked = writer.write(release, progress)
        return DumpResult(publish(folder, name), release, is_new=True, unchecked=unchecked)


def _name_and_day(request: DumpRequest, day: str | None) -> tuple[str, str]:
    """Return the release's name and the day of issue, from the newest day that the data states."""
    name = request.name or day
    problem = f"{request.store}: the data does not say when it was changed"
    if name is None:
        raise UsageError(f"{problem}; name a --version like 2026-11-22")
    check_release_name(name)
    if day is None and not _DAY.match(name):
        raise UsageError(f"{problem}; begin the --version with a day")
    return name, day or name[:10]


def _sort_graphs(snapshot: StoreSnapshot, folder: Path, limits: Limits, progress: Progress) -> list[SortedGraph]:
    meter = Meter("reading statements", snapshot.quads or 0, progress)
    with BlankNodeLabeller(limits.blank_node_statements) as labeller:
        return sort_graphs(snapshot, folder / _SCRATCH, labeller, meter.advance)


def _existing(folder: Path, description: StoreDescription, graphs: Sequence[SortedGraph]) -> DumpResult:
    """Return the release of that name that exists. Raises UsageError where its data is not the store's."""
    release = read_release((folder / INDEX).read_bytes())
    everything = next((dataset for dataset in release.datasets if dataset.iri == str(description.everything)), None)
    if everything is None or {*everything.graphs} != {_part(graph, description) for graph in graphs}:
        raise UsageError(
            f"{folder}: is there already, with other data; releases stay as they are: name a new --version"
        )
    return DumpResult(folder, release, is_new=False)


def _part(graph: SortedGraph, description: StoreDescription) -> GraphPart:
    return GraphPart(graph.iri, graph.triples, graph.rdfc10, description.terms(graph.iri).licence)


@dataclass(frozen=True)
class _Writer:
    """Writes a release into a folder."""

    folder: Path
    description: StoreDescription
    graphs: dict[str | None, SortedGraph]
    snapshot: StoreSnapshot
    request: DumpRequest
    before: Path | None
    """The folder of the release before."""

    def write(self, release: Release, progress: Progress) -> tuple[Release, Sequence[str | None]]:
        """Write everything; return the release with all its files, and the graphs that were not validated."""
        plans = self.description.data_sets([*self.graphs])
        total = sum(self.graphs[iri].triples for plan in plans for iri in plan.graphs) * len(DUMP_FORMATS)
        meter = Meter("writing statements", total, progress)
        release = replace(release, datasets=tuple(self._write_data_set(plan, meter) for plan in plans))
        self._write_records(release)
        progress("making tables", 0, 1)
        rows = self.request.limits.labelled_rows
        Tables(plans, self.graphs, self.snapshot.store, self.description, rows).write(self.folder / "csv", release.name)
        progress("checking", 0, 1)
        unchecked = self._write_shacl_report()
        self._put("CITATION.cff", citation(self.description, release.name, release.issued, _licences(release)))
        write_changes(
            NewRelease(self.folder, release.name, release.issued, self.before, f"{self.request.site}dumps/"),
            self.folder / _SCRATCH / "changes",
        )
        shutil.rmtree(self.folder / _SCRATCH)
        return self._write_index(release), unchecked

    def _write_data_set(self, plan: DataSetPlan, meter: Meter) -> DataSet:
        graphs = [self.graphs[iri] for iri in plan.graphs]
        files: list[DataFile] = []
        path = f"datasets/{plan.name}"
        (self.folder / path).mkdir(parents=True)
        for form in DUMP_FORMATS.values():
            file = f"{path}/{plan.name}.{form.suffix}"
            files.extend(write_dump_files(form, graphs, self.folder, file, meter.advance))
        self._put(f"{path}/LICENSE", licence_file(plan, self.description))
        return DataSet(
            plan.name,
            plan.iri,
            plan.title,
            shared_licence(plan.graphs, self.description),
            tuple(_part(graph, self.description) for graph in graphs),
            tuple(sorted(files, key=lambda file: file.path)),
        )

    def _write_records(self, release: Release) -> None:
        """Write the catalogue records. A store that is no version of a built one may have changed: it is counted."""
        scratch = None if self.snapshot.loaded else self.folder / _SCRATCH / "counts"
        addresses = Addresses(self.request.site)
        for path, content in records(self.snapshot.store, release, addresses, self.description.base, scratch):
            self._put(path, content)

    def _write_shacl_report(self) -> list[str | None]:
        small, large = split_by_size([*self.graphs.values()], self.request.limits.shacl_statements)
        report = shacl_report(small)
        self._put("validation.ttl", RENDERERS["turtle"](report, "nb").encode())
        self._put("validation.html", RENDERERS["html"](report, "nb").encode())
        return [graph.iri for graph in large]

    def _put(self, path: str, content: bytes) -> None:
        (self.folder / path).write_bytes(content)

    def _write_index(self, release: Release) -> Release:
        known = {file.path for file in release.every_file()}
        release = replace(release, files=tuple(_file(self.folder, path) for path in _other_files(self.folder, known)))
        self._put(INDEX, release.as_json())
        checksums = {file.path: file.sha256 for file in [*release.every_file(), _file(self.folder, INDEX)]}
        self._put(CHECKSUMS, "".join(f"{checksums[path]}  {path}\n" for path in sorted(checksums)).encode())
        return release


def _licences(release: Release) -> list[str]:
    return sorted({part.licence or "" for dataset in release.datasets for part in dataset.graphs})


def _other_files(folder: Path, known: set[str]) -> Iterator[str]:
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    yield from sorted(path for path in paths if path not in known)


def _file(folder: Path, path: str) -> File:
    file = folder / path
    return File(path, file.stat().st_size, file_digest(file), _MEDIA_TYPES[file.suffix])
