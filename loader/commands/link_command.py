"""`nbkg link`: the commands for links to the registers of others, each an entry point of `nbkg.link`."""

from __future__ import annotations

import click

from loader.commands.entry_point_group import EntryPointGroup

GROUP = "nbkg.link"


@click.group(cls=EntryPointGroup, points=GROUP)
def link() -> None:
    """Work with links: mappings, identifiers, and the conflicts in them."""
