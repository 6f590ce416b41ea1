"""`nbkg changes`: what changed from one version of the data to another."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from loader.changes.activities import ActivityAddresses
from loader.changes.data_versions import find_versions
from loader.changes.summary import Step, summarize
from loader.changes.write import VersionPair, count_changes, write
from loader.commands.terminal import print_message
from loader.namespaces import DUMPS
from nbkg.rdf.label_choice import LANGUAGES

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("old", type=_PATH)
@click.argument("new", type=_PATH)
@click.option("--out", type=_PATH, metavar="DIR", help="Write the patch, N-Quads, activities and summary there.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="The summary's language.")
@click.option("--address", default=DUMPS, show_default=True, metavar="URL", help="Where releases are published.")
def changes(old: Path, new: Path, out: Path | None, lang: str, address: str) -> None:
    """Print what changed from OLD to NEW: releases, built stores, folders of graphs or N-Quads files.

    Prints a summary by class, in the words of the data. With --out it also writes added.nq.gz and removed.nq.gz, an
    RDF Patch that `nbkg apply` takes, and activities for machines.
    """
    with tempfile.TemporaryDirectory(prefix=".changes-", dir=out.parent if out else None) as scratch:
        before, after = find_versions(old, new, Path(scratch))
        step = Step(before.name, after.name, after.issued)
        if out is None:
            tally = count_changes(before.data, after.data)
            click.echo(summarize(tally, step, (after.data, before.data), lang), nl=False)
            return
        root = f"{address.rstrip('/')}/"
        folder = f"{root}{after.name}/changes/{before.name}/"
        addresses = ActivityAddresses(folder, f"{root}activities.jsonld", after.issued)
        click.echo(write(VersionPair(before.data, after.data, step, addresses), out, lang), nl=False)
    print_message(f"{out}: written")
