"""Versions of a built store: immutable folders and a link that is switched in one step.

The default graph of a version is the *present*: the RDF merge of everything that was loaded but the graphs in
`left_out`, which the data names (`loader.store.default_graph`). Oxigraph can be told to take several graphs as the
default graph, but then meets a triple once for each graph that holds it: counts come out wrong. A version without
`left_out` was made before there was a present; its default graph is the merge of all. Where both the default graph and
named graphs were loaded nobody can tell any more what the plain default graph was (`mixed`); such a store has no plain
default graph. The graph `graph/void` holds the version’s counts (https://www.w3.org/TR/void/), see `nbkg.void`.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from nbkg.errors import UsageError
from nbkg.storage import layout
from nbkg.storage.atomic_replace import replace_link


@dataclass(frozen=True)
class Version:
    """One version of a built store."""

    number: int
    hash: str
    quads: int
    plain: str = "empty"
    """What the plain default graph was: `empty`, `all` of the data, or `mixed` with named graphs."""
    left_out: tuple[str, ...] | None = ()
    """The named graphs that the default graph leaves out; None for a version made before there was a present."""
    fresh: bool = True
    """False where the same content was there already."""


def start_version(store: Path, number: int) -> Path:
    """Return the folder in which a version is made; whatever a killed load left there is removed."""
    building = layout.versions_folder(store) / f".{number}.building"
    building.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(building, ignore_errors=True)
    shutil.rmtree(layout.version_folder(store, number), ignore_errors=True)
    return building


def refuse_writable(store: Path) -> None:
    """Raise UsageError where the store is a writable one, or no folder."""
    if store.exists() and not store.is_dir():
        raise UsageError(f"{store}: is a file; expected a store's folder")
    if layout.is_writable(store):
        raise UsageError(f"{store}: is a writable store, its own truth; it is not rebuilt from files")


def current_version(store: Path) -> Version | None:
    """Return the version that is served; None where there is none yet."""
    return _linked_version(layout.current_link(store), store)


def released_versions(store: Path) -> dict[str, Version]:
    """Return the versions that are kept as releases, by name, the oldest first."""
    links = {name: layout.releases_folder(store) / name for name in layout.release_names(store)}
    versions = {name: _linked_version(link, store) for name, link in links.items()}
    return {name: version for name, version in versions.items() if version}


def check_release(store: Path, name: str, digest: str) -> None:
    """Raise UsageError where a release cannot have that name: it is none, or another has it already."""
    check_release_name(name)
    known = released_versions(store).get(name)
    if known and known.hash != digest:
        raise UsageError(
            f"{store}: the release {name} is version {known.number}, with other data; releases stay as they are"
        )


def check_release_name(name: str) -> None:
    """Raise UsageError where a release cannot have that name."""
    if not layout.is_release_name(name):
        raise UsageError(f"“{name}” is not a release's name: expected a date like 2026-03-02, or 2026-03-02.1")


def next_number(store: Path) -> int:
    """Return the number of the next version."""
    numbers = (path.stem for path in layout.versions_folder(store).glob("*.json"))
    return max((int(number) for number in numbers if number.isdigit()), default=0) + 1


def switch(store: Path, version: Version, release: str = "") -> None:
    """Make a version whose folder is complete the current one, and a release; versions that nothing needs are removed.

    A release that is older than another one is kept, but does not become current.
    """
    before = current_version(store)
    _describe(store, version)
    newest = max(released_versions(store), default="")
    if release:
        keep_version(store, version, release)
    if not (release and release < newest and before):
        replace_link(layout.current_link(store), _relative(store, version))
    remove_versions(store, {version.number, *([before.number] if before else [])})


def keep_version(store: Path, version: Version, release: str) -> None:
    """Have a version kept as a release."""
    folder = layout.releases_folder(store)
    folder.mkdir(exist_ok=True)
    replace_link(folder / release, Path("..") / _relative(store, version))


def remove_versions(store: Path, needed: set[int]) -> None:
    """Remove versions that are neither `needed`, current nor a release; a reader may still have the last one open."""
    current = current_version(store)
    needed = needed | {version.number for version in released_versions(store).values()}
    needed |= {current.number} if current else set()
    for path in layout.versions_folder(store).iterdir():
        number = path.name.strip(".").partition(".")[0]
        if number.isdigit() and int(number) not in needed:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _relative(store: Path, version: Version) -> Path:
    return layout.version_folder(store, version.number).relative_to(store)


def _describe(store: Path, version: Version) -> None:
    """Write the description of the store, and that of the version beside its folder."""
    layout.write_description(store, layout.BUILT)
    about = {"version": version.number, "hash": version.hash, "quads": version.quads, "union": True}
    present = {} if version.left_out is None else {"left_out": [*version.left_out]}
    file = layout.description_file(layout.version_folder(store, version.number))
    layout.write_json(file, {**about, "plain": version.plain, **present})


def _linked_version(link: Path, store: Path) -> Version | None:
    if not link.is_symlink():
        return None
    about = layout.read_json(layout.description_file(link.parent / link.readlink()), store)
    left_out = tuple(about["left_out"]) if "left_out" in about else None
    plain = about.get("plain", "empty")
    return Version(about["version"], about["hash"], about["quads"], plain, left_out, fresh=False)
