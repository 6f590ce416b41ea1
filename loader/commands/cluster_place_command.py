"""`nbkg cluster place`: where new records belong, without a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from loader.cluster.description.describe import describe_record
from loader.cluster.levels.level_settings import read_level_settings
from loader.cluster.union.cluster_decisions import read_answers
from loader.cluster.union.placement import Placement, place_record
from loader.cluster.union.placing_index import open_index
from loader.cluster.union.union_graph import cluster_iri
from loader.commands.terminal import print_message
from loader.marc.identity.record_keys import record_key
from loader.marc.reading.deliveries import DamagedRecord
from loader.marc.reading.marc_file import read_marc_file
from nbkg.records.record import DeliveredRecord


@click.command("place")
@click.argument("source")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--clusters",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    default=Path("var/clusters"),
    show_default=True,
    help="The folder of the clusters.",
)
@click.pass_context
def place_records(ctx: click.Context, source: str, file: Path, clusters: Path) -> None:
    """Say which clusters each record of FILE would join, as records of SOURCE, and why. Nothing is changed.

    Exit codes: 0 all records could be read, 1 some are damaged, 2 the call is wrong.
    """
    answers, levels, damaged = read_answers(clusters, None), read_level_settings(), 0
    with open_index(clusters) as index:
        for item in read_marc_file(file):
            if isinstance(item, DeliveredRecord):
                record = describe_record(item.record, f"{source}/{record_key(item.record)}")
                for line in _lines(record.key, place_record(record, index, levels, answers)):
                    click.echo(line)
            elif isinstance(item, DamagedRecord):
                damaged += 1
                print_message(f"{file}: byte {item.offset}: {item.reason}")
    ctx.exit(1 if damaged else 0)


def _lines(key: str, placements: list[Placement]) -> Iterator[str]:
    yield f"{key}: {'joins' if placements else 'joins nothing'}"
    for placement in placements:
        reasons = ", ".join(f"{name} {worth:g}" for name, worth in placement.decision.evidence)
        yield f"  {cluster_iri(placement.level, placement.cluster)} with {placement.record} by {reasons}"
