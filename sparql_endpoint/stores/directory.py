"""Which Oxigraph directory a store's folder means.

STORE/store.json      {"format": 1, "kind": "built"}
STORE/versions/3/     an Oxigraph directory, never written again
STORE/versions/3.json {"version": 3, "hash": …, "quads": …, "union": whether the default graph holds all graphs}
STORE/current         → versions/3
A folder without this layout that is an Oxigraph directory itself is taken as it is.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from sparql_endpoint.errors import StoreUnavailableError

_FORMAT = 1


@dataclass(frozen=True)
class Place:
    """An Oxigraph directory and what identifies its content."""

    folder: Path
    version: str
    union: bool = False
    """Whether its default graph holds the union of all its graphs."""


def link_target(store: Path) -> str:
    """What `current` means now, empty for a plain directory: one system call, so that every request may ask."""
    try:
        return os.readlink(store / "current")  # noqa: PTH115  # a Path costs more than the call
    except OSError:
        return ""


def locate(store: Path) -> Place:
    """The directory that is served now. Raises StoreUnavailableError."""
    link = store / "current"
    if link.is_symlink():
        return _version(store, store / link.readlink())
    if (store / "CURRENT").is_file():  # a RocksDB directory names its manifest so
        return Place(store, "plain")
    if not store.exists():
        raise StoreUnavailableError(f"{store}: there is no such store; make it with `nbkg load {store} FILE…`")
    raise StoreUnavailableError(
        f"{store}: this is not a store; it has neither current/ nor the files of an Oxigraph store"
    )


def _version(store: Path, folder: Path) -> Place:
    try:
        about = json.loads((store / "store.json").read_text())
        version = json.loads(folder.with_name(f"{folder.name}.json").read_text())
        if about["format"] != _FORMAT:
            raise StoreUnavailableError(f"{store}: has the format {about['format']}; this nbkg reads format {_FORMAT}")
        union = bool(version.get("union", False))
        return Place(folder, f"{version['version']}-{version['hash'][:16]}", union)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreUnavailableError(f"{store}: its description cannot be read: {error}") from error
