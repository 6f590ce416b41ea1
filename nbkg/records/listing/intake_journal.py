"""The journal of intakes: which deliveries and edits the listing took in, and when.

A record that is given out has the time at which it changed *here*, not when its source delivered it: whoever asks for
what changed since the last time would miss what was imported late. The time cannot be computed again, so it stands in a
file of its own, to which lines are only appended. Of the first intake, before which nobody can have asked, records have
the times of their deliveries.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbkg.errors import DamagedFileError

FILE = "listing-intakes.tsv"


@dataclass(frozen=True)
class Intake:
    """What was taken in at one time of one source."""

    source: str
    deliveries: int
    """The number of the last delivery."""
    edits: int
    """The number of the last edit."""
    stamp: int | None
    """When, in seconds since 1970; None where deliveries and edits count with their own times."""


def read_intakes(folder: Path) -> Sequence[Intake]:
    """Return the intakes, the oldest first. Raises DamagedFileError for a line that is none.

    A last line without its end was never confirmed and is none either.
    """
    file = folder / FILE
    if not file.is_file():
        return []
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    return [_parse(line, file) for line in lines if line.endswith("\n")]


def _parse(line: str, file: Path) -> Intake:
    try:
        source, deliveries, edits, stamp = line.rstrip("\n").split("\t")
        return Intake(source, int(deliveries), int(edits), int(stamp) if stamp else None)
    except ValueError as error:
        raise DamagedFileError(f"{line!r} is no intake: remove the line", file=file) from error


def append_intakes(folder: Path, intakes: Iterable[Intake]) -> None:
    """Append intakes, in place of a last line without its end; they are on disk when this returns."""
    lines = (f"{each.source}\t{each.deliveries}\t{each.edits}\t{each.stamp or ''}\n" for each in intakes)
    with (folder / FILE).open("ab+") as stream:
        stream.seek(0)
        stream.truncate(stream.read().rfind(b"\n") + 1)
        stream.write("".join(lines).encode())
        stream.flush()
        os.fsync(stream)


def find_stamp(intakes: Sequence[Intake], number: int, *, of_edit: bool = False) -> tuple[bool, int | None]:
    """Return whether a delivery, or an edit, of a source was taken in, and when; None for its own time."""
    for each in intakes:
        if number <= (each.edits if of_edit else each.deliveries):
            return True, each.stamp
    return False, None
