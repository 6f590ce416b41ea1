"""The releases in a folder, and the files that they name: nothing else is ever sent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from nbkg.errors import StoreError
from nbkg.rdf.compression import MEDIA_TYPES

INDEX = "release.json"
CHECKSUMS = "SHA256SUMS"
LATEST = "latest"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}")


@dataclass(frozen=True)
class ReleaseFile:
    """A file of a release."""

    path: str
    bytes: int
    sha256: str
    media_type: str
    triples: int | None = None

    @property
    def content_type(self) -> str:
        """Return the content type with which it is sent; text says that it is UTF-8.

        A compressed file has the type of its compression, not that of its content in a content coding: a client that
        undoes the coding would have other bytes than those whose checksum stands in SHA256SUMS.
        """
        media_type = MEDIA_TYPES.get(PurePosixPath(self.path).suffix, self.media_type)
        return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type

    @property
    def name(self) -> str:
        """Return the last part of its path."""
        return PurePosixPath(self.path).name


@dataclass(frozen=True)
class Release:
    """A release as its index describes it."""

    folder: Path
    index: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Return its name, which begins with a date."""
        return self.folder.name

    @property
    def issued(self) -> str:
        """Return its date."""
        return str(self.index["issued"])

    @property
    def previous(self) -> str | None:
        """Return the name of the release before."""
        return str(self.index["previous"]) if self.index["previous"] else None

    @property
    def datasets(self) -> Sequence[Mapping[str, Any]]:
        """Return its data sets, as in release.json."""
        datasets: Sequence[Mapping[str, Any]] = self.index["datasets"]
        return datasets

    @cached_property
    def files(self) -> Mapping[str, ReleaseFile]:
        """Return every file by its path, release.json and SHA256SUMS too."""
        return {file.path: file for file in (*self._indexed_files(), *self._index_files())}

    def _indexed_files(self) -> Iterator[ReleaseFile]:
        of_datasets = (file for dataset in self.datasets for file in dataset["files"])
        for file in (*self.index["files"], *of_datasets):
            yield ReleaseFile(file["path"], file["bytes"], file["sha256"], file["mediaType"], file.get("triples"))

    def _index_files(self) -> Iterator[ReleaseFile]:
        """Yield the files that the index cannot name: itself and the list of checksums."""
        checksums = self.folder / CHECKSUMS
        if not checksums.is_file():
            return
        listed = dict(line.split("  ", 1)[::-1] for line in checksums.read_text(encoding="utf-8").splitlines())
        yield ReleaseFile(CHECKSUMS, checksums.stat().st_size, "", "text/plain")
        if digest := listed.get(INDEX):
            yield ReleaseFile(INDEX, (self.folder / INDEX).stat().st_size, digest, "application/json")

    def find_file(self, path: str) -> tuple[Path, ReleaseFile] | None:
        """Return a file that the release names, and where it is on disk; None for any other path."""
        file = self.files.get(path)
        if file is None:
            return None
        on_disk = (self.folder / path).resolve()
        return (on_disk, file) if on_disk.is_file() and on_disk.is_relative_to(self.folder.resolve()) else None

    def dataset_files(self, name: str) -> list[ReleaseFile]:
        """Return the files of a data set, by path."""
        return [file for path, file in sorted(self.files.items()) if path.startswith(f"datasets/{name}/")]

    def other_files(self) -> list[ReleaseFile]:
        """Return the files that belong to no data set, by path."""
        return [file for path, file in sorted(self.files.items()) if not path.startswith("datasets/")]


class ReleaseFolder:
    """A folder of releases; what is hidden in it, such as a release that is being made, is ignored."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def releases(self) -> list[Release]:
        """Return the releases, the newest first."""
        releases = [self.find(path.name) for path in self._folder.glob("*") if not path.is_symlink()]
        return sorted((one for one in releases if one), key=lambda one: (one.issued, one.name), reverse=True)

    def find(self, name: str) -> Release | None:
        """Return the release of that name, if there is one. Raises StoreError where its index cannot be read."""
        folder = self._folder / name
        if not _NAME.fullmatch(name) or name == LATEST or not (folder / INDEX).is_file():
            return None
        return _read_release(folder, (folder / INDEX).stat().st_mtime_ns)

    def latest(self) -> str | None:
        """Return the name of the release that `latest` leads to; without the link that of the newest."""
        link = self._folder / LATEST
        name = link.readlink().name if link.is_symlink() else ""
        if self.find(name):
            return name
        releases = self.releases()
        return releases[0].name if releases else None


@lru_cache(maxsize=64)
def _read_release(folder: Path, _modified: int) -> Release:
    try:
        release = Release(folder, json.loads((folder / INDEX).read_text(encoding="utf-8")))
        _ = release.issued, release.previous, release.files  # raise here what is missing in the index
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{folder.name}: {INDEX} cannot be read: {error}") from error
    return release
