"""Values that records of one instance have for one property, rated by a reader for the record that is merged of them.

It shows the best value and keeps the others with where they come from. docs/catalogue-pairs.md says how the
values were rated.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from benchmarks.catalogue_pairs import RecordName

MERGED_VALUES = Path(__file__).with_name("merged_values.tsv")
RATINGS = ("best", "same", "variant", "wrong")
"""What to show, what says the same in other marks, what is kept beside it, and what is an error of the record."""


@dataclass(frozen=True)
class RatedValue:
    """What a reader says about the value that one record has for a property of the instance."""

    cluster: str
    """The records of one instance have one number."""
    property: str
    rating: str
    record: RecordName
    tag: str
    value: str
    """A part of the text of the field, without the marks at its end."""
    reason: str
    """A sentence, or nothing where the value has no rival or says the same as the best one."""


def read_rated_values(file: Path = MERGED_VALUES) -> list[RatedValue]:
    """Return the rated values in the order of the file."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [_read_row(*row) for row in rows]


def _read_row(cluster: str, name: str, rating: str, file: str, number: str, *rest: str) -> RatedValue:
    return RatedValue(cluster, name, rating, RecordName(file, number), *rest)
