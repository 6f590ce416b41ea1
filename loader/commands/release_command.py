"""`nbkg release`: what a store keeps as it is now, to be asked later."""

from __future__ import annotations

from pathlib import Path

import click

from loader.commands.terminal import print_message
from nbkg.errors import UsageError
from nbkg.storage.kept_versions import drop_release, keep_release
from nbkg.storage.layout import release_names


@click.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("version", required=False)
@click.option("--drop", is_flag=True, help="Stop keeping VERSION.")
def release(store: Path, version: str | None, drop: bool) -> None:  # click gives flags so
    """Keep what STORE holds now as the release VERSION; without VERSION, list the releases that it keeps.

    VERSION is a date, 2026-03-02, or 2026-03-02.1 for a second release of that day. A query with `as-of` is answered
    from the newest release at or before its date.
    """
    if version is None:
        if drop:
            raise UsageError("--drop needs the VERSION that should no longer be kept")
        click.echo("".join(f"{name}\n" for name in release_names(store)), nl=False)
    elif drop:
        drop_release(store, version)
        print_message(f"{store}: {version} is no longer kept")
    else:
        new = keep_release(store, version)
        print_message(f"{store}: {version} {'is kept' if new else 'was kept already'}")
