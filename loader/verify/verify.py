"""Checks a release: files bit by bit, every format against the others, hashes, counts, terms, rules and profiles."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from loader.dumps.shacl_report import checked, split
from loader.dumps.sorted_graphs import Spool
from loader.release.fetch import RemoteRelease
from loader.release.model import INDEX, SUMS, DataSet, Release, read_release
from loader.validate.profiles import Conformance, conformance, own_demands
from loader.validate.results import Severity
from loader.verify.findings import Finding
from loader.verify.format_comparison import Read, data_findings
from loader.verify.integrity import file_findings
from loader.verify.table_check import table_findings
from loader.verify.terms_of_use import licence_findings
from loader.verify.void_counts import void_findings
from nbkg.errors import DataError, ServiceError, UsageError
from nbkg.rdf.blank_node_labels import MAX_STATEMENTS, BlankNodeLabeller

Progress = Callable[[str, int, int], None]
"""Is told what is done, how far, of how much."""
_SHOWN = 20
"""Findings of a kind that are told one by one."""


@dataclass
class Verdict:
    """What was checked and what is wrong."""

    release: Release
    findings: list[Finding] = field(default_factory=list)
    checks: dict[str, int] = field(default_factory=dict)
    """What was checked, and how much is wrong with it."""
    left_out: list[str] = field(default_factory=list)
    """What could not be checked, and why."""

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    def check(self, what: str, found: Iterator[Finding]) -> None:
        """Takes what a check finds; a check that cannot be made is a finding too."""
        before = len(self.findings)
        try:
            self.findings.extend(found)
        except DataError as error:
            self.findings.append(Finding(what, str(error)))
        self.checks[what] = len(self.findings) - before


@dataclass(frozen=True)
class How:
    """How a release is checked."""

    work: Path | None = None
    """Where it is fetched and sorted; None: the temporary folder."""
    profiles: Path | None = None
    """The folder of the outside profiles' shapes (`loader.profiles`)."""
    most_blank: int = MAX_STATEMENTS
    """Statements with blank nodes that are named in memory; with more, they are compared without blank nodes."""


def verify(place: str, how: How | None = None, progress: Progress = lambda *_: None) -> Verdict:
    """The verdict on the release in a folder or at an address.

    Raises UsageError where there is no release, DataError where its index cannot be read, ServiceError where it
    cannot be fetched or there is no room to work.
    """
    how = how or How()
    with _workplace(how.work) as scratch:
        if "://" in place:
            folder = scratch / "release"
            folder.mkdir()
            with closing(RemoteRelease(place)) as remote:
                release = _fetched(remote, folder, progress)
        else:
            folder = Path(place)
            release = _read(folder)
        return _verdict(folder, release, _Checking(how, scratch / "sorted", progress))


def _read(folder: Path) -> Release:
    for name in (INDEX, SUMS):
        if not (folder / name).is_file():
            raise UsageError(f"{folder}: is no release, it has no {name}; name the folder of one version")
    return read_release((folder / INDEX).read_bytes())


def _fetched(remote: RemoteRelease, folder: Path, progress: Progress) -> Release:
    """The release's index; its files are in the folder then, but for those that are not there."""
    release = remote.fetch_index(folder)
    total = sum(file.bytes for file in release.every_file())
    done = 0

    def told(more: int) -> None:
        nonlocal done
        done += more
        progress("fetching bytes", done, total)

    for file in release.every_file():
        remote.fetch(file.path, folder, file.bytes, told)
    return release


@dataclass(frozen=True)
class _Checking:
    how: How
    scratch: Path
    progress: Progress


def _verdict(folder: Path, release: Release, checking: _Checking) -> Verdict:
    how, scratch, progress = checking.how, checking.scratch, checking.progress
    verdict = Verdict(release)
    verdict.check("files", file_findings(folder, release))
    with BlankNodeLabeller(how.most_blank) as naming:
        reads = [Read(dataset, naming) for dataset in release.datasets]
        for number, read in enumerate(reads):
            progress("checking data sets", number, len(reads))
            verdict.check(f"data set {read.dataset.name}", data_findings(folder, read, scratch / read.dataset.name))
    progress("checking data sets", len(reads), len(reads))
    graphs = _graphs(reads)
    verdict.check("same graphs", _same_graphs(release))
    verdict.check("licences", licence_findings(folder, release, graphs))
    if (folder / "void.ttl").is_file():
        verdict.check("VoID", void_findings((folder / "void.ttl").read_bytes(), graphs, scratch / "void"))
    verdict.check("tables", table_findings(folder))
    verdict.check("shapes", _shapes(graphs, verdict))
    verdict.check("records", _broken(own_demands(_content(folder))))
    if how.profiles is None:
        verdict.left_out.append("the outside profiles: their shapes are not here; name their folder by --profiles")
    else:
        verdict.check("profiles", _broken(conformance(_content(folder), how.profiles)))
    return verdict


def _content(folder: Path) -> Callable[[str], bytes | None]:
    return lambda path: (folder / path).read_bytes() if (folder / path).is_file() else None


def _broken(found: Iterator[Conformance]) -> Iterator[Finding]:
    """What a profile only recommends is no fault of a release."""
    for one in found:
        wrong = one.report.count(Severity.VIOLATION)
        if wrong:
            first = next(result for result in one.report.results if result.severity is Severity.VIOLATION)
            yield Finding(one.record, f"breaks {one.profile.title}, {wrong} times: {first.focus} {first.message('en')}")


def _graphs(reads: list[Read]) -> Mapping[str | None, Spool]:
    return dict(chain.from_iterable(read.first.spools.items() for read in reads if read.first))


def _same_graphs(release: Release) -> Iterator[Finding]:
    """A graph is the same in every data set."""
    known: dict[str | None, tuple[DataSet, object]] = {}
    for dataset in release.datasets:
        for part in dataset.graphs:
            other, told = known.setdefault(part.iri, (dataset, part))
            if told != part:
                yield Finding(INDEX, f"says other things of {part.iri} in {dataset.name} than in {other.name}")


def _shapes(graphs: Mapping[str | None, Spool], verdict: Verdict) -> Iterator[Finding]:
    small, large = split([*graphs.values()])
    verdict.left_out.extend(f"the shapes on {spool.iri or 'the default graph'}: it is too large" for spool in large)
    broken = [result for result in checked(small).results if result.severity is Severity.VIOLATION]
    yield from (Finding(str(result.focus), result.message("en")) for result in broken[:_SHOWN])
    if len(broken) > _SHOWN:
        yield Finding("shapes", f"and {len(broken) - _SHOWN} violations more")


@contextmanager
def _workplace(work: Path | None) -> Iterator[Path]:
    try:
        with tempfile.TemporaryDirectory(prefix="nbkg-verify-", dir=work) as folder:
            yield Path(folder)
    except OSError as error:
        raise ServiceError(
            f"{work or tempfile.gettempdir()}: {error.strerror or error}; name a folder with more room by --work"
        ) from error
