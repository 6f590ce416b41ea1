"""The releases that a store keeps: versions that stay queryable as they were.

A built store links to one of its versions. A writable store has a checkpoint (RocksDB), which shares its files on disk
until they are rewritten.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from nbkg.errors import ServiceError, UsageError
from nbkg.storage import built_store, layout


def keep_release(store: Path, release: str) -> bool:
    """Keep what the store holds now as a release; return False where it is that release already.

    Raises UsageError where there is nothing, or another release of that name, ServiceError where a server or a load
    has the store.
    """
    if not layout.is_described(store):
        raise UsageError(f"{store}: is not a store that nbkg made; make one with `nbkg load {store} FILE…`")
    with layout.lock_for_loading(store):
        if layout.is_writable(store):
            built_store.check_release_name(release)
            if not keep_checkpoint(store, release, lambda folder: _make_checkpoint(store, folder)):
                raise UsageError(f"{store}: there is a release {release} already; releases stay as they are")
            return True
        current = built_store.current_version(store)
        if current is None:
            raise UsageError(f"{store}: holds nothing yet")
        built_store.check_release(store, release, current.hash)
        is_known = release in built_store.released_versions(store)
        built_store.keep_version(store, current, release)
        return not is_known


def drop_release(store: Path, release: str) -> None:
    """Keep a release no longer; files that nothing else needs are removed. Raises UsageError, ServiceError."""
    if release not in layout.release_names(store):
        known = ", ".join(layout.release_names(store)) or "none"
        raise UsageError(f"{store}: keeps no release {release}; it keeps {known}")
    with layout.lock_for_loading(store):
        path = layout.releases_folder(store) / release
        if path.is_symlink():
            path.unlink()
            current = built_store.current_version(store)
            built_store.remove_versions(store, {current.number - 1} if current else set())
            return
        layout.description_file(path).unlink(missing_ok=True)
        shutil.rmtree(path)


def keep_checkpoint(store: Path, release: str, make_checkpoint: Callable[[str], object]) -> bool:
    """Keep a checkpoint of a writable store as a release; return False where there is one of that name.

    `make_checkpoint` makes the checkpoint in the folder that it is called with.
    """
    path = layout.releases_folder(store) / release
    if path.exists():
        return False
    building = path.with_name(f".{release}.building")
    shutil.rmtree(building, ignore_errors=True)
    path.parent.mkdir(exist_ok=True)
    make_checkpoint(str(building))
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(building.glob("MANIFEST*"))))
    layout.write_json(layout.description_file(path), {"release": release, "hash": digest.hexdigest()})
    building.rename(path)
    return True


def _make_checkpoint(store: Path, folder: str) -> None:
    try:
        writable = ox.Store(str(layout.data_folder(store)))
        writable.flush()
        writable.backup(folder)
    except OSError as error:
        raise ServiceError(f"{store}: cannot be opened: {error}; is it being served?") from error
