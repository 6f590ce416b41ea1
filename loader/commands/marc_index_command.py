"""`nbkg marc index`: the listing by which the records of a store are given out and searched."""

from __future__ import annotations

from pathlib import Path

import click

from loader.commands.terminal import print_message
from nbkg.errors import DataError, StoreUnavailableError
from nbkg.records.listing.listing_update import update_listing


@click.command()
@click.option(
    "--records",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    required=True,
    help="The folder of the store of records.",
)
def index(folder: Path) -> None:
    """Take into the listing what came into the store of records since the last time.

    The server gives records out by it (OAI-PMH, SRU) and does the same by itself; of many records it takes minutes,
    which a server that starts need not wait for. Exit code 1 where records cannot be given out.
    """
    report = update_listing(folder)
    if report is None:
        raise StoreUnavailableError(f"{folder}: another process, perhaps a server, is doing it")
    for problem in report.problems:
        print_message(f"not given out: {problem}")
    print_message(f"{report.records} records taken in")
    if report.problems:
        raise DataError(f"{len(report.problems)} records cannot be given out")
