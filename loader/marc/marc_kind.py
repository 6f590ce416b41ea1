"""The kind `marc`: a file of MARC records becomes the graph `graph/catalogue/{source}` of a build."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from loader.marc.profiles.profile_file import read_described_profile, read_profile
from loader.marc.reading.deliveries import DamagedRecord, Delivery
from loader.marc.reading.marc_file import read_marc_stream
from loader.marc.record_mapping import MappedRecord, make_mapping
from loader.sources.graph_stream import GraphStream, Record
from loader.sources.openers import open_source
from loader.sources.project import ProjectData
from loader.sources.source import Source
from nbkg.records.record import DeliveredRecord, MarcRecord

NAME = "marc"
_NAMED = 20
"""Damaged records of a source that are named."""


class MarcRecords:
    """Maps the records of sources by their profiles."""

    def __init__(self, sources: Sequence[Source], project: ProjectData) -> None:
        self._sources, self._project = sources, project
        self._records = 0
        self._damages: list[str] = []

    def graphs(self) -> Iterator[GraphStream]:
        """Yield a graph for each source. Raises DataError for a document that is no MARC file or breaks off."""
        for source in self._sources:
            name = f"catalogue/{source.key}"
            yield GraphStream(name, self._map(source), source=source.iri, used=(source.iri,))

    def warnings(self) -> Sequence[str]:
        """Return the first damaged records of each source, which are in no graph."""
        return self._damages

    def summary(self) -> str:
        """Return how many records were mapped."""
        number = len(self._sources)
        return f"{self._records:,} MARC records from {number} {'source' if number == 1 else 'sources'}"

    def register(self, curated: Path) -> Path | None:  # noqa: ARG002  # nothing has to be remembered
        """Return None: no record is recognised from an earlier build."""
        return None

    def _map(self, source: Source) -> Iterator[Record]:
        if source.profile is None:
            profile = read_profile("default")
        else:
            profile = read_described_profile(source.profile, self._project.described, source.described_in)
        map_record = make_mapping(source.key, profile)
        damaged = 0
        for document in open_source(source):
            for delivery in read_marc_stream(document.stream, document.name):
                if isinstance(delivery, DamagedRecord):
                    damaged += 1
                    if damaged <= _NAMED:
                        self._damages.append(f"{document.name}: byte {delivery.offset}: {delivery.reason}")
                elif triples := self._triples(delivery, map_record):
                    yield triples
        if damaged:
            self._damages.append(
                f"<{source.iri}>: {damaged:,} damaged records were left out; nbkg marc check lists them"
            )

    def _triples(self, delivery: Delivery, map_record: Callable[[MarcRecord], MappedRecord]) -> Record:
        """Return the statements of a record; the header of a deleted one has none."""
        if not isinstance(delivery, DeliveredRecord):
            return ()
        self._records += 1
        text = "".join(map_record(delivery.record).lines)
        return [quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS)]
