"""Makes the default store through the commands that other packages register."""

from __future__ import annotations

import click

from sparql_endpoint.settings import default_store


def existing_or_made(ctx: click.Context) -> str:
    """The default store; where there is none yet it is made."""
    return str(store) if (store := default_store()).exists() else made(ctx)


def made(ctx: click.Context) -> str:
    """The default store, after the group's `build` and `load` have made its newest version."""
    group = ctx.parent.command if ctx.parent else None
    if ctx.parent is None or not isinstance(group, click.Group):
        raise click.UsageError("name the STORE")
    for name in ("build", "load"):
        command = group.get_command(ctx.parent, name)
        if command is None:
            raise click.UsageError(f"there is no command `{name}`; name the STORE")
        with command.make_context(name, [], parent=ctx.parent) as called:
            command.invoke(called)
    return str(default_store())
