"""The records of a source of a build, without those that are damaged."""

from __future__ import annotations

from collections.abc import Iterator

from loader.marc.profiles.source_profile import profile_of
from loader.marc.reading.declared_characters import in_declared_set
from loader.marc.reading.deliveries import DamagedRecord
from loader.marc.reading.marc_file import read_marc_stream
from loader.marc.reading.refused_records import refuse_personal_data
from loader.sources.openers import open_source
from loader.sources.project import ProjectData
from loader.sources.source import Source
from nbkg.records.record import DeliveredRecord, MarcRecord

_NAMED = 20
"""Damaged records of a source that are named."""


def read_source_records(source: Source, project: ProjectData, damages: list[str]) -> Iterator[MarcRecord]:
    """Yield the records of a source; headers of deletions are left out, and `damages` says what is damaged."""
    damaged, character_set = 0, profile_of(source, project).character_set
    for document in open_source(source):
        deliveries = in_declared_set(read_marc_stream(document.stream, document.name), character_set)
        for delivery in refuse_personal_data(deliveries):
            if isinstance(delivery, DeliveredRecord):
                yield delivery.record
            elif isinstance(delivery, DamagedRecord):
                damaged += 1
                if damaged <= _NAMED:
                    damages.append(f"{document.name}: byte {delivery.offset}: {delivery.reason}")
    if damaged:
        damages.append(f"<{source.iri}>: {damaged:,} damaged records were left out; nbkg marc check lists them")
