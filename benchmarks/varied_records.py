"""A catalogue of any size out of real MARC records: copies of them under other numbers, names and titles.

Of a sample of a large catalogue, an agent that has several records has as many times more in the catalogue, and one
that has a single record mostly has no other. So each copy has the frequent headings as they are, and the rare ones with
a word more. The same files and number give the same bytes.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path

from benchmarks.library import FAMILIES, WORDS
from loader.marc.reading.marc_file import read_marc_file
from nbkg.errors import UnwritableError
from nbkg.records.iso2709_writing import write_record
from nbkg.records.record import DeliveredRecord, MarcField, MarcRecord

_NAMES = {"100", "110", "111", "700", "710", "711"}
_TITLES = {"130", "240", "245"}
_FREQUENT = 3
"""A name in at least so many fields of the sample stays the same in all copies."""
_KEPT_TITLES = 10
"""Of so many titles one stays the same in all copies: a work with many editions."""
_LEFT_OUT = {"022", "035"}
"""Numbers that would make one thing of the copies."""
_END = re.compile(r"[\s,.:;/=]*$")


def write_copies(file: Path, records: int, to: Path) -> int:
    """Write so many varied copies of the bibliographic records of a MARC file as ISO 2709; return how many there are.

    The first are the records themselves, then comes each with a word more, and so on. A record that ISO 2709 cannot
    hold is left out, so that there may be a few less.
    """
    sample = [each.record for each in read_marc_file(file) if isinstance(each, DeliveredRecord)]
    sample = [record for record in sample if record.kind == "bibliographic"]
    written = 0
    with to.open("wb") as stream:
        for record in islice(_copies(sample), records):
            try:
                stream.write(write_record(record))
                written += 1
            except UnwritableError:
                continue
    return written


def _copies(sample: Sequence[MarcRecord]) -> Iterator[MarcRecord]:
    headings = Counter(_heading(field) for record in sample for field in record.fields if field.tag in _NAMES)
    frequent = {heading for heading, number in headings.items() if number >= _FREQUENT}
    for copy in count() if sample else ():
        for position, record in enumerate(sample):
            number = f"{copy:03d}{position:06d}"
            yield MarcRecord(record.leader, list(_varied(record, number, copy, frequent)))


def _varied(record: MarcRecord, number: str, copy: int, frequent: set[str]) -> Iterator[MarcField]:
    yield MarcField("001", data=number)
    for field in record.fields:
        if field.tag == "001" or field.tag in _LEFT_OUT:
            continue
        if field.tag in _NAMES and copy and _heading(field) not in frequent:
            yield _with_word(field, FAMILIES[copy % len(FAMILIES)])
        elif field.tag in _TITLES and copy and _hash(_heading(field)) % _KEPT_TITLES:
            yield _with_word(field, WORDS[_hash(f"{_heading(field)} {copy}") % len(WORDS)])
        else:
            yield field


def _heading(field: MarcField) -> str:
    return _END.sub("", next(iter(field.values("a")), ""))


def _with_word(field: MarcField, word: str) -> MarcField:
    """Return a heading with a word more at the end of $a, and without numbers of authority files."""
    subfields = [
        (code, _END.sub(lambda end: f" {word}{end[0]}", value, count=1) if code == "a" else value)
        for code, value in field.subfields
        if code not in "01"
    ]
    return field._replace(subfields=tuple(subfields))


def _hash(text: str) -> int:
    return zlib.crc32(text.encode())
