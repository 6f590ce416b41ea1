"""A group of commands that any package adds to by entry points."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import Any

import click


class EntryPointGroup(click.Group):
    """A group whose commands are the entry points of one name, each loaded when it is called."""

    def __init__(self, *arguments: Any, points: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._group = points

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's own signature
        """Return the names of the commands in their order."""
        return sorted(self._entry_points())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's own signature
        """Return a command, or None where there is none of that name."""
        point = self._entry_points().get(cmd_name)
        if point is None:
            return None
        command = point.load()
        if not isinstance(command, click.Command):
            raise click.ClickException(f"the entry point {point.value} of {self._group} is not a click command")
        return command

    def _entry_points(self) -> dict[str, EntryPoint]:
        return {point.name: point for point in entry_points(group=self._group)}
