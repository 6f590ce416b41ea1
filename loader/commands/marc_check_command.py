"""`nbkg marc check`: what MARC files hold, what is odd in them, and what cannot be read."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from loader.commands.terminal import Bars
from loader.marc.quarantine import Quarantine
from loader.marc.reading.marc_file import STANDARD_INPUT
from loader.marc.survey import FileSurvey, survey_file
from loader.meter import Meter

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True)
_FOLDER = click.Path(path_type=Path, file_okay=False)
_EXAMPLES = 10
"""Damaged records of a file that are named."""


@click.command("check")
@click.argument("file", nargs=-1, required=True, type=_FILE)
@click.option(
    "--quarantine", type=_FOLDER, metavar="DIR", help="Where quarantine.mrc and quarantine.jsonl are written."
)
@click.pass_context
def check_marc(ctx: click.Context, file: tuple[Path, ...], quarantine: Path | None) -> None:
    """Read FILEs of MARC records in any form, `-` for standard input, and print what they hold.

    Form and compression (gzip, zstd, bzip2, xz) are seen in the content. Exit codes: 0 all records are good (some may
    be odd), 1 some are damaged or a file cannot be read, 2 the call is wrong.
    """
    with ExitStack() as stack:
        store = stack.enter_context(Quarantine(quarantine)) if quarantine else None
        bars = stack.enter_context(Bars())
        size = sum(each.stat().st_size for each in file if each != STANDARD_INPUT)
        meter = Meter("reading", size, bars.advance_to)
        surveys = [survey_file(each, store, meter.advance) for each in file]
    for survey in surveys:
        _print(survey)
    ctx.exit(0 if all(survey.is_good for survey in surveys) else 1)


def _print(survey: FileSurvey) -> None:
    form = survey.form.value if survey.form else "no MARC"
    click.echo(f"{survey.file}: {form}, {_count(survey.records, 'record')}{_listed(survey.kinds)}")
    if survey.deletions:
        click.echo(f"  deleted: {survey.deletions:,}")
    for code, number in sorted(survey.oddities.items(), key=lambda item: (-item[1], item[0])):
        click.echo(f"  odd: {code} {number:,}, first in {survey.examples[code]}")
    if survey.damaged:
        click.echo(f"  damaged: {survey.damaged:,}")
    for offset, length, reason in survey.damages[:_EXAMPLES]:
        click.echo(f"    at byte {offset:,}, {length:,} bytes: {reason}")
    if survey.damaged > _EXAMPLES:
        click.echo(f"    … and {survey.damaged - _EXAMPLES:,} more; --quarantine DIR lists all")
    if survey.failure:
        click.echo(f"  failed: {survey.failure}")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _listed(kinds: dict[str, int]) -> str:
    return f" ({', '.join(f'{number:,} {kind}' for kind, number in sorted(kinds.items()))})" if kinds else ""
