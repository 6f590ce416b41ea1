"""Which Oxigraph directory a store's folder means, and how a writable store is made.

A built store, which `nbkg load` makes:

STORE/store.json      {"format": 1, "kind": "built"}
STORE/versions/3/     an Oxigraph directory, never written again
STORE/versions/3.json {"version": 3, "hash": …, "quads": …, "union": whether the default graph holds the named ones,
                       "left_out": all but these, "plain": what the default graph was before: "empty", "all", "mixed"}
STORE/current         → versions/3
STORE/releases/…      → ../versions/2, see `releases`

A writable store, its own truth:

STORE/store.json      {"format": 1, "kind": "writable", "id": …}
STORE/data/           an Oxigraph directory

A folder without this layout that is an Oxigraph directory itself is taken as it is.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbkg.errors import StoreUnavailableError

_FORMAT = 1
_LARGEST_QUAD = 200
"""Bytes on disk of a quad that is larger than most."""


@dataclass(frozen=True)
class Place:
    """An Oxigraph directory and what identifies its content."""

    folder: Path
    version: str
    union: bool = False
    """Whether its default graph holds the merge of its named graphs, but for those that are left out."""
    plain: str = "own"
    """What its plain default graph is: the one on disk, or where that holds the merge “empty”, “all” of it, or lost
    because it was “mixed” with named graphs."""
    modified: float | None = None
    """When it came to be, in seconds since 1970."""
    quads: int | None = None
    """How many it holds, where that is known."""
    left_out: tuple[str, ...] = ()
    """The named graphs that its default graph leaves out."""


def may_be_small(place: Place, most: int) -> bool:
    """Whether it may hold no more than so many quads: by what is known, else by the size of its files."""
    if place.quads is not None:
        return place.quads <= most
    return sum(file.stat().st_size for file in place.folder.glob("*.sst")) <= most * _LARGEST_QUAD


def link_target(link: str) -> str:
    """What `current` means now, empty for a plain directory: one system call, so that every request may ask."""
    try:
        return os.readlink(link)  # noqa: PTH115  # a Path costs more than the call
    except OSError:
        return ""


def locate(store: Path) -> Place:
    """The directory that is served now. Raises StoreUnavailableError."""
    link = store / "current"
    if link.is_symlink():
        return _version(store, store / link.readlink())
    if (store / "CURRENT").is_file():  # a RocksDB directory names its manifest so
        return Place(store, "plain", modified=(store / "CURRENT").stat().st_mtime)
    if is_writable(store):
        return Place(store / "data", _about(store)["id"])
    if not store.exists():
        raise StoreUnavailableError(f"{store}: there is no such store; make it with `nbkg load {store} FILE…`")
    raise StoreUnavailableError(
        f"{store}: this is not a store; it has neither current/ nor the files of an Oxigraph store"
    )


def released(store: Path, release: str) -> Place:
    """The directory of a release that the store keeps. Raises StoreUnavailableError."""
    place = store / "releases" / release
    if place.is_symlink():
        return _version(store, place.parent / place.readlink())
    try:
        path = place.with_name(f"{release}.json")
        name = f"{release}-{json.loads(path.read_text())['hash'][:16]}"
        return Place(place, name, modified=path.stat().st_mtime)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreUnavailableError(f"{store}: the release {release} cannot be read: {error}") from error


def kept(store: Path, release: str, checkpoint: Callable[[str], object]) -> bool:
    """Has a checkpoint of a writable store made and kept as a release; False where there is one of that name."""
    place = store / "releases" / release
    if place.exists():
        return False
    building = place.with_name(f".{release}.building")
    shutil.rmtree(building, ignore_errors=True)
    place.parent.mkdir(exist_ok=True)
    checkpoint(str(building))
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(building.glob("MANIFEST*"))))
    about = {"release": release, "hash": digest.hexdigest()}
    place.with_name(f"{release}.json").write_text(json.dumps(about) + "\n")
    building.rename(place)
    return True


def is_writable(store: Path) -> bool:
    """Whether the folder is a writable store."""
    return (store / "store.json").is_file() and _about(store)["kind"] == "writable"


def made_writable(store: Path) -> Path:
    """The folder of a writable store, made where nothing is there. Raises StoreUnavailableError."""
    if not store.exists() or (store.is_dir() and not any(store.iterdir())):
        store.mkdir(parents=True, exist_ok=True)
        new = store / ".store.json"
        new.write_text(json.dumps({"format": _FORMAT, "kind": "writable", "id": secrets.token_hex(4)}) + "\n")
        new.replace(store / "store.json")
    if not is_writable(store):
        told = (
            "is a built store, which only `nbkg load` changes"
            if (store / "current").is_symlink()
            else "is no store of ours"
        )
        raise StoreUnavailableError(f"{store}: {told}; name a new folder, or serve it without a token")
    return store


def next_opening(store: Path) -> str:
    """A name for the versions to come of a writable store: no opening of it had that name before."""
    about = _about(store)
    about["opened"] = int(about.get("opened", 0)) + 1
    new = store / ".store.json"
    new.write_text(json.dumps(about) + "\n")
    new.replace(store / "store.json")
    (store / "data").mkdir(exist_ok=True)
    return f"{about['id']}.{about['opened']}"


@contextmanager
def locked(store: Path, *, shared: bool = False) -> Iterator[None]:
    """Nobody else writes to the store meanwhile; with `shared` others may read too. Raises StoreUnavailableError."""
    with (store / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreUnavailableError(f"{store}: another server serves this store; stop it first") from None
        yield


def _about(store: Path) -> dict[str, Any]:
    try:
        about: dict[str, Any] = json.loads((store / "store.json").read_text())
        if about["format"] != _FORMAT:
            raise StoreUnavailableError(f"{store}: has the format {about['format']}; this nbkg reads format {_FORMAT}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreUnavailableError(f"{store}: its description cannot be read: {error}") from error
    return about


def _version(store: Path, folder: Path) -> Place:
    _about(store)
    try:
        path = folder.with_name(f"{folder.name}.json")
        about = json.loads(path.read_text())
        name, union = f"{about['version']}-{about['hash'][:16]}", bool(about.get("union", False))
        plain = about.get("plain", "empty") if union else "own"
        left_out = tuple(about.get("left_out", ()))
        return Place(folder, name, union, plain, path.stat().st_mtime, about.get("quads"), left_out)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreUnavailableError(f"{store}: its description cannot be read: {error}") from error
