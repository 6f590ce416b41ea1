"""`nbkg marc import`, `import-sources`, `export`, `edit` and `history`: the store of MARC records."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from loader.commands.terminal import Bars, print_message
from loader.marc.profiles.profile_choice import choose_profile
from loader.marc.quarantine import Quarantine
from loader.marc.records.edit_file import read_edits
from loader.marc.records.record_export import FORMS, RecordExport, export_records
from loader.marc.records.record_history import history_lines
from loader.marc.records.record_import import RecordImport, import_records
from loader.marc.records.source_records import import_source_records
from loader.meter import Meter
from loader.sources.project import read_project
from nbkg.errors import DataError
from nbkg.records.form import Form
from nbkg.records.store.edit_json import parse_provenance
from nbkg.records.store.editing import add_edits, withdraw_edit
from nbkg.records.store.record_store import open_records

_FORMS = [form.value for form in FORMS]
_FILE = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
_FOLDER = click.Path(path_type=Path, file_okay=False)
_OUTPUT = click.Path(path_type=Path, dir_okay=False)
_records = click.option(
    "--records",
    "folder",
    type=_FOLDER,
    metavar="DIR",
    required=True,
    help="The folder of the store of records.",
)


@click.command("import")
@click.argument("source")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_FILE)
@_records
@click.option("--delivered", metavar="DATE", required=True, help="When it was delivered: a date or a time with zone.")
@click.option("--complete", is_flag=True, help="The files hold all records of the source: others are deleted.")
@click.option("--profile", default="default", show_default=True, metavar="NAME|FILE", help="The profile of the source.")
@click.option("--quarantine", type=_FOLDER, metavar="DIR", help="Where damaged records are written, as by `check`.")
def import_files(source: str, files: tuple[Path, ...], folder: Path, quarantine: Path | None, **how: Any) -> None:
    """Import the MARC records of each FILE as one delivery of SOURCE.

    Records are stored as delivered, byte for byte, without the fields about copies and loans that the profile names.
    What was delivered before costs nothing. After an error nothing of the delivery is stored; exit code 1 also where
    damaged records were left out.
    """
    total = sum(file.stat().st_size for file in files if file.is_file())
    with ExitStack() as stack:
        damaged = stack.enter_context(Quarantine(quarantine)) if quarantine else None
        meter = Meter("bytes", total, stack.enter_context(Bars()).advance_to)
        plan = RecordImport(folder, source, files, how["delivered"], how["complete"], choose_profile(how["profile"]))
        report = import_records(plan, damaged, meter.advance)
    delivery = report.delivery
    counts = (delivery.new, delivery.changed, delivery.unchanged, delivery.deleted)
    print_message("delivery {}: {} new, {} changed, {} unchanged, {} deleted".format(delivery.number, *counts))
    if delivery.doubled:
        print_message(f"{delivery.doubled} records had the control number of another in their file; all are stored")
    if report.stripped:
        fields = ", ".join(f"{tag} ({number:,})" for tag, number in sorted(report.stripped.items()))
        print_message(f"stripped before storing, out of {report.stripped_records:,} records: {fields}")
    _report_refused(report.damaged, "damaged records were not imported")


@click.command("import-sources")
@_records
def import_sources(folder: Path) -> None:
    """Import the records of the sources that `nbkg build` reads, where they differ from what is stored."""
    for source, report in import_source_records(read_project(), folder):
        print_message(f"{source.key}: {report.delivery.new + report.delivery.changed} records → {folder}")
        for line in report.damaged:
            print_message(line)


@click.command()
@click.argument("source")
@_records
@click.option("--as-of", metavar="DELIVERY", help="The number of a delivery, or a date. Default: the newest delivery.")
@click.option("--form", type=click.Choice(_FORMS), default=_FORMS[0], show_default=True, help="The form of the file.")
@click.option("-o", "--output", type=_OUTPUT, metavar="FILE", required=True, help="The file to write.")
@click.option("--rest", type=_OUTPUT, metavar="FILE", help="A MARCXML file for what ISO 2709 cannot hold.")
def export(source: str, folder: Path, as_of: str | None, form: str, **files: Path) -> None:
    """Write the records of SOURCE to a file, with their edits.

    A record without edits is byte for byte what was delivered. One that the form cannot hold, or that no longer has
    what an edit changes, is named and left out, and the exit code is 1.
    """
    with open_records(folder, source) as store, Bars() as bars:
        output, rest = files["output"], files.get("rest")
        delivery = store.delivery_as_of(as_of).number if as_of else None
        meter = Meter("records", 0, bars.advance_to)
        plan = RecordExport(output, Form(form), delivery, rest)
        report = export_records(store, plan, lambda _number: meter.advance(1))
    print_message(f"{report.exported} records → {output}")
    if report.rest:
        print_message(f"{report.rest} records → {rest}")
    _report_refused(report.refused, f"records are not in {output}")


@click.command()
@click.argument("source")
@click.argument("name", metavar="ID")
@_records
def history(source: str, name: str, folder: Path) -> None:
    """Print the versions of a record of SOURCE, what changed in each, and its edits.

    ID is its 001, (003)001, an 035 $a, its OAI identifier, or sha256: and the hash of its bytes.
    """
    with open_records(folder, source) as store:
        for line in history_lines(store, name):
            click.echo(line)


@click.command()
@click.argument("source")
@click.argument("file", metavar="[FILE]", required=False, type=_FILE)
@_records
@click.option("--withdraw", type=int, metavar="NUMBER", help="Withdraw this edit instead of adding those of a file.")
@click.option("--who", help="Who withdraws it.")
@click.option("--when", metavar="DATE", help="When: a date or a time with zone.")
@click.option("--why", help="Why it is withdrawn.")
def edit(source: str, file: Path | None, folder: Path, withdraw: int | None, **provenance: str | None) -> None:
    """Add the edits of FILE to records of SOURCE, all of them or none, or withdraw one.

    FILE has one JSON object a line: the “record”, “who”, “when”, “why”, and “patches” of single fields, each with the
    old value that it replaces.
    """
    if (file is None) == (withdraw is None) or any(provenance.values()) != (withdraw is not None):
        raise click.UsageError("give a FILE, or --withdraw with --who, --when and --why")
    if file is not None:
        numbers = add_edits(folder, source, read_edits(file))
        print_message(f"{len(numbers)} edits added: {', '.join(map(str, numbers))}")
    elif withdraw is not None:
        withdraw_edit(folder, source, withdraw, parse_provenance(provenance))
        print_message(f"edit {withdraw} withdrawn")


def _report_refused(lines: list[str], what: str) -> None:
    for line in lines:
        print_message(line)
    if lines:
        raise DataError(f"{len(lines)} {what}")
