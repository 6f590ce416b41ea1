"""`nbkg marc compose`: MARC 21 records of what a graph says, whether it came from MARC or was born as linked data."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from loader.commands.terminal import print_message
from loader.marc.profiles.profile_choice import choose_profile
from loader.marc.writing.composed_file import compose_graph, open_graphs, write_composed
from nbkg.errors import DataError
from nbkg.records.form import Form

_GRAPH = click.Path(path_type=Path, exists=True)
_OUTPUT = click.Path(path_type=Path, dir_okay=False)
_FORMS = (Form.ISO2709.value, Form.MARCXML.value)


@click.command("compose")
@click.argument("graphs", metavar="GRAPH...", nargs=-1, required=True, type=_GRAPH)
@click.option("-o", "--output", type=_OUTPUT, metavar="FILE", required=True, help="The file to write.")
@click.option(
    "--profile", default="default", show_default=True, metavar="NAME|FILE", help="How the records are written."
)
@click.option("--format", "form", type=click.Choice(_FORMS), default=_FORMS[0], show_default=True, help="The form.")
@click.option(
    "--entered",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="When records were made that do not say it themselves (008/00-05).",
)
def compose_records(graphs: tuple[Path, ...], output: Path, profile: str, form: str, entered: datetime | None) -> None:
    """Make MARC 21 records of what GRAPHs say: files of RDF in BIBFRAME, or the folder of a store.

    Exit codes: 0 each instance became a record, 1 of some no record can be made, or there is none, 2 the call is wrong.
    """
    date = entered.date().isoformat() if entered else ""
    composed = compose_graph(open_graphs(graphs), choose_profile(profile), Form(form), date)
    if not composed.records and not composed.refused:
        raise DataError(
            "there is no bf:Instance and no authority in it that a record could be made of", file=str(graphs[0])
        )
    write_composed(composed, output, Form(form))
    for line in composed.refused:
        print_message(f"refused: {line}")
    click.echo(f"{output}: {len(composed.records):,} records, {len(composed.refused):,} refused")
    click.get_current_context().exit(1 if composed.refused else 0)
