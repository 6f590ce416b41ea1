"""The default store of a command, which is made through the commands that the packages register."""

from __future__ import annotations

import click

from nbkg.storage.locations import default_store


def find_or_make_store(ctx: click.Context) -> str:
    """Return the address of the default store, which is made where there is none yet."""
    return str(store) if (store := default_store()).exists() else make_store(ctx)


def make_store(ctx: click.Context) -> str:
    """Return the address of the default store, after the group's `build` and `load` have made its newest version."""
    group = ctx.parent.command if ctx.parent else None
    if ctx.parent is None or not isinstance(group, click.Group):
        raise click.UsageError("name the STORE")
    for name in ("build", "load"):
        command = group.get_command(ctx.parent, name)
        if command is None:
            raise click.UsageError(f"there is no command `{name}`; name the STORE")
        with command.make_context(name, [], parent=ctx.parent) as command_context:
            command.invoke(command_context)
    return str(default_store())
