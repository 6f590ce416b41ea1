"""A survey of a MARC file: what it holds, what is odd in it, and what is damaged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from loader.marc.quarantine import Quarantine
from loader.marc.reading.deliveries import DamagedRecord, DeletedHeader
from loader.marc.reading.marc_file import read_marc_file
from loader.meter import Advance
from nbkg.errors import DataError
from nbkg.records.form import Form
from nbkg.records.record import DeliveredRecord

_DAMAGES = 100
"""Damaged records that are remembered one by one."""


@dataclass
class FileSurvey:
    """What one file holds."""

    file: Path
    form: Form | None = None
    records: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    deletions: int = 0
    """Headers of OAI-PMH and records that say that a record is deleted."""
    oddities: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    """Of each code, the first oddity."""
    damaged: int = 0
    damages: list[tuple[int, int, str]] = field(default_factory=list)
    """Offset, length and reason of the first hundred."""
    failure: DataError | None = None
    """Why the file could not be read, or not to its end."""

    @property
    def is_good(self) -> bool:
        """Whether everything could be read."""
        return not self.damaged and self.failure is None

    def add_record(self, delivered: DeliveredRecord) -> None:
        """Count a record."""
        record = delivered.record
        self.form = delivered.form
        self.records += 1
        self.kinds[record.kind] += 1
        self.deletions += record.is_deleted
        for oddity in record.oddities:
            self.oddities[oddity.code] += 1
            if oddity.code not in self.examples:
                name = record.control_number or f"the record at byte {delivered.offset:,}"
                self.examples[oddity.code] = f"{name}, {oddity.tag or 'record'}: {oddity.what}"

    def add_damaged(self, damaged: DamagedRecord) -> None:
        """Count a damaged record."""
        self.form = damaged.form
        self.damaged += 1
        if self.damaged <= _DAMAGES:
            self.damages.append((damaged.offset, len(damaged.raw), damaged.reason))


def survey_file(file: Path, quarantine: Quarantine | None, advance: Advance) -> FileSurvey:
    """Read a file to its end and return its survey; damaged records go to the quarantine.

    Raises UsageError for a file that cannot be opened.
    """
    survey = FileSurvey(file)
    try:
        for delivery in read_marc_file(file, advance):
            match delivery:
                case DeliveredRecord():
                    survey.add_record(delivery)
                case DamagedRecord():
                    survey.add_damaged(delivery)
                    if quarantine:
                        quarantine.add(file, delivery)
                case DeletedHeader():
                    survey.form = Form.MARCXML
                    survey.deletions += 1
    except DataError as error:
        survey.failure = error
    return survey
