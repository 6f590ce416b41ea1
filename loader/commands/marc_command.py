"""`nbkg marc`: the commands for MARC records, each an entry point of `nbkg.marc`."""

from __future__ import annotations

import click

from loader.commands.entry_point_group import EntryPointGroup

GROUP = "nbkg.marc"


@click.group(cls=EntryPointGroup, points=GROUP)
def marc() -> None:
    """Work with MARC records: ISO 2709, MARCXML and MARC-in-JSON."""
