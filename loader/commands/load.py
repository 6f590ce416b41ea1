"""`nbkg load`: the next version of a store, from files."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from loader.errors import UsageError
from loader.locations import default_store, graphs_folder
from loader.store import SUFFIXES
from loader.store import load as load_files
from loader.write import recover


@click.command()
@click.argument("store_and_files", nargs=-1, type=click.Path(path_type=Path), metavar="[STORE] [FILE]...")
@click.option("--graph", metavar="IRI", help="The named graph for triples of files that name none.")
def load(store_and_files: tuple[Path, ...], graph: str | None) -> None:
    """Load RDF files into a store as its next version, and switch to it.

    Without FILE: the graphs that `nbkg build` wrote. Without STORE: var/store of the checkout, or $NBKG_STORE.
    """
    store, files = _split(store_and_files)
    made = load_files(store, files or _built(), graph)
    told = "loaded" if made.fresh else "already current"
    Console(stderr=True).print(
        f"version {made.number}: {made.quads} quads {told} → {store}", highlight=False, soft_wrap=True
    )


def _split(given: tuple[Path, ...]) -> tuple[Path, list[Path]]:
    first_is_store = bool(given) and given[0].suffix.lower() not in SUFFIXES
    return (given[0], list(given[1:])) if first_is_store else (default_store(), list(given))


def _built() -> list[Path]:
    folder = graphs_folder()
    recover(folder)
    quads = folder / "nbkg.nq"
    if not quads.is_file():
        raise UsageError(f"{quads}: there are no built graphs yet; run `nbkg build`")
    return [quads]
