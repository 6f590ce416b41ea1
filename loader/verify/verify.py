"""Checks a release: its files bit by bit, every format against the others, hashes, counts, terms, shapes, profiles."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from loader.dumps.shacl_report import shacl_report, split_by_size
from loader.dumps.sorted_graphs import SortedGraph
from loader.meter import Meter, Progress
from loader.release.fetch import RemoteRelease
from loader.release.release_index import CHECKSUMS, INDEX, DataSet, Release, read_release
from loader.validate.profiles import Conformance, conformance, own_demands, profiles_folder
from loader.validate.results import Severity
from loader.verify.findings import Finding
from loader.verify.format_comparison import DataSetReading, data_findings
from loader.verify.integrity import file_findings
from loader.verify.table_check import table_findings
from loader.verify.terms_of_use import licence_findings
from loader.verify.void_counts import void_findings
from nbkg.errors import DataError, ServiceError, UsageError
from nbkg.rdf.blank_node_labels import MAX_STATEMENTS, BlankNodeLabeller

_MAX_FINDINGS = 20
"""Violations that are findings of their own; the others are only counted."""


@dataclass
class Verdict:
    """The findings of all checks."""

    release: Release
    findings: list[Finding] = field(default_factory=list)
    checks: dict[str, int] = field(default_factory=dict)
    """The checks, each with the number of its findings."""
    left_out: list[str] = field(default_factory=list)
    """The checks that could not be made, and why."""

    @property
    def good(self) -> bool:
        """Return whether there is no finding."""
        return not self.findings

    def add(self, check: str, findings: Iterator[Finding]) -> None:
        """Add the findings of a check; a check that cannot be made is a finding too."""
        before = len(self.findings)
        try:
            self.findings.extend(findings)
        except DataError as error:
            self.findings.append(Finding(check, str(error)))
        self.checks[check] = len(self.findings) - before


@dataclass(frozen=True)
class VerifySettings:
    """How a release is checked."""

    work: Path | None = None
    """The folder in which it is fetched and sorted; None for the temporary folder."""
    profiles: Path | None = None
    """The folder of the outside profiles' shapes; None for those of the project."""
    max_blank_node_statements: int = MAX_STATEMENTS
    """Statements with blank nodes that are labelled in memory; with more, graphs are compared without them."""


_DEFAULTS = VerifySettings()


def verify_release(
    location: str, settings: VerifySettings = VerifySettings(), progress: Progress = lambda *_: None
) -> Verdict:
    """Return the verdict on the release in a folder or at an address.

    Raises UsageError where there is no release, DataError where its index cannot be read, ServiceError where it
    cannot be fetched or there is no room to work.
    """
    with _work_folder(settings.work) as scratch:
        if "://" not in location:
            folder = Path(location)
            return _verdict(folder, _read_index(folder), _Checks(settings, scratch / "sorted", progress))
        folder = scratch / "release"
        folder.mkdir()
        with closing(RemoteRelease(location)) as remote:
            release = _fetch(remote, folder, progress)
        return _verdict(folder, release, _Checks(settings, scratch / "sorted", progress))


def _read_index(folder: Path) -> Release:
    for name in (INDEX, CHECKSUMS):
        if not (folder / name).is_file():
            raise UsageError(f"{folder}: is not a release: it has no {name}; name the folder of one release")
    return read_release((folder / INDEX).read_bytes())


def _fetch(remote: RemoteRelease, folder: Path, progress: Progress) -> Release:
    """Return the release's index; its files are in the folder then, but for those that do not exist."""
    release = remote.fetch_index(folder)
    meter = Meter("fetching bytes", sum(file.bytes for file in release.every_file()), progress)
    for file in release.every_file():
        remote.fetch(file.path, folder, file.bytes, meter.advance)
    return release


@dataclass(frozen=True)
class _Checks:
    settings: VerifySettings
    scratch: Path
    progress: Progress


def _verdict(folder: Path, release: Release, checks: _Checks) -> Verdict:
    settings, scratch = checks.settings, checks.scratch
    verdict = Verdict(release)
    verdict.add("files", file_findings(folder, release))
    graphs = _check_data_sets(folder, verdict, checks)
    verdict.add("same graphs", _graph_findings(release))
    verdict.add("licences", licence_findings(folder, release, graphs))
    if (folder / "void.ttl").is_file():
        verdict.add("VoID", void_findings((folder / "void.ttl").read_bytes(), graphs, scratch / "void"))
    verdict.add("tables", table_findings(folder))
    verdict.add("shapes", _shape_findings(graphs, verdict))
    verdict.add("records", _profile_findings(own_demands(_content(folder))))
    shapes = profiles_folder(settings.profiles)
    verdict.add("profiles", _profile_findings(conformance(_content(folder), shapes)))
    return verdict


def _check_data_sets(folder: Path, verdict: Verdict, checks: _Checks) -> Mapping[str | None, SortedGraph]:
    """Check the dump files of each data set; return the graphs of their N-Quads."""
    datasets = verdict.release.datasets
    with BlankNodeLabeller(checks.settings.max_blank_node_statements) as labeller:
        readings = [DataSetReading(dataset, labeller) for dataset in datasets]
        for number, reading in enumerate(readings):
            checks.progress("checking data sets", number, len(datasets))
            name = reading.dataset.name
            verdict.add(f"data set {name}", data_findings(folder, reading, checks.scratch / name))
    checks.progress("checking data sets", len(datasets), len(datasets))
    return dict(chain.from_iterable(reading.first.graphs.items() for reading in readings if reading.first))


def _content(folder: Path) -> Callable[[str], bytes | None]:
    return lambda path: (folder / path).read_bytes() if (folder / path).is_file() else None


def _profile_findings(results: Iterator[Conformance]) -> Iterator[Finding]:
    """Yield the violations of profiles; what a profile only recommends is no fault of a release."""
    for result in results:
        violations = [one for one in result.report.results if one.severity is Severity.VIOLATION]
        if violations:
            example = f"{violations[0].focus} {violations[0].message('en')}"
            yield Finding(result.record, f"breaks {result.profile.title}, {len(violations)} times: {example}")


def _graph_findings(release: Release) -> Iterator[Finding]:
    """Yield the graphs that are not the same in every data set."""
    known: dict[str | None, tuple[DataSet, object]] = {}
    for dataset in release.datasets:
        for part in dataset.graphs:
            other, other_part = known.setdefault(part.iri, (dataset, part))
            if other_part != part:
                yield Finding(INDEX, f"describes {part.iri} differently in {dataset.name} and in {other.name}")


def _shape_findings(graphs: Mapping[str | None, SortedGraph], verdict: Verdict) -> Iterator[Finding]:
    small, large = split_by_size([*graphs.values()])
    verdict.left_out.extend(f"the shapes on {graph.iri or 'the default graph'}: it is too large" for graph in large)
    violations = [result for result in shacl_report(small).results if result.severity is Severity.VIOLATION]
    yield from (Finding(str(result.focus), result.message("en")) for result in violations[:_MAX_FINDINGS])
    if len(violations) > _MAX_FINDINGS:
        yield Finding("shapes", f"and {len(violations) - _MAX_FINDINGS} violations more")


@contextmanager
def _work_folder(work: Path | None) -> Iterator[Path]:
    try:
        with tempfile.TemporaryDirectory(prefix="nbkg-verify-", dir=work) as folder:
            yield Path(folder)
    except OSError as error:
        raise ServiceError(
            f"{work or tempfile.gettempdir()}: {error.strerror or error}; name a folder with more room by --work"
        ) from error
