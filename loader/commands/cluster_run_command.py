"""`nbkg cluster run` and `explain`: clusters of the records in a store of records, and why they are so."""

from __future__ import annotations

from pathlib import Path

import click

from loader.cluster.union.cluster_explanation import explain_pair, explain_record
from loader.cluster.union.cluster_run import ClusterReport, ClusterRun, run_clustering
from loader.commands.terminal import Bars, print_message
from nbkg.errors import UsageError

_FOLDER = click.Path(path_type=Path, file_okay=False)
_records = click.option(
    "--records", "folder", type=_FOLDER, metavar="DIR", required=True, help="The folder of the store of records."
)
_clusters = click.option(
    "--clusters",
    type=_FOLDER,
    metavar="DIR",
    default=Path("var/clusters"),
    show_default=True,
    help="The folder of the clusters, the decisions and the answers.",
)
_store = click.option(
    "--store", type=_FOLDER, metavar="STORE", help="A store in whose journal persons have answered as well."
)
_NAMED_FAULTS = 20


@click.command("run")
@_records
@_clusters
@_store
@click.option("--profile", "profiles", multiple=True, metavar="SOURCE=NAME", help="The profile of a source.")
@click.pass_context
def run_clusters(
    ctx: click.Context, folder: Path, clusters: Path, store: Path | None, profiles: tuple[str, ...]
) -> None:
    """Cluster all bibliographic records of a store of records at three levels.

    Writes `clusters.tsv`, `decisions.tsv` and `union.nq` (graph/union) into the folder of the clusters. The answers of
    persons in `answers.tsv` hold over every rule. Clusters keep their keys from run to run.
    Exit codes: 0 all records could be read, 1 some could not, 2 the call is wrong.
    """
    with Bars() as bars:
        task = bars.add_task("records", total=None)
        run = ClusterRun(folder, clusters, store, dict(map(_profile, profiles)))
        report = run_clustering(run, lambda more: bars.advance(task, more))
    _print_report(report, clusters)
    ctx.exit(1 if report.faults else 0)


def _profile(text: str) -> tuple[str, str]:
    source, mark, name = text.partition("=")
    if not mark:
        raise UsageError(f"--profile {text}: write SOURCE=NAME")
    return source, name


def _print_report(report: ClusterReport, clusters: Path) -> None:
    for fault in report.faults[:_NAMED_FAULTS]:
        print_message(fault)
    click.echo(f"{report.records:,} records")
    for level, count in report.clusters.items():
        refused = report.refused[level]
        click.echo(f"{level}: {count:,} clusters of several records; {refused:,} times two contradicted each other")
    click.echo(f"{report.decisions:,} decisions and {report.statements:,} statements → {clusters}")


@click.command("explain")
@click.argument("record")
@click.argument("other", required=False)
@_records
@_clusters
@_store
def explain(record: str, other: str | None, folder: Path, clusters: Path, store: Path | None) -> None:
    """Say which clusters RECORD is in and why, or why it is one with OTHER, or not.

    A record is called by its source and its key: deichman/123456.
    """
    lines = explain_pair(folder, clusters, record, other, store) if other else explain_record(folder, clusters, record)
    for line in lines:
        click.echo(line)
