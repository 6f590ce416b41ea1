"""Where things lie: in the checkout where there is one, else in the user's cache folder."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from platformdirs import user_cache_path

QUADS_FILE = "nbkg.nq"
"""The file of built graphs in which all but the large ones stand."""


def checkout() -> Path | None:
    """The root of the checkout that the running code stands in; None when it was installed from a wheel."""
    root = Path(str(files("data"))).parent
    return root if (root / "pyproject.toml").is_file() and (root / "Makefile").is_file() else None


def graphs_folder() -> Path:
    """The folder of the built graphs."""
    root = checkout()
    return root / "data" / "graphs" if root else user_cache_path("nbkg") / "graphs"


def built_files(folder: Path) -> list[Path]:
    """Return the files that hold all graphs of a folder that `nbkg build` wrote; none where it wrote none there."""
    quads = folder / QUADS_FILE
    return [quads, *sorted(folder.glob("*.nq.zst"))] if quads.is_file() else []


def catalogue_file() -> Path:
    """The catalogue record that `nbkg build` writes beside the graphs."""
    return graphs_folder().parent / "catalog.ttl"


def default_store() -> Path:
    """The store that `load` makes and `serve` opens without a name: $NBKG_STORE, or `var/store`."""
    if named := os.environ.get("NBKG_STORE"):
        return Path(named)
    root = checkout()
    return root / "var" / "store" if root else user_cache_path("nbkg") / "store"


def templates_folder() -> Path:
    """The folder of the pages' compiled templates, which may be deleted at any time."""
    return user_cache_path("nbkg") / "templates"


def records_folder() -> Path:
    """The store of records that commands use without a name: $NBKG_RECORDS, or `records` beside the store."""
    if named := os.environ.get("NBKG_RECORDS"):
        return Path(named)
    return default_store().parent / "records"
