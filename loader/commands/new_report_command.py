"""`nbkg new-report`: a new report from its PDF to the project's data."""

from __future__ import annotations

import tempfile
from importlib.resources import files
from pathlib import Path

import click

from loader.commands.build_command import task_table
from loader.commands.terminal import print_message, standard_error
from loader.new_report.report_file import read_report_file
from loader.new_report.trial import Trial, begin_data, try_report
from loader.status_report.compare.diff_formats import as_text
from nbkg.errors import UsageError
from nbkg.storage.locations import QUADS_FILE, checkout


@click.command("new-report")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--try", "is_trial", is_flag=True, help="Show everything and write nothing.")
@click.option("--text", "shows_text", is_flag=True, help="Print the text that is read from a PDF, and nothing else.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The data to add the report to; a new folder begins as a copy of nbkg's. Default: data/ of the checkout.",
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
        raise UsageError("there is no checkout; name a folder by --data. A new one begins as a copy of nbkg's data")
    is_new = not folder.exists() or not any(folder.iterdir())
    with tempfile.TemporaryDirectory(prefix="nbkg-new-report-") as copy:
        trial = try_report(report, Path(str(files("data"))) if is_new else folder, Path(copy))
        _print_trial(trial)
        if is_trial:
            print_message("nothing was written; leave out --try to write it")
            return
        if is_new:
            begin_data(folder)
        for written in trial.write(folder):
            print_message(f"wrote {written}")
    _print_next_steps(trial, folder, is_own=data is not None)


def _print_trial(trial: Trial) -> None:
    for warning in trial.warnings:
        print_message(f"warning: {warning}", "yellow")
    report = trial.report
    print_message(f"report of {report.issued}: {len(report.rows)} measures; in all {trial.summary}")
    click.echo(as_text(trial.diff) if trial.diff else "There is no report on this strategy before it.")
    if trial.tasks:
        standard_error().print(task_table(trial.tasks))


def _print_next_steps(trial: Trial, folder: Path, *, is_own: bool) -> None:
    """Print what to do next; `is_own` says that the folder is not that of the checkout."""
    build = f"nbkg build --data {folder}" if is_own else "nbkg build"
    compare = f"read {trial.report.source.path.name} beside the report" if is_own else f"git diff {folder}"
    steps = [f"compare the report with what was read: {compare}"]
    if trial.stubs:
        steps.append(f"fill in the stubs of {folder / 'curated' / trial.stubs.name}, then {build}")
    if is_own:
        steps.append(f"load it: nbkg load STORE {folder / 'graphs' / QUADS_FILE}")
    steps.append("publish it: docs/releases.md")
    for number, step in enumerate(steps, 1):
        print_message(f"next {number}. {step}")
