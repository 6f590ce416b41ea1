"""`nbkg mqa`: the metadata quality score of a catalogue record, as data.norge.no computes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import asdict
from functools import cache
from itertools import groupby
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from loader.catalogue.mqa import Indicator, Score, read_vocabulary, scores
from loader.validate.profiles import profiles_folder
from loader.validate.read import read
from nbkg.errors import HttpClientError, UsageError
from nbkg.http_client.client import Client, ClientSettings, Request
from nbkg.storage.locations import catalogue_file

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("file", required=False, type=_PATH)
@click.option("--profiles", type=_PATH, metavar="DIR", help="A folder of profiles to use instead of data/profiles.")
@click.option("--ask", is_flag=True, help="Send HEAD to each address, as data.norge.no does.")
@click.option(
    "--at",
    nargs=2,
    metavar="ADDRESS URL",
    help="With --ask: request addresses that begin with ADDRESS at URL, for a site that is not public yet.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="The output's format.",
)
def mqa(file: Path | None, profiles: Path | None, ask: bool, at: tuple[str, str] | None, form: str) -> None:
    """Print the metadata quality score of each data set in FILE, indicator by indicator, and why points are missing.

    Without FILE: the record that `nbkg build` wrote.
    """
    vocabulary = read_vocabulary(profiles_folder(profiles))
    datasets = scores(read([file or catalogue_file()]), vocabulary, _head_request(at) if ask else None)
    if not datasets:
        raise UsageError(f"{file}: has no dcat:Dataset")
    if form == "json":
        click.echo(json.dumps([_json(score) for score in datasets], ensure_ascii=False, indent=1))
        return
    for score in datasets:
        Console().print(_table(score))


def _head_request(at: tuple[str, str] | None) -> Callable[[str], int]:
    """Return a function that returns the status of an address, requested once; 0 where no server answers."""
    client = Client(ClientSettings(10, redirects=10))

    @cache
    def status(address: str) -> int:
        target = at[1] + address.removeprefix(at[0]) if at and address.startswith(at[0]) else address
        try:
            with closing(client.send(Request("HEAD", target))) as response:
                return response.status
        except HttpClientError:
            return 0

    return status


def _table(score: Score) -> Table:
    most = f"{score.points} of {score.most} points; data.norge.no can give {score.reachable}"
    table = Table(title=f"{score.title}\n{score.dataset}\n{most}", title_justify="left", show_edge=False)
    table.add_column("indicator", no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("missing because", overflow="fold")
    for dimension, indicators in groupby(score.indicators, key=lambda indicator: indicator.metric.dimension):
        group = list(indicators)
        table.add_row(dimension, _points(group), style="bold")
        for indicator in group:
            table.add_row(f"  {indicator.metric.name}", _points([indicator]), indicator.why)
    return table


def _points(indicators: Iterable[Indicator]) -> str:
    pairs = [(indicator.points, indicator.metric.points) for indicator in indicators]
    return f"{sum(got for got, _ in pairs)}/{sum(most for _, most in pairs)}"


def _json(score: Score) -> dict[str, object]:
    return {**asdict(score), "points": score.points, "most": score.most, "reachable": score.reachable}
