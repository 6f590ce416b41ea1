"""`nbkg diff`: what changed between two reports."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click

from loader.sources.project import ProjectData, read_project
from loader.sources.source import Source
from loader.status_report.compare.diff_formats import FORMATS
from loader.status_report.compare.report_diff import difference
from loader.status_report.measure_keys import Registry, read_registry
from loader.status_report.parse.gazetteer import Gazetteer, read_gazetteer
from loader.status_report.report_kind import NAME, file_source, read_reports
from nbkg.errors import UsageError

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(FORMATS)),
    default="text",
    show_default=True,
    help="The output's format.",
)
def diff(old: str, new: str, form: str) -> None:
    """Print what changed from the report OLD to the report NEW.

    OLD and NEW are report files, or dates (2025-10-14) of reports that data/sources.ttl names.
    """
    project = read_project()
    words, registry = read_gazetteer(project.schemes, project.curated), read_registry(project.curated)
    sources = [_source(name, project, words) for name in (old, new)]
    if Path(sources[0].address).resolve() == Path(sources[1].address).resolve():
        raise UsageError(f"{old} and {new} are the same report")
    series = read_reports(sources, words, registry)
    before = 0 if series.reports[0].source.path == Path(sources[0].address) else 1
    after = 1 - before
    changes = difference(series.reports[before], series.keys[before], series.reports[after], series.keys[after])
    click.echo(FORMATS[form](changes))


def _source(name: str, project: ProjectData, words: Gazetteer) -> Source:
    if not _DATE.fullmatch(name):
        return file_source(Path(name))
    day = date.fromisoformat(name)
    for source in project.sources_of(NAME):
        if any(report.issued == day for report in read_reports([source], words, Registry({}, ())).reports):
            return source
    raise UsageError(f"no report of {name} in data/sources.ttl; name its file instead")
