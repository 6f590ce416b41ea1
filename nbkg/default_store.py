"""The default store of a command, which is made through the commands that the packages register."""

from __future__ import annotations

from collections.abc import Sequence

import click

from nbkg.storage.locations import default_store


def find_or_make_store(ctx: click.Context) -> str:
    """Return the address of the default store, which is made where there is none yet."""
    return str(store) if (store := default_store()).exists() else make_store(ctx)


def make_store(ctx: click.Context) -> str:
    """Return the address of the default store, after the group's `build` and `load` have made its newest version."""
    for name in ("build", "load"):
        _invoke(ctx, [name])
    return str(default_store())


def make_records(ctx: click.Context) -> None:
    """Import the MARC records of the sources of the build into the folder `records` beside the default store."""
    _invoke(ctx, ["marc", "import-sources", "--records", str(default_store().parent / "records")])


def _invoke(ctx: click.Context, words: Sequence[str]) -> None:
    """Run a command of the group that `ctx` belongs to. Raises UsageError where the group does not have it."""
    group = ctx.parent.command if ctx.parent else None
    name, *arguments = words
    if ctx.parent is None or not isinstance(group, click.Group):
        raise click.UsageError("name the STORE")
    command = group.get_command(ctx.parent, name)
    if command is None:
        raise click.UsageError(f"there is no command `{name}`; name the STORE")
    with command.make_context(name, arguments, parent=ctx.parent) as command_context:
        command.invoke(command_context)
