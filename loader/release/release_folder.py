"""The folder of all releases: each is made in a hidden folder and renamed when it is complete.

OUT/.lock             is held while a release is made
OUT/.{name}.building  the release that is being made; a run that was killed leaves it, and the next one clears it
OUT/{name}            a complete release, never written again
OUT/latest            → the newest release, switched in one step
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from loader.release.release_index import INDEX, is_release_name
from nbkg.errors import ServiceError, UsageError
from nbkg.storage.atomic_replace import replace_link, sibling
from nbkg.storage.lock import lock

_LATEST = "latest"
_BUILDING = ".building"
_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def new_release(out: Path, name: str) -> Iterator[Path]:
    """Make a new folder for the files of a release; nothing of it is left but what `publish` put in its place.

    Raises ServiceError where another release is being made, or where it cannot be written.
    """
    with _disk_errors(out):
        out.mkdir(parents=True, exist_ok=True)
        with lock(out / ".lock", ServiceError(f"{out}: another release is being made there; wait for it")):
            for unfinished in out.glob(f".*{_BUILDING}"):
                shutil.rmtree(unfinished)
            folder = sibling(out / name, _BUILDING)
            folder.mkdir()
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)


def publish(folder: Path, name: str) -> Path:
    """Put a complete release in its place, have `latest` lead to the newest one, and return the release's folder."""
    release = folder.with_name(name)
    for parent, _, files in os.walk(folder):
        for file in files:
            _sync(Path(parent) / file)
        _sync(Path(parent))
    folder.rename(release)
    replace_link(release.parent / _LATEST, max(release_names(release.parent)))
    _sync(release.parent)
    return release


def release_names(out: Path) -> list[str]:
    """Return the names of the complete releases in a folder, sorted."""
    folders = (index.parent for index in out.glob(f"*/{INDEX}"))
    return sorted(folder.name for folder in folders if not folder.is_symlink() and is_release_name(folder.name))


def release_before(out: Path, name: str) -> Path | None:
    """Return the folder of the newest release that is older than a name."""
    older = [other for other in release_names(out) if other < name]
    return out / older[-1] if older else None


def check_release_name(name: str) -> None:
    """Raise UsageError where a release cannot have that name."""
    if not is_release_name(name) or name == _LATEST:
        raise UsageError(
            f"“{name}” cannot be a release's name: letters, digits, “.”, “_”, “+” and “-”, like 2026-11-22"
        )


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _disk_errors(out: Path) -> Iterator[None]:
    """Raise ServiceError for what the disk refuses."""
    try:
        yield
    except OSError as error:
        full = error.errno in _DISK_FULL
        problem = "there is no more room on the disk" if full else f"cannot be written: {error}"
        raise ServiceError(
            f"{out}: {problem}; the releases there are unchanged; solve this and run the same command again"
        ) from error
