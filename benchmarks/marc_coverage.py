"""How much of each MARC file of the shared data reaches the graph: of the fields of MARC 21, and of all fields."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from loader.marc.loss_report.loss_tally import KIND_OF_GROUP, GroupCount, LossTally
from loader.marc.loss_report.tallied_files import tally_files
from loader.marc.profiles.profile_file import read_profile

_FILES = Path(__file__).with_name("marc_files.toml")
_LOSSES = 15


class MarcSample(NamedTuple):
    """A file and the profile with which it is read."""

    file: Path
    profile: str


def marc_samples(data: Path) -> Iterator[MarcSample]:
    """Yield the MARC files of a folder of shared data, each once, in the order of their names."""
    for folder, patterns in tomllib.loads(_FILES.read_text(encoding="utf-8")).items():
        for file in sorted((data / folder).glob("*")):
            profile = next((key for pattern, key in patterns.items() if file.match(pattern)), "")
            if profile and file.is_file():
                yield MarcSample(file, profile)


def run(data: Path, losses: str, console: Console) -> None:
    """Print the share of each file; of those whose name has `losses` in it also what stays in the record most."""
    table = Table("file", "profile", "records", "MARC 21", "all fields", "item data")
    for file, profile in marc_samples(data):
        tally = tally_files([file], "test", read_profile(profile))
        standard, local = tally.described(), tally.group("local")
        every = GroupCount(standard.total + local.total, standard.reached + local.reached)
        if tally.records:
            shares = [f"{100 * count.share:.1f} % of {count.total:,}" for count in (standard, every)]
            table.add_row(file.name, profile, f"{tally.records:,}", *shares, f"{tally.group('item').total:,}")
        if losses and losses in file.name:
            console.print(_losses(file.name, tally))
    console.print(table)


def _losses(name: str, tally: LossTally) -> Table:
    """Return what of a file stays in the record most often, without data about copies."""
    table = Table("field", "reason", "how often", "example", title=name)
    rows = [
        (number, f"{tag} ${code}", reason, subfield.examples[reason][0].value)
        for (group, tag, code), subfield in tally.rows()
        if group in {*KIND_OF_GROUP, "local"}
        for reason, number in subfield.reasons.items()
    ]
    for number, field, reason, example in sorted(rows, reverse=True)[:_LOSSES]:
        table.add_row(field, reason, f"{number:,}", example)
    return table
