"""Where a version of the data is: a release's folder, a built store, a folder of graphs, or an N-Quads file."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from loader.identifiers import graph
from nbkg.errors import UsageError
from nbkg.rdf import dataset
from nbkg.rdf.dataset import Dataset
from nbkg.storage import layout as versions

EVERYTHING = Path("datasets") / "everything" / "everything.nq.gz"
"""All graphs of a release."""
_BUILT = "nbkg.nq"
_INDEX = "release.json"


DESCRIPTION = str(graph("void"))
"""The graph that `nbkg load` makes of a store's counts: it follows from the others and is compared with nothing."""


@dataclass(frozen=True)
class Found:
    """A version of the data, what it is called and when it was issued."""

    data: Dataset
    name: str
    issued: str
    in_store: bool = False
    """Whether a store holds it, which does not keep how numbers and dates were written."""


def both(old: Path, new: Path, scratch: Path) -> tuple[Found, Found]:
    """Two versions that can be compared: where one is a store's, the other is as a store would give it back."""
    one, other = found(old, scratch / "old"), found(new, scratch / "new")
    if one.in_store == other.in_store:
        return one, other
    return replace(one, data=one.data.normalized()), replace(other, data=other.data.normalized())


def found(place: Path, scratch: Path) -> Found:
    """The version that is there; `scratch` is a folder for what must be sorted. Raises UsageError, RdfFileError."""
    if place.is_file():
        return Found(read_file(place, scratch), place.name, "")
    if (place / _INDEX).is_file():
        about = json.loads((place / _INDEX).read_text(encoding="utf-8"))
        return Found(read_file(place / EVERYTHING, scratch), about["version"], about["issued"])
    if (place / _BUILT).is_file():
        return Found(read_file(place / _BUILT, scratch), place.name, "")
    now = versions.current(place)
    if now is None:
        raise UsageError(f"{place}: is no release, built store, folder of graphs or N-Quads file")
    data = in_store(versions.folder(place, now.number), now.plain, scratch)
    return Found(data, f"{place.name}/{now.number}", "", in_store=True)


def read_file(file: Path, scratch: Path) -> Dataset:
    """Return the version in an N-Quads file; `scratch` is a folder for what must be sorted. Raises RdfFileError."""
    return dataset.read_dataset(file, scratch, DESCRIPTION)


def in_store(folder: Path, plain: str, scratch: Path) -> Dataset:
    """What was loaded into a version of a built store. Raises UsageError where that cannot be told any more."""
    if plain == "mixed":
        raise UsageError(f"{folder}: holds named graphs and statements without one, as their union; load it anew")
    return dataset.read_store(ox.Store.read_only(str(folder)), scratch, DESCRIPTION, default=plain == "all")
