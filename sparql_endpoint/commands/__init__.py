"""The sub-commands of `nbkg` that serve and ask."""

from __future__ import annotations

import click


class OutOfReachError(click.ClickException):
    """A store, server or port is out of reach."""

    exit_code = 3
