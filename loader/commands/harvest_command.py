"""`nbkg harvest`: what providers have by OAI-PMH or SRU becomes deliveries in the store of records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import click

from loader.commands.terminal import Bars, print_message
from loader.harvest.harvest_report import HarvestReport
from loader.harvest.harvest_run import HarvestJob, harvest_source
from loader.harvest.harvest_status import iter_status_lines, source_status
from loader.harvest.quarantine_files import write_quarantine
from loader.marc.profiles.source_profile import described_profile
from loader.meter import Meter
from loader.sources.descriptions import Descriptions, read_descriptions
from loader.sources.provider.retry_wait import Patience
from loader.sources.readers import READERS
from loader.sources.source import Source
from nbkg.errors import NbkgError, UsageError
from nbkg.storage.locations import records_folder

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@dataclass(frozen=True)
class _HarvestOptions:
    """How the sources are harvested."""

    folder: Path
    is_full: bool
    deletion_share: float | None
    tries: int
    longest_wait: float


@click.command("harvest")
@click.argument("names", metavar="[SOURCE]...", nargs=-1)
@click.option("--all", "is_all", is_flag=True, help="Harvest all sources that are enabled.")
@click.option("--status", "is_status", is_flag=True, help="Print what is known of the sources, and harvest nothing.")
@click.option("--full", "is_full", is_flag=True, help="Read everything again, and not only what changed.")
@click.option(
    "--deletion-share",
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    help="Which share of the records may be missing from a list of everything and count as deleted, this time.",
)
@click.option(
    "--sources",
    "descriptions",
    multiple=True,
    type=_FILE,
    metavar="FILE",
    envvar="NBKG_SOURCES",
    help="Turtle that describes more sources; may be repeated. Default: the files in $NBKG_SOURCES.",
)
@click.option(
    "--records", type=_FOLDER, metavar="DIR", help="The store of records. Default: $NBKG_RECORDS, or var/records."
)
@click.option(
    "--quarantine", type=_FOLDER, metavar="DIR", help="Write what could not be read there, a folder for each source."
)
@click.option(
    "--tries", type=click.IntRange(1), default=5, show_default=True, help="How often a request is sent at most."
)
@click.option(
    "--longest-wait",
    type=click.FloatRange(0),
    default=600,
    show_default=True,
    metavar="SECONDS",
    help="How long is waited between two tries at most, whatever the provider asks for.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The form of the report.",
)
def harvest(names: tuple[str, ...], descriptions: tuple[Path, ...], form: str, **options: Any) -> None:
    """Harvest what has changed in each SOURCE since the last time, by OAI-PMH or SRU.

    A harvest that was interrupted, even by kill -9, goes on where it was. Every source is tried; the exit code is that
    of the worst: 1 where the data of a provider is at fault, 3 where one is out of reach.
    """
    described = read_descriptions([files("data") / "sources.ttl", *descriptions])
    folder = options["records"] or records_folder()
    sources = _chosen(described, names, everything=options["is_all"] or options["is_status"])
    if options["is_status"]:
        _print_status(sources, folder, form)
        return
    settings = _HarvestOptions(
        folder, options["is_full"], options["deletion_share"], options["tries"], options["longest_wait"]
    )
    if not names:
        sources = [source for source in sources if source.enabled]
        if not sources:
            print_message("no source that is harvested is enabled: nbkg harvest --status lists them")
    reports = list(_harvest_each(sources, described, settings))
    if options["quarantine"]:
        for source in sources:
            write_quarantine(folder, source.key, options["quarantine"] / source.key)
    _print_reports(reports, form)
    failed = [report for report in reports if report.exit_code]
    if failed:
        error = NbkgError(f"{len(failed)} of {len(reports)} sources: {', '.join(report.source for report in failed)}")
        error.exit_code = max(report.exit_code for report in failed)
        raise error


def _chosen(described: Descriptions, names: Sequence[str], *, everything: bool) -> list[Source]:
    """Return the sources that are meant. Raises UsageError for a name that is none, or one that is not enabled."""
    sources = {source.key: source for source in described.sources if source.opener in READERS}
    if not names and not everything:
        raise click.UsageError("name a SOURCE, or give --all")
    for name in names:
        if name not in sources:
            raise UsageError(
                f"there is no source “{name}” that is harvested; there are: {', '.join(sources) or 'none'}"
            )
    return [sources[name] for name in names] or list(sources.values())


def _harvest_each(
    sources: Sequence[Source], described: Descriptions, options: _HarvestOptions
) -> Iterator[HarvestReport]:
    """Yield the report of each source: one that fails does not stop the others."""
    with Bars() as bars:
        for source in sources:
            meter = Meter(source.key, 0, bars.advance_to)
            try:
                if not source.enabled:
                    raise UsageError(f"it is not enabled: state that <{source.iri}> is enabled in a file of --sources")
                yield harvest_source(_job(source, described, options), meter.advance)
            except NbkgError as error:
                yield HarvestReport(source.key, problem=str(error), exit_code=error.exit_code)


def _job(source: Source, described: Descriptions, options: _HarvestOptions) -> HarvestJob:
    patience = Patience(tries=options.tries, longest_wait=options.longest_wait)
    profile = described_profile(source, described.graph)
    return HarvestJob(source, options.folder, profile, patience, options.is_full, options.deletion_share)


def _print_reports(reports: Sequence[HarvestReport], form: str) -> None:
    if form == "json":
        click.echo(json.dumps([report.to_json() for report in reports], ensure_ascii=False, indent=2))
        return
    for report in reports:
        for line in report.iter_lines():
            print_message(line)


def _print_status(sources: Sequence[Source], folder: Path, form: str) -> None:
    states = [source_status(source, folder) for source in sources]
    if form == "json":
        click.echo(json.dumps(states, ensure_ascii=False, indent=2))
        return
    for state in states:
        for line in iter_status_lines(state):
            click.echo(line)
