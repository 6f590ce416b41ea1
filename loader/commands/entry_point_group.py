"""A group of commands that any package adds to by entry points."""

from __future__ import annotations

import ast
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # as above
        """Write the list of all commands from their docstrings: loading all of them takes a second."""
        points = self._entry_points()
        width = formatter.width - 6 - max(map(len, points), default=0)
        commands = {name: click.Command(name, help=_help(points[name])) for name in sorted(points)}
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.get_short_help_str(width)) for name, command in commands.items()])

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


def _help(point: EntryPoint) -> str | None:
    """Return the docstring of a command, read from the source of its module where there is one."""
    spec = find_spec(point.module)
    if spec is not None and spec.origin is not None and spec.origin.endswith(".py"):
        for node in ast.parse(Path(spec.origin).read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name == point.attr:
                return ast.get_docstring(node)
    return getattr(point.load(), "help", None)
