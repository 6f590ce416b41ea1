"""A store on disk as a release reads it: its Oxigraph directory and its graphs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from nbkg.errors import ServiceError, UsageError

_VOID_GRAPH = "/graph/void"
"""The end of the IRI of a store's VoID description, which a release has as `void.ttl`."""


@dataclass(frozen=True)
class StoreSnapshot:
    """A store as it was when it was opened, for reading only."""

    store: ox.Store
    graphs: Sequence[str | None]
    """The named graphs, and None where the default graph is data of its own; sorted."""
    quads: int | None
    """About how many statements the graphs hold; None where that is not known."""
    loaded: bool = False
    """Whether it is a version of a built store, which never changes: its VoID description is right."""


def open_snapshot(path: Path) -> StoreSnapshot:
    """Open a built store, a writable one, or any Oxigraph directory for reading.

    Raises UsageError where there is none, or where its plain default graph is lost; ServiceError where it cannot be
    opened.
    """
    folder, about = _locate(path)
    try:
        store = ox.Store.read_only(str(folder))
    except OSError as error:
        raise ServiceError(f"{path}: cannot be opened: {error}; if it is written to just now, try again") from error
    plain = about.get("plain", "empty") if about.get("union") else "own"
    if plain == "mixed":
        raise UsageError(
            f"{path}: graphs with and without a name were loaded together and cannot be separated any more; "
            "load it anew with --graph IRI"
        )
    iris = (graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode))
    named = sorted(iri for iri in iris if not iri.endswith(_VOID_GRAPH))
    default = plain == "all" or (plain == "own" and _holds(store))
    return StoreSnapshot(store, [None, *named] if default else named, about.get("quads"), bool(about.get("union")))


def _locate(path: Path) -> tuple[Path, dict[str, Any]]:
    """Return the Oxigraph directory and the description of its version."""
    link = path / "current"
    if link.is_symlink():
        folder = path / link.readlink()
        return folder, json.loads(folder.with_name(f"{folder.name}.json").read_text(encoding="utf-8"))
    if (path / "CURRENT").is_file():  # a RocksDB directory names its manifest so
        return path, {}
    if (path / "store.json").is_file() and (path / "data").is_dir():
        return path / "data", {}
    raise UsageError(f"{path}: there is no store; make it with `nbkg load {path} FILE…`")


def _holds(store: ox.Store) -> bool:
    """Return whether the default graph holds anything."""
    return next(iter(store.quads_for_pattern(None, None, None, ox.DefaultGraph())), None) is not None
