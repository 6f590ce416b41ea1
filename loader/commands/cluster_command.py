"""`nbkg cluster`: the commands for the union of catalogues, each an entry point of `nbkg.cluster`."""

from __future__ import annotations

import click

from loader.commands.entry_point_group import EntryPointGroup

GROUP = "nbkg.cluster"


@click.group(cls=EntryPointGroup, points=GROUP)
def cluster() -> None:
    """Join records that describe one thing, explain why, and take what persons answer."""
