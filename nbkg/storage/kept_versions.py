"""The releases that a store keeps: versions that stay queryable as they were.

A built store links to one of its versions (see `versions`). A writable store has a checkpoint, which shares its files
on disk until they are rewritten:

STORE/releases/2026-03-02/      an Oxigraph directory, never written again
STORE/releases/2026-03-02.json  {"release": "2026-03-02", "hash": what tells it from another of that name}
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pyoxigraph as ox

from nbkg.errors import ServiceError, UsageError
from nbkg.storage import layout as versions


def names(store: Path) -> list[str]:
    """The releases, the oldest first."""
    return sorted(path.name for path in (store / "releases").glob("[!.]*") if path.is_dir())


def keep(store: Path, release: str) -> bool:
    """Keeps what the store holds now as a release; False where it is that release already.

    Raises UsageError where there is nothing, or another release of that name, ServiceError where a server or a load
    has the store.
    """
    if not (store / "store.json").is_file():
        raise UsageError(f"{store}: is no store of ours; make it with `nbkg load {store} FILE…`")
    with versions.locked(store):
        if versions.is_writable(store):
            return _checkpoint(store, release)
        now = versions.current(store)
        if now is None:
            raise UsageError(f"{store}: holds nothing yet")
        versions.check_release(store, release, now.hash)
        known = release in versions.released(store)
        versions.mark(store, now, release)
        return not known


def drop(store: Path, release: str) -> None:
    """Keeps a release no longer; its files go where nothing else needs them. Raises UsageError, ServiceError."""
    if release not in names(store):
        raise UsageError(f"{store}: keeps no release {release}; it keeps {', '.join(names(store)) or 'none'}")
    with versions.locked(store):
        place = store / "releases" / release
        if place.is_symlink():
            place.unlink()
            now = versions.current(store)
            versions.clear(store, {now.number - 1} if now else set())
            return
        place.with_name(f"{release}.json").unlink(missing_ok=True)
        shutil.rmtree(place)


def _checkpoint(store: Path, release: str) -> bool:
    versions.check_name(release)
    place = store / "releases" / release
    if place.exists():
        raise UsageError(f"{store}: there is a release {release} already; releases stay as they are")
    building = place.with_name(f".{release}.building")
    shutil.rmtree(building, ignore_errors=True)
    place.parent.mkdir(exist_ok=True)
    try:
        opened = ox.Store(str(store / "data"))
        opened.flush()
        opened.backup(str(building))
    except OSError as error:
        raise ServiceError(f"{store}: cannot be opened: {error}; is it being served?") from error
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(building.glob("MANIFEST*"))))
    about = {"release": release, "hash": digest.hexdigest()}
    versions.put(place.with_name(f"{release}.json"), json.dumps(about) + "\n")
    building.rename(place)
    return True
