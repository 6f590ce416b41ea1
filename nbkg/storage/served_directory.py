"""Which Oxigraph directory a store's folder, or a release that it keeps, means now."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from nbkg.errors import StoreUnavailableError
from nbkg.storage import layout

_LARGEST_QUAD = 200
"""Bytes on disk of a quad that is larger than most."""


@dataclass(frozen=True)
class ServedDirectory:
    """An Oxigraph directory and what identifies its content."""

    folder: Path
    version: str
    holds_merge: bool = False
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

    def may_hold_at_most(self, quads: int) -> bool:
        """Return whether it may hold no more than so many quads: by its description, else by the size of its files."""
        if self.quads is not None:
            return self.quads <= quads
        return sum(file.stat().st_size for file in self.folder.glob("*.sst")) <= quads * _LARGEST_QUAD


def read_link(link: str) -> str:
    """Return what `current` means now, empty for a plain directory: one system call, so that every request may ask."""
    try:
        return os.readlink(link)  # noqa: PTH115  # a Path costs more than the call
    except OSError:
        return ""


def locate(store: Path) -> ServedDirectory:
    """Return the directory that is served now. Raises StoreUnavailableError."""
    if layout.is_built(store):
        link = layout.current_link(store)
        return _describe_version(store, store / link.readlink())
    if layout.is_oxigraph(store):
        return ServedDirectory(store, "plain", modified=(store / "CURRENT").stat().st_mtime)
    if layout.is_writable(store):
        return ServedDirectory(layout.data_folder(store), layout.read_description(store)["id"])
    if not store.exists():
        raise StoreUnavailableError(f"{store}: there is no such store; make it with `nbkg load {store} FILE…`")
    raise StoreUnavailableError(
        f"{store}: this is not a store; it has neither current/ nor the files of an Oxigraph store"
    )


def locate_release(store: Path, release: str) -> ServedDirectory:
    """Return the directory of a release that the store keeps. Raises StoreUnavailableError."""
    path = layout.releases_folder(store) / release
    if path.is_symlink():
        return _describe_version(store, path.parent / path.readlink())
    about = layout.read_json(layout.description_file(path), store)
    name = f"{release}-{about.get('hash', '')[:16]}"
    return ServedDirectory(path, name, modified=layout.description_file(path).stat().st_mtime)


def _describe_version(store: Path, folder: Path) -> ServedDirectory:
    layout.read_description(store)
    file = layout.description_file(folder)
    about = layout.read_json(file, store)
    try:
        name, holds_merge = f"{about['version']}-{about['hash'][:16]}", bool(about.get("union", False))
    except KeyError as error:
        raise StoreUnavailableError(f"{store}: its description cannot be read: it has no {error}") from error
    plain = about.get("plain", "empty") if holds_merge else "own"
    left_out = tuple(about.get("left_out", ()))
    return ServedDirectory(folder, name, holds_merge, plain, file.stat().st_mtime, about.get("quads"), left_out)
