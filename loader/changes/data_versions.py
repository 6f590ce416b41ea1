"""Where a version of the data is: a release's folder, a built store, a folder of graphs, or an N-Quads file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from loader.identifiers import graph
from nbkg.errors import UsageError
from nbkg.rdf import dataset, nquads
from nbkg.rdf.dataset import Dataset
from nbkg.storage import built_store, layout
from nbkg.storage.locations import built_files

ALL_GRAPHS = Path("datasets") / "everything" / "everything.nq.gz"
"""The file of a release that holds all graphs."""
_INDEX = "release.json"
DESCRIPTION = str(graph("void"))
"""The graph that `nbkg load` makes of a store's counts: it follows from the others and is compared with nothing."""


@dataclass(frozen=True)
class DataVersion:
    """A version of the data, its name and the date when it was issued."""

    data: Dataset
    name: str
    issued: str
    in_store: bool = False
    """Whether a store holds it, which does not keep how numbers and dates were written."""


def find_versions(old: Path, new: Path, scratch: Path) -> tuple[DataVersion, DataVersion]:
    """Return two versions that can be compared: where one is a store's, the other is as a store would give it back."""
    one, other = find_version(old, scratch / "old"), find_version(new, scratch / "new")
    if one.in_store == other.in_store:
        return one, other
    return replace(one, data=one.data.normalized()), replace(other, data=other.data.normalized())


def find_version(path: Path, scratch: Path) -> DataVersion:
    """Return the version at a path; `scratch` is a folder for what must be sorted. Raises UsageError, RdfFileError."""
    if path.is_file():
        return DataVersion(read_file(path, scratch), path.name, "")
    if (path / _INDEX).is_file():
        about = json.loads((path / _INDEX).read_text(encoding="utf-8"))
        return DataVersion(read_file(path / ALL_GRAPHS, scratch), about["version"], about["issued"])
    if files := built_files(path):
        return DataVersion(read_files(files, scratch), path.name, "")
    current = built_store.current_version(path)
    if current is None:
        raise UsageError(f"{path}: is not a release, a built store, a folder of graphs or an N-Quads file")
    data = read_stored(layout.version_folder(path, current.number), current.plain, scratch)
    return DataVersion(data, f"{path.name}/{current.number}", "", in_store=True)


def read_file(file: Path, scratch: Path) -> Dataset:
    """Return the version in an N-Quads file; `scratch` is a folder for what must be sorted. Raises RdfFileError."""
    return dataset.read_dataset(file, scratch, DESCRIPTION)


def read_files(files: Sequence[Path], scratch: Path) -> Dataset:
    """Return the version in the N-Quads files of a folder of built graphs. Raises RdfFileError."""
    if len(files) == 1:
        return read_file(files[0], scratch)
    lines = chain.from_iterable(map(nquads.read_canonical_lines, files))
    return dataset.sort_dataset(lines, scratch, DESCRIPTION)


def read_stored(folder: Path, plain: str, scratch: Path) -> Dataset:
    """Return what was loaded into a version of a built store. Raises UsageError where nobody can tell it any more."""
    if plain == "mixed":
        raise UsageError(f"{folder}: holds named graphs and statements without one, as their union; load it anew")
    return dataset.read_store(ox.Store.read_only(str(folder)), scratch, DESCRIPTION, default=plain == "all")
