"""`nbkg changes`: what changed from one version of the data to another."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from loader.changes import summary
from loader.changes import versions as place
from loader.changes.activities import Place
from loader.changes.summary import LANGUAGES, Step
from loader.changes.write import Pair, tallied, write
from loader.commands.progress import tell
from loader.namespaces import DUMPS

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("old", type=_PATH)
@click.argument("new", type=_PATH)
@click.option("--out", type=_PATH, metavar="DIR", help="Write the patch, N-Quads, activities and summary there.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="The summary's language.")
@click.option("--address", default=DUMPS, show_default=True, metavar="URL", help="Where releases are published.")
def changes(old: Path, new: Path, out: Path | None, lang: str, address: str) -> None:
    """Tell what changed from OLD to NEW: releases, built stores, folders of graphs or N-Quads files.

    Prints a summary by class, in the words of the data. With --out it also writes added.nq.gz and removed.nq.gz, an
    RDF Patch that `nbkg apply` takes, and activities for machines.
    """
    with tempfile.TemporaryDirectory(prefix=".changes-", dir=out.parent if out else None) as scratch:
        before, after = place.both(old, new, Path(scratch))
        step = Step(before.name, after.name, after.issued)
        if out is None:
            tally = tallied(before.data, after.data)
            names = summary.names(tally, (after.data, before.data), lang)
            click.echo(summary.summary(tally, step, names, lang), nl=False)
            return
        root = f"{address.rstrip('/')}/"
        at = f"{root}{after.name}/changes/{before.name}/"
        where = Place(at, f"{root}activities.jsonld", after.issued)
        click.echo(write(Pair(before.data, after.data, step, where), out, lang), nl=False)
    tell(f"{out}: written")
