"""`nbkg diff`: what changed between two reports."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click

from loader.build.pipeline import read_reports
from loader.sources.registry import Sources, read_sources
from loader.status_report.compare.compare import difference
from loader.status_report.compare.triples import FORMATS
from loader.status_report.measure_keys import read_registry
from loader.status_report.parse.gazetteer import Vocabulary, vocabulary
from loader.status_report.parse.parse import parse
from nbkg.errors import UsageError

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--format", "form", type=click.Choice(sorted(FORMATS)), default="text", show_default=True, help="How to tell it."
)
def diff(old: str, new: str, form: str) -> None:
    """Tell what changed from the report OLD to the report NEW.

    OLD and NEW are report files, or dates (2025-10-14) of reports that data/sources.ttl names.
    """
    sources = read_sources()
    words = vocabulary(sources.schemes, sources.curated)
    files = [_file(name, sources, words) for name in (old, new)]
    if files[0].resolve() == files[1].resolve():
        raise UsageError(f"{old} and {new} are the same report")
    read = read_reports(files, words, read_registry(sources.curated))
    first = next(i for i, report in enumerate(read.reports) if report.source.path == files[0])
    before, after = first, 1 - first
    found = difference(read.reports[before], read.keys[before], read.reports[after], read.keys[after])
    click.echo(FORMATS[form](found))


def _file(name: str, sources: Sources, words: Vocabulary) -> Path:
    if not _DATE.fullmatch(name):
        return Path(name)
    wanted = date.fromisoformat(name)
    for file in sources.reports:
        if parse(file, words).issued == wanted:
            return file
    raise UsageError(f"no report of {name} in data/sources.ttl; name its file instead")
