"""`nbkg new-report`: a new report from its PDF to the project's data."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from loader.commands.build_command import task_table
from loader.commands.terminal import print_message, standard_error
from loader.new_report.report_file import read_report_file
from loader.new_report.trial import Trial, try_report
from loader.status_report.compare.diff_formats import as_text
from nbkg.errors import UsageError
from nbkg.storage.locations import checkout


@click.command("new-report")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--try", "is_trial", is_flag=True, help="Show everything and write nothing.")
@click.option("--text", "shows_text", is_flag=True, help="Print the text that is read from a PDF, and nothing else.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="The data to add the report to. Default: data/ of the checkout.",
)
def new_report(file: Path, is_trial: bool, shows_text: bool, data: Path | None) -> None:
    """Add the status report in FILE, its PDF as published or its text, to the data.

    The report is read, the graphs are built and checked, and the command shows what differs from the report before and
    what is left for people to do. Then it writes the text, the PDF, the description, the stubs of curated entries and
    the graphs.
    After an error, nothing has been written.
    """
    report = read_report_file(file)
    if shows_text:
        click.echo(report.text.text, nl=False)
        return
    root = checkout()
    folder = data or (root / "data" if root else None)
    if folder is None:
        raise UsageError("there is no checkout; name a folder of data by --data (a copy of nbkg's data/)")
    with tempfile.TemporaryDirectory(prefix="nbkg-new-report-") as copy:
        trial = try_report(report, folder, Path(copy))
        _print_trial(trial)
        if is_trial:
            print_message("nothing was written; leave out --try to write it")
            return
        for written in trial.write(folder):
            print_message(f"wrote {written}")
    _print_next_steps(trial, folder)


def _print_trial(trial: Trial) -> None:
    for warning in trial.warnings:
        print_message(f"warning: {warning}", "yellow")
    report = trial.report
    print_message(f"report of {report.issued}: {len(report.rows)} measures; in all {trial.summary}")
    click.echo(as_text(trial.diff) if trial.diff else "There is no report before it.")
    if trial.tasks:
        standard_error().print(task_table(trial.tasks))


def _print_next_steps(trial: Trial, folder: Path) -> None:
    steps = [f"compare the report with what was read: git diff {folder}"]
    if trial.stubs:
        steps.append(f"fill in the stubs of {folder / 'curated' / trial.stubs.name}, then nbkg build")
    steps.append("publish it: docs/releases.md")
    for number, step in enumerate(steps, 1):
        print_message(f"next {number}. {step}")
