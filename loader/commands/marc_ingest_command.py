"""`nbkg marc ingest`: records are verified before they enter the store, and their source gets an answer."""

from __future__ import annotations

import json
from pathlib import Path

import click

from loader.commands.terminal import print_message
from loader.marc.entry.entry_answer import EntryStatus
from loader.marc.entry.record_entry import RecordEntry, enter_records, returned_records
from loader.marc.profiles.profile_choice import choose_profile
from nbkg.errors import DataError
from nbkg.storage.atomic_replace import replace_file

_BEGIN = b'<?xml version="1.0" encoding="UTF-8"?>\n<marc:collection xmlns:marc="http://www.loc.gov/MARC21/slim">\n'
_END = b"</marc:collection>\n"


@click.command("ingest")
@click.argument("source")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--records", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", required=True,
              help="The folder of the store of records.")  # fmt: skip
@click.option("--delivered", metavar="DATE", required=True, help="When it was sent: a date or a time with zone.")
@click.option("--profile", default="default", show_default=True, metavar="NAME|FILE", help="The profile of the source.")
@click.option("--returned", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="A MARCXML file for the accepted records with their ids (035).")  # fmt: skip
def ingest_records(source: str, files: tuple[Path, ...], folder: Path, returned: Path | None, **how: str) -> None:
    """Verify the MARC records of each FILE, store those that pass, and print an answer for each as a line of JSON.

    A record is accepted with its id, a duplicate of a record that is stored, or refused with the reasons. Exit code 1
    where not all are accepted.
    """
    entry = RecordEntry(folder, source, files, how["delivered"], choose_profile(how["profile"]))
    answers = enter_records(entry)
    for answer in answers:
        click.echo(json.dumps(answer.to_json(), ensure_ascii=False))
    if returned:
        records = b"\n".join(returned_records(folder, source, answers))
        replace_file(returned, _BEGIN + records + b"\n" + _END)
    counts = {status: sum(each.status is status for each in answers) for status in EntryStatus}
    print_message(", ".join(f"{count} {status.value}" for status, count in counts.items()))
    if counts[EntryStatus.ACCEPTED] < len(answers):
        raise DataError("not all records were accepted; the answers say why")
