"""Pairs of catalogue records that were read and labelled: whether both describe one instance, expression or hub.

`catalogue_pairs.tsv` holds the names of the records and the reasons, not the records. docs/catalogue-pairs.md says what
the levels and labels mean, how the pairs were made, and how to add one.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from loader.marc.reading.marc_file import read_marc_file
from nbkg.grouping import group_values
from nbkg.records.record import DeliveredRecord, MarcField, MarcRecord

PAIRS = Path(__file__).with_name("catalogue_pairs.tsv")
LEVELS = ("instance", "expression", "hub")
"""From narrow to wide: bf:Instance, bf:Work (the expression of RDA) and bf:Hub (the work of RDA)."""
LABELS = ("must", "may", "never")
PARTS = ("tuning", "held-out")
_QUOTE = re.compile(r"\b([AB]) (\d{3}) “([^”]+)”")
_HELD_OUT_SHARE = 3


class RecordName(NamedTuple):
    """Where a record is: a file of the shared data, and its control number there, or `#` and its place in the file."""

    file: str
    id: str


@dataclass(frozen=True)
class LabelledPair:
    """What a reader says about two records at one level."""

    first: RecordName
    second: RecordName
    level: str
    label: str
    drawn_by: str
    """By what the pair came to the reader, such as `isbn` or `title_alone`."""
    part: str
    """`tuning`, or `held-out` for the third that was set apart."""
    reason: str
    """A sentence with quotes: `A 300 “178 s.”` is a part of field 300 of the first record."""

    @property
    def records(self) -> frozenset[RecordName]:
        """The names of both."""
        return frozenset((self.first, self.second))


class Quote(NamedTuple):
    """What a reason says that a field of a record holds."""

    record: RecordName
    tag: str
    text: str


def read_pairs(file: Path = PAIRS) -> list[LabelledPair]:
    """Return the labelled pairs in the order of the file."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [LabelledPair(RecordName(*row[:2]), RecordName(*row[2:4]), *row[4:]) for row in rows]


def iter_quotes(pair: LabelledPair) -> Iterator[Quote]:
    """Yield the quotes of the reason of a pair."""
    records = {"A": pair.first, "B": pair.second}
    for side, tag, text in _QUOTE.findall(pair.reason):
        yield Quote(records[side], tag, text)


def field_text(field: MarcField) -> str:
    """Return what quotes are compared with: the data of a field, or its subfields with a blank between them."""
    text = " ".join(value for _code, value in field.subfields) if field.subfields else field.data
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def choose_part(name: RecordName) -> str:
    """Return the part of a group of connected records, by the first record that the file names of it."""
    return PARTS[int(sha256(name.id.encode()).hexdigest(), 16) % _HELD_OUT_SHARE == 0]


def read_named_records(names: Iterable[RecordName], data: Path) -> Mapping[RecordName, MarcRecord]:
    """Return the records that have these names in the folder of shared data; a name that none has is left out."""
    by_file = group_values((name.file, name.id) for name in set(names))
    found_records: dict[RecordName, MarcRecord] = {}
    for file, ids in sorted(by_file.items()):
        found_records.update(_read_file(data, file, set(ids)))
    return found_records


def _read_file(data: Path, file: str, ids: set[str]) -> Iterator[tuple[RecordName, MarcRecord]]:
    records = (item.record for item in read_marc_file(data / file) if isinstance(item, DeliveredRecord))
    for place, record in enumerate(records, 1):
        for name in ids & {record.control_number.strip(), f"#{place}"}:
            yield RecordName(file, name), record
