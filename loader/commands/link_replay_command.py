"""`nbkg link replay`: what persons decided on the pages of a store becomes part of its next version."""

from __future__ import annotations

from pathlib import Path

import click

from loader.changes.journal_replay import replay_journal
from loader.commands.terminal import print_message
from nbkg.storage.locations import default_store


@click.command("replay")
@click.argument("store", required=False, metavar="[STORE]", type=click.Path(path_type=Path))
def replay(store: Path | None) -> None:
    """Bring the decisions in the journal of STORE into its next version.

    `nbkg load` does so at its end, and a server after each decision; after an interruption this command does it.
    Exit codes: 0 the store has them all, 1 the journal is damaged, 2 the call is wrong, 3 a load is running.
    """
    chosen = store or default_store()
    version = replay_journal(chosen)
    print_message(f"version {version.number} → {chosen}" if version else f"{chosen}: has all decisions of its journal")
