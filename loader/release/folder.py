"""Where releases are: one folder for each, made beside its place and renamed when it is whole.

OUT/.lock                 held while a release is made
OUT/.{version}.building   the release that is being made; a run that was killed leaves it, and the next one clears it
OUT/{version}             a whole release, never written again
OUT/latest                → the newest version, switched in one step
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from loader.release.model import INDEX, is_version
from nbkg.errors import ServiceError, UsageError
from nbkg.storage import locking

_LATEST = "latest"
_BUILDING = ".building"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def building(out: Path, version: str) -> Iterator[Path]:
    """A new folder for the files of a release; whatever happens, nothing of it is left but what `finish` put in place.

    Raises ServiceError where another release is being made, or where it cannot be written.
    """
    with _told(out):
        out.mkdir(parents=True, exist_ok=True)
        with locking.held(out / ".lock", f"{out}: another release is being made there; wait for it"):
            for left in out.glob(f".*{_BUILDING}"):
                shutil.rmtree(left)
            place = out / f".{version}{_BUILDING}"
            place.mkdir()
            try:
                yield place
            finally:
                shutil.rmtree(place, ignore_errors=True)


def finish(made: Path, version: str) -> Path:
    """Puts a whole release in its place and has `latest` lead to the newest; the place comes back."""
    place = made.with_name(version)
    for folder, _, files in os.walk(made):
        for name in files:
            _sync(Path(folder) / name)
        _sync(Path(folder))
    made.rename(place)
    _link(place.parent, max(versions(place.parent)))
    _sync(place.parent)
    return place


def versions(out: Path) -> list[str]:
    """The versions of the whole releases in a folder, sorted."""
    return sorted(index.parent.name for index in out.glob(f"*/{INDEX}") if _is_release(index.parent))


def before(out: Path, version: str) -> Path | None:
    """The folder of the newest release that is older than a version."""
    older = [name for name in versions(out) if name < version]
    return out / older[-1] if older else None


def check_version(version: str) -> None:
    """Raises UsageError where a release cannot have that name."""
    if not is_version(version) or version == _LATEST:
        raise UsageError(
            f"“{version}” is no name of a version: letters, digits, “.”, “_”, “+” and “-”, like 2026-11-22"
        )


def _is_release(folder: Path) -> bool:
    return not folder.is_symlink() and is_version(folder.name)


def _link(out: Path, version: str) -> None:
    new = out / f".{_LATEST}"
    new.unlink(missing_ok=True)
    new.symlink_to(version)
    new.replace(out / _LATEST)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _told(out: Path) -> Iterator[None]:
    """Tells what the disk says."""
    try:
        yield
    except OSError as error:
        why = "there is no more room on the disk" if error.errno in _FULL else f"cannot be written: {error}"
        raise ServiceError(
            f"{out}: {why}; the releases there are as they were, mend it and run the same command again"
        ) from error
