"""`nbkg index`: the text index of a store on another server."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from loader.commands.terminal import Bars, print_message
from loader.store.remote_index import check_index, write_index
from nbkg.errors import UsageError


@click.command()
@click.argument("address", metavar="URL")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--check", is_flag=True, help="Only say whether the index in DIR is that of the store as it is now.")
def index(address: str, folder: Path, *, check: bool) -> None:
    """Write the text index of the store at URL, its SPARQL endpoint, to DIR, for `nbkg serve URL --text-index DIR`.

    After an interruption the same command continues where it stopped; until it is complete the old index is used.
    It does nothing where the index is up to date. (A store on disk has its index beside it, which `nbkg load` makes.)
    """
    if not address.lower().startswith(("http://", "https://")):
        raise UsageError(f"{address}: expected the http(s) address of a SPARQL endpoint; `nbkg load` indexes a folder")
    if check:
        check_index(address, folder)
        print_message(f"the index is up to date → {folder}")
        return
    with Bars() as bars:
        is_new = write_index(address, folder, partial(bars.advance_to, "texts"))
    print_message(f"{'indexed' if is_new else 'the index is up to date'} → {folder}")
