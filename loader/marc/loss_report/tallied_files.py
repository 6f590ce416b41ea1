"""Reads files of one source into a tally."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from loader.marc.loss_report.loss_tally import LossTally
from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.reading.declared_characters import in_declared_set
from loader.marc.reading.deliveries import DamagedRecord
from loader.marc.reading.marc_file import read_marc_file
from loader.marc.record_mapping import make_mapping
from loader.meter import Advance
from nbkg.errors import DataError
from nbkg.records.record import DeliveredRecord


def tally_files(files: Iterable[Path], source: str, profile: MarcProfile, advance: Advance = id) -> LossTally:
    """Return the tally of all records of files. Raises UsageError for a file that cannot be opened."""
    tally, map_record = LossTally(profile), make_mapping(source, profile)
    for file in files:
        try:
            for delivery in in_declared_set(read_marc_file(file, advance), profile.character_set):
                if isinstance(delivery, DeliveredRecord):
                    tally.add(delivery, map_record)
                elif isinstance(delivery, DamagedRecord):
                    tally.damaged += 1
        except DataError as error:
            tally.errors.append(str(error))
    return tally
