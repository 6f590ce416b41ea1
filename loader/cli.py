"""The one command, `nbkg`: finds its sub-commands by entry point and turns errors into exit codes."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint, entry_points

import click

from nbkg.errors import NbkgError

GROUP = "nbkg.commands"


class _Commands(click.Group):
    """A group whose commands are the entry points of `nbkg.commands`, each loaded when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's own signature
        return sorted(_entry_points())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's own signature
        point = _entry_points().get(cmd_name)
        if point is None:
            return None
        command = point.load()
        if not isinstance(command, click.Command):
            raise click.ClickException(f"the entry point {point.value} of {GROUP} is not a click command")
        return command


def _entry_points() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="nbkg")
def nbkg() -> None:
    """The linked-data knowledge graph of Norway's national library strategy.

    Exit codes: 0 good, 1 the data is at fault, 2 the call is wrong, 3 a service is out of reach.
    """


def main() -> None:
    """Run `nbkg`; an error that the project knows is printed as one message, without a traceback."""
    try:
        nbkg.main(prog_name="nbkg")
    except NbkgError as error:
        click.echo(f"nbkg: {error}", err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
