"""A store on disk as a release reads it: its Oxigraph directory and its graphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from nbkg.errors import ServiceError, StoreUnavailableError, UsageError
from nbkg.storage.served_directory import locate

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
    try:
        directory = locate(path)
        store = ox.Store.read_only(str(directory.folder))
    except StoreUnavailableError as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise ServiceError(f"{path}: cannot be opened: {error}; if it is written to just now, try again") from error
    plain = directory.plain
    if plain == "mixed":
        raise UsageError(
            f"{path}: graphs with and without a name were loaded together and cannot be separated any more; "
            "load it anew with --graph IRI"
        )
    iris = (graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode))
    named = sorted(iri for iri in iris if not iri.endswith(_VOID_GRAPH))
    default = plain == "all" or (plain == "own" and _holds(store))
    return StoreSnapshot(store, [None, *named] if default else named, directory.quads, directory.holds_merge)


def _holds(store: ox.Store) -> bool:
    """Return whether the default graph holds anything."""
    return next(iter(store.quads_for_pattern(None, None, None, ox.DefaultGraph())), None) is not None
