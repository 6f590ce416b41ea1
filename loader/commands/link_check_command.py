"""`nbkg link check`: the conflicts in the links of a store or of graphs."""

from __future__ import annotations

from pathlib import Path

import click

from loader.link.checking.conflict_report import RENDERERS
from loader.link.checking.link_check import check_links
from nbkg.storage.atomic_replace import replace_file
from nbkg.storage.locations import graphs_folder

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("check")
@click.argument("source", required=False, metavar="[STORE|DIR|FILE]", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice([*RENDERERS]), default="text", show_default=True, help="What to write."
)
@click.option("--out", type=_FILE, metavar="FILE", help="Write the conflicts to FILE.  [default: standard output]")
@click.option(
    "--closure", type=_FILE, metavar="FILE", help="Write what is one thing by links without conflict, as N-Triples."
)
def check(source: Path | None, form: str, out: Path | None, closure: Path | None) -> None:
    """Find links that cannot all be true, and links to things that are no more.

    They are read from a store, a folder of graphs or an RDF file; without one, from the graphs that `nbkg build`
    wrote. Exit codes: 0 there is no conflict, 1 there are some, 2 the call is wrong.
    """
    with check_links(source or graphs_folder()) as checked:
        report = RENDERERS[form](checked.conflicts)
        if closure:
            replace_file(closure, "".join(checked.closure()).encode())
    if out:
        replace_file(out, report.encode())
    else:
        click.echo(report, nl=False)
    click.get_current_context().exit(1 if checked.conflicts else 0)
