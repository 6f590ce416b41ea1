"""Makes a release of a store: its data sets in every format, its description and its proof (docs/releases.md)."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version as installed
from pathlib import Path

from loader.catalogue import Addresses, records
from loader.changes.release_changes import NewRelease, write_changes
from loader.dumps.formats import FORMS, can, write
from loader.dumps.shacl_report import checked, split
from loader.dumps.sorted_graphs import Spool, spooled
from loader.dumps.tables import Tables
from loader.namespaces import BASE
from loader.release import folder
from loader.release.dataset_layout import Description, Planned, description
from loader.release.licence_files import citation, licence_file, shared_licence
from loader.release.model import INDEX, SUMS, DataFile, DataSet, File, GraphPart, Release, read_release
from loader.release.source import Opened, opened
from loader.validate.render import RENDERERS
from nbkg.errors import UsageError
from nbkg.rdf.blank_node_labels import MAX_STATEMENTS, BlankNodeLabeller

Progress = Callable[[str, int, int], None]
"""Is told what is done, how far, of how many statements."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPOOL = ".spool"
_MEDIA_TYPES = {
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".gz": "application/gzip",
    ".html": "text/html",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".ttl": "text/turtle",
    "": "text/plain",
}


@dataclass(frozen=True)
class Wanted:
    """What release is to be made."""

    store: Path
    out: Path
    version: str | None = None
    """None: the newest day that the data states."""
    site: str = BASE
    """The address under which `dumps/` will be published, ending in `/`."""
    most_blank: int = MAX_STATEMENTS
    """Statements with blank nodes that are named in memory; with more, blank nodes keep the labels of the store."""


@dataclass(frozen=True)
class Made:
    """The release that is there now."""

    place: Path
    release: Release
    fresh: bool
    """False where it was there already, with the same data."""
    unchecked: Sequence[str | None] = ()
    """Graphs that are too large for the SHACL report."""


def dump(wanted: Wanted, progress: Progress = lambda *_: None) -> Made:
    """Makes the release `out/{version}`; until it is whole nothing has that name.

    Raises UsageError for a store that is none, a version that is none or that has other data already; ServiceError
    where it cannot be written.
    """
    source = opened(wanted.store)
    said = description(source.store)
    version, issued = _named(wanted, said, source)
    with folder.building(wanted.out, version) as building:
        spools = _spooled(source, building, wanted.most_blank, progress)
        if (wanted.out / version).exists():
            return _there(wanted.out / version, said, spools)
        before = folder.before(wanted.out, version)
        making = _Making(building, said, {spool.iri: spool for spool in spools}, source, wanted, before)
        release = Release(version, issued, before.name if before else None, f"nbkg {installed('nbkg')}", ())
        release, unchecked = making.written(release, progress)
        return Made(folder.finish(building, version), release, fresh=True, unchecked=unchecked)


def _named(wanted: Wanted, said: Description, source: Opened) -> tuple[str, str]:
    """The version and the day of issue."""
    day = said.changed(source.graphs)
    version = wanted.version or day
    if version is None:
        raise UsageError(f"{wanted.store}: the data does not say when it was changed; name a --version like 2026-11-22")
    folder.check_version(version)
    if day is None and not _DAY.match(version):
        raise UsageError(f"{wanted.store}: the data does not say when it was changed; begin the --version with a day")
    return version, day or version[:10]


def _spooled(source: Opened, building: Path, most_blank: int, progress: Progress) -> list[Spool]:
    meter = _Meter("reading statements", source.quads or 0, progress)
    with BlankNodeLabeller(most_blank) as naming:
        return spooled(source, building / _SPOOL, naming, meter.told)


def _there(place: Path, said: Description, spools: Sequence[Spool]) -> Made:
    """The release of that version that is there already. Raises UsageError where its data is not the store's."""
    release = read_release((place / INDEX).read_bytes())
    whole = next((dataset for dataset in release.datasets if dataset.iri == str(said.whole)), None)
    if whole is None or {*whole.graphs} != {_part(spool, said) for spool in spools}:
        raise UsageError(f"{place}: is there already, with other data; releases stay as they are: name a new --version")
    return Made(place, release, fresh=False)


def _part(spool: Spool, said: Description) -> GraphPart:
    return GraphPart(spool.iri, spool.triples, spool.rdfc10, said.terms(spool.iri).licence)


class _Meter:
    """Counts what is done."""

    def __init__(self, what: str, total: int, progress: Progress) -> None:
        self._what, self._total, self._progress = what, total, progress
        self._done = 0

    def told(self, more: int) -> None:
        """So many more are done."""
        self._done += more
        self._progress(self._what, self._done, max(self._total, self._done))


@dataclass(frozen=True)
class _Making:
    """A release while it is made."""

    folder: Path
    said: Description
    spools: dict[str | None, Spool]
    source: Opened
    wanted: Wanted
    before: Path | None

    def written(self, release: Release, progress: Progress) -> tuple[Release, Sequence[str | None]]:
        """Writes everything; the release with all its files, and the graphs that were not checked."""
        planned = self.said.data_sets([*self.spools])
        total = sum(self.spools[graph].triples for one in planned for graph in one.graphs) * len(FORMS)
        meter = _Meter("writing statements", total, progress)
        release = replace(release, datasets=tuple(self._data_set(one, meter) for one in planned))
        self._described(release)
        progress("making tables", 0, 1)
        Tables(planned, self.spools, self.source.store, self.said).write(self.folder / "csv", release.version)
        progress("checking", 0, 1)
        unchecked = self._checked()
        self._put("CITATION.cff", citation(self.said, release.version, release.issued, _licences(release)))
        write_changes(
            NewRelease(self.folder, release.version, release.issued, self.before, f"{self.wanted.site}dumps/"),
            self.folder / _SPOOL / "changes",
        )
        shutil.rmtree(self.folder / _SPOOL)
        return self._indexed(release), unchecked

    def _data_set(self, planned: Planned, meter: _Meter) -> DataSet:
        spools = [self.spools[graph] for graph in planned.graphs]
        files: list[DataFile] = []
        inside = f"datasets/{planned.name}"
        (self.folder / inside).mkdir(parents=True)
        for form in FORMS.values():
            if can(form, spools):
                name = f"{inside}/{planned.name}.{form.suffix}"
                files.extend(write(form, spools, self.folder / name, name, meter.told))
        self._put(f"{inside}/LICENSE", licence_file(planned, self.said))
        return DataSet(
            planned.name,
            planned.iri,
            planned.title,
            shared_licence(planned.graphs, self.said),
            tuple(_part(spool, self.said) for spool in spools),
            tuple(sorted(files, key=lambda file: file.path)),
        )

    def _described(self, release: Release) -> None:
        """The catalogue records. A store that was not loaded as a whole may have changed: it is counted anew."""
        scratch = None if self.source.loaded else self.folder / _SPOOL / "counted"
        addresses = Addresses(self.wanted.site)
        for path, content in records(self.source.store, release, addresses, self.said.base, scratch):
            self._put(path, content)

    def _checked(self) -> list[str | None]:
        small, large = split([*self.spools.values()])
        report = checked(small)
        self._put("validation.ttl", RENDERERS["turtle"](report, "nb").encode())
        self._put("validation.html", RENDERERS["html"](report, "nb").encode())
        return [spool.iri for spool in large]

    def _put(self, path: str, content: bytes) -> None:
        (self.folder / path).write_bytes(content)

    def _indexed(self, release: Release) -> Release:
        known = {file.path for file in release.every_file()}
        release = replace(release, files=tuple(_file(self.folder, path) for path in _paths(self.folder, known)))
        self._put(INDEX, release.as_json())
        sums = {file.path: file.sha256 for file in [*release.every_file(), _file(self.folder, INDEX)]}
        self._put(SUMS, "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode())
        return release


def _licences(release: Release) -> list[str]:
    return sorted({part.licence or "" for dataset in release.datasets for part in dataset.graphs})


def _paths(made: Path, known: set[str]) -> Iterator[str]:
    found = (path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file())
    yield from sorted(path for path in found if path not in known)


def _file(made: Path, path: str) -> File:
    with (made / path).open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        size = stream.tell()
    return File(path, size, digest, _MEDIA_TYPES[Path(path).suffix])
