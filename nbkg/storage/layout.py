"""Versions of a built store on disk: immutable folders and a `current` link that is switched in one step.

STORE/store.json           {"format": 1, "kind": "built"}
STORE/versions/3/          an Oxigraph directory, never written again
STORE/versions/3.json      {"version": 3, "hash": sha256 of what was loaded, "quads": how many, "union": true,
                            "plain": what its default graph was before: "empty", "all" of it, or "mixed",
                            "left_out": the named graphs that its default graph leaves out}
STORE/versions/3.words     the words of its texts (see `words`)
STORE/releases/2026-03-02  → ../versions/3, which is kept as long as the link is there
STORE/current              → versions/3

Its graph `graph/void` is its description, with its numbers (https://www.w3.org/TR/void/), see `nbkg.void`.

The store's own default graph is the *present* ("union": true): the RDF merge of everything that was loaded but the
graphs in "left_out", which the data names (`loader.store.default_graph`). Oxigraph can be told to take several graphs
as the default graph, but then finds a triple once for each graph that holds it: counts come out wrong. A version
without "left_out" was made before there was a present; its default graph is the merge of all.
Where both the default graph and named graphs were loaded nobody can tell any more what the plain default graph was
("mixed"); such a store has no plain default graph.
"""

from __future__ import annotations

import json
import re
import shutil
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from nbkg.errors import UsageError
from nbkg.storage import locking

_RELEASE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[.-][0-9A-Za-z][0-9A-Za-z.-]*)?")


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

    def as_json(self) -> str:
        """The version's description as it stands beside it."""
        about = {"version": self.number, "hash": self.hash, "quads": self.quads}
        present = {} if self.left_out is None else {"left_out": [*self.left_out]}
        return json.dumps({**about, "union": True, "plain": self.plain, **present}) + "\n"


def folder(store: Path, number: int) -> Path:
    """The folder of a version."""
    return store / "versions" / str(number)


def building(store: Path, number: int) -> Path:
    """Where a version is built; nothing is there."""
    place = store / "versions" / f".{number}.building"
    shutil.rmtree(place, ignore_errors=True)
    shutil.rmtree(folder(store, number), ignore_errors=True)
    return place


def refuse_writable(store: Path) -> None:
    """Raises UsageError where the store is a writable one, or no folder."""
    if store.exists() and not store.is_dir():
        raise UsageError(f"{store}: is a file; expected a store's folder")
    if is_writable(store):
        raise UsageError(f"{store}: is a writable store, its own truth; it is not rebuilt from files")


def is_writable(store: Path) -> bool:
    """Whether the folder is a writable store."""
    about = store / "store.json"
    return about.is_file() and json.loads(about.read_text()).get("kind") != "built"


def locked(store: Path) -> AbstractContextManager[None]:
    """Nobody else makes a version meanwhile. Raises ServiceError."""
    return locking.held(store / "lock", f"{store}: another load is running, or a server writes to it; wait for it")


def current(store: Path) -> Version | None:
    """The version that is served; None where there is none yet."""
    return _linked(store / "current")


def released(store: Path) -> dict[str, Version]:
    """The versions that are kept as releases, by name, the oldest first."""
    found = {link.name: _linked(link) for link in sorted((store / "releases").glob("[!.]*")) if link.is_symlink()}
    return {name: version for name, version in found.items() if version}


def check_release(store: Path, name: str, digest: str) -> None:
    """Raises UsageError where a release cannot have that name: it is none, or another has it already."""
    check_name(name)
    known = released(store).get(name)
    if known and known.hash != digest:
        raise UsageError(
            f"{store}: the release {name} is version {known.number}, with other data; releases stay as they are"
        )


def is_name(name: str) -> bool:
    """Whether a release that a store keeps may have that name: it begins with a date, by which it is found."""
    return _RELEASE.fullmatch(name) is not None


def check_name(name: str) -> None:
    """Raises UsageError where a release cannot have that name."""
    if not is_name(name):
        raise UsageError(f"“{name}” is no name of a release: expected a date like 2026-03-02, or 2026-03-02.1")


def next_number(store: Path) -> int:
    """The number of the next version."""
    numbers = (path.stem for path in (store / "versions").glob("*.json"))
    return max((int(number) for number in numbers if number.isdigit()), default=0) + 1


def describe(store: Path, version: Version) -> None:
    """Writes the version's description beside its folder."""
    put(store / "store.json", json.dumps({"format": 1, "kind": "built"}) + "\n")
    put(store / "versions" / f"{version.number}.json", version.as_json())


def switch(store: Path, version: Version, release: str = "") -> None:
    """Makes a version whose folder is whole the current one, and a release; versions that nothing needs are cleared.

    A release that is older than another one is kept, but does not become current.
    """
    before = current(store)
    describe(store, version)
    newest = max(released(store), default="")
    if release:
        mark(store, version, release)
    if not (release and release < newest and before):
        _link(store / "current", Path("versions") / str(version.number))
    clear(store, {version.number, *([before.number] if before else [])})


def mark(store: Path, version: Version, release: str) -> None:
    """Has a version kept as a release."""
    (store / "releases").mkdir(exist_ok=True)
    _link(store / "releases" / release, Path("..") / "versions" / str(version.number))


def clear(store: Path, kept: set[int]) -> None:
    """Removes versions that are neither `kept`, current nor a release; a reader may still have the one before open."""
    now = current(store)
    kept = kept | {version.number for version in released(store).values()} | ({now.number} if now else set())
    for old in (store / "versions").iterdir():
        number = old.name.strip(".").partition(".")[0]
        if number.isdigit() and int(number) not in kept:
            shutil.rmtree(old) if old.is_dir() else old.unlink()


def _linked(link: Path) -> Version | None:
    if not link.is_symlink():
        return None
    about = json.loads((link.parent / f"{link.readlink()}.json").read_text())
    left_out = tuple(about["left_out"]) if "left_out" in about else None
    plain = about.get("plain", "empty")
    return Version(about["version"], about["hash"], about["quads"], plain, left_out, fresh=False)


def _link(link: Path, target: Path) -> None:
    new = link.with_name(f".{link.name}")
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(link)


def put(path: Path, text: str) -> None:
    """Puts a file in place in one step."""
    new = path.with_name(f".{path.name}")
    new.write_text(text)
    new.replace(path)
