"""A store on disk as a release reads it: which folder it is in, and its graphs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from nbkg.errors import ServiceError, UsageError

_NUMBERS = "/graph/void"
"""The description that `nbkg load` makes of a store: it follows from the others, and a release has it as `void.ttl`."""


@dataclass(frozen=True)
class Opened:
    """A store as it was when it was opened, for reading only."""

    store: ox.Store
    graphs: Sequence[str | None]
    """The named graphs, and None where the default graph is data of its own; sorted."""
    quads: int | None
    """About how many statements they hold; None where that is not known."""
    loaded: bool = False
    """Whether it is a version that `nbkg load` made, which nobody changes: its own description holds."""


def opened(place: Path) -> Opened:
    """The store there: one that `nbkg load` made, a writable one, or any Oxigraph directory.

    Raises UsageError where there is none, or where it cannot be told any more what its default graph was;
    ServiceError where it cannot be opened.
    """
    folder, about = _located(place)
    try:
        store = ox.Store.read_only(str(folder))
    except OSError as error:
        raise ServiceError(f"{place}: cannot be opened: {error}; if it is written to just now, try again") from error
    plain = about.get("plain", "empty") if about.get("union") else "own"
    if plain == "mixed":
        raise UsageError(
            f"{place}: graphs with and without a name were loaded together, and are told apart no more; "
            "load it anew with --graph IRI"
        )
    iris = (graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode))
    named = sorted(iri for iri in iris if not iri.endswith(_NUMBERS))
    default = plain == "all" or (plain == "own" and _holds(store))
    return Opened(store, [None, *named] if default else named, about.get("quads"), bool(about.get("union")))


def _located(place: Path) -> tuple[Path, dict[str, Any]]:
    """The Oxigraph directory, and what is known of it."""
    link = place / "current"
    if link.is_symlink():
        folder = place / link.readlink()
        return folder, json.loads(folder.with_name(f"{folder.name}.json").read_text(encoding="utf-8"))
    if (place / "CURRENT").is_file():  # a RocksDB directory names its manifest so
        return place, {}
    if (place / "store.json").is_file() and (place / "data").is_dir():
        return place / "data", {}
    raise UsageError(f"{place}: there is no store; make it with `nbkg load {place} FILE…`")


def _holds(store: ox.Store) -> bool:
    """Whether the default graph holds anything."""
    return next(iter(store.quads_for_pattern(None, None, None, ox.DefaultGraph())), None) is not None
