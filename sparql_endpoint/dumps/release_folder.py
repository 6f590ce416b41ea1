"""The releases in a folder, and the files that they name: nothing else is ever given out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from nbkg.errors import StoreError

INDEX = "release.json"
SUMS = "SHA256SUMS"
LATEST = "latest"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}")
_PACKED = {".gz": "application/gzip", ".zst": "application/zstd"}
"""A compressed file is of that type, and not of its content's type in a content coding: a client that undoes the
coding would have other bytes than those that SHA256SUMS tells."""


@dataclass(frozen=True)
class Part:
    """A file of a release."""

    path: str
    bytes: int
    sha256: str
    media_type: str
    triples: int | None = None

    @property
    def content_type(self) -> str:
        """As it is sent; text says that it is UTF-8."""
        kind = _PACKED.get(PurePosixPath(self.path).suffix, self.media_type)
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    @property
    def name(self) -> str:
        """The last part of its path."""
        return PurePosixPath(self.path).name


@dataclass(frozen=True)
class Held:
    """A release as its index tells of it."""

    folder: Path
    told: Mapping[str, Any]

    @property
    def version(self) -> str:
        """Its name."""
        return self.folder.name

    @property
    def issued(self) -> str:
        """Its date."""
        return str(self.told["issued"])

    @property
    def previous(self) -> str | None:
        """The version before."""
        return str(self.told["previous"]) if self.told["previous"] else None

    @property
    def datasets(self) -> Sequence[Mapping[str, Any]]:
        """Its data sets, as in release.json."""
        found: Sequence[Mapping[str, Any]] = self.told["datasets"]
        return found

    @cached_property
    def parts(self) -> Mapping[str, Part]:
        """Every file by its path, release.json and SHA256SUMS too."""
        return {part.path: part for part in (*self._named(), *self._own())}

    def _named(self) -> Iterator[Part]:
        of_sets = (file for one in self.datasets for file in one["files"])
        for file in (*self.told["files"], *of_sets):
            yield Part(file["path"], file["bytes"], file["sha256"], file["mediaType"], file.get("triples"))

    def _own(self) -> Iterator[Part]:
        """Those that no index can name: itself and the list of check sums."""
        sums = self.folder / SUMS
        if not sums.is_file():
            return
        listed = dict(line.split("  ", 1)[::-1] for line in sums.read_text(encoding="utf-8").splitlines())
        yield Part(SUMS, sums.stat().st_size, "", "text/plain")
        if digest := listed.get(INDEX):
            yield Part(INDEX, (self.folder / INDEX).stat().st_size, digest, "application/json")

    def file(self, path: str) -> tuple[Path, Part] | None:
        """A file that the release names, and where it is; None for any other path."""
        part = self.parts.get(path)
        if part is None:
            return None
        place = (self.folder / path).resolve()
        return (place, part) if place.is_file() and place.is_relative_to(self.folder.resolve()) else None

    def of_set(self, name: str) -> list[Part]:
        """The files of a data set."""
        return [part for path, part in sorted(self.parts.items()) if path.startswith(f"datasets/{name}/")]

    def others(self) -> list[Part]:
        """The files that are of no data set."""
        return [part for path, part in sorted(self.parts.items()) if not path.startswith("datasets/")]


class Shelf:
    """A folder of releases; what is being made there, and all that is hidden, is not seen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def releases(self) -> list[Held]:
        """The releases, the newest first."""
        found = [self.release(place.name) for place in self.folder.glob("*") if not place.is_symlink()]
        return sorted((one for one in found if one), key=lambda one: (one.issued, one.version), reverse=True)

    def release(self, version: str) -> Held | None:
        """The release of that name. Raises StoreError where its index cannot be read."""
        place = self.folder / version
        if not _NAME.fullmatch(version) or version == LATEST or not (place / INDEX).is_file():
            return None
        return _read(place, (place / INDEX).stat().st_mtime_ns)

    def latest(self) -> str | None:
        """The version that `latest` leads to; without the link the newest."""
        link = self.folder / LATEST
        named = link.readlink().name if link.is_symlink() else ""
        if self.release(named):
            return named
        found = self.releases()
        return found[0].version if found else None


@lru_cache(maxsize=64)
def _read(place: Path, _changed: int) -> Held:
    try:
        held = Held(place, json.loads((place / INDEX).read_text(encoding="utf-8")))
        _ = held.issued, held.previous, held.parts  # what it must tell
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{place.name}: {INDEX} cannot be read: {error}") from error
    return held
