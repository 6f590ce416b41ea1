"""The kind `marc`: a file of MARC records becomes graphs of a build.

Bibliographic and holdings records go into `graph/catalogue/{source}`, authority records into
`graph/authority/{source}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from loader.marc.authority_changes import collect_changes
from loader.marc.profiles.source_profile import profile_of
from loader.marc.record_kinds import CATALOGUE, graph_folder
from loader.marc.record_mapping import MappedRecord, make_mapping
from loader.marc.source_reading import read_source_records
from loader.sources.graph_stream import GraphStream, Record
from loader.sources.project import ProjectData
from loader.sources.source import Source
from nbkg.records.record import MarcRecord

NAME = "marc"


class MarcRecords:
    """Maps the records of sources by their profiles."""

    def __init__(self, sources: Sequence[Source], project: ProjectData) -> None:
        self._sources, self._project = sources, project
        self._changes = collect_changes(project)
        self._records = 0
        self._damages: list[str] = []

    def graphs(self) -> Iterator[GraphStream]:
        """Yield the graphs of each source. Raises DataError for a document that is no MARC file or breaks off.

        A file with records of several graphs is read once for each of them, so that memory stays constant.
        """
        for source in self._sources:
            records = read_source_records(source, self._project, self._damages)
            first = next(records, None)
            folder = graph_folder(first.kind) if first else CATALOGUE
            others = set[str]()
            all_records = chain([first] if first else [], records)
            yield self._graph(source, folder, self._map(source, _only(folder, all_records, others)))
            for other in sorted(others):
                again = read_source_records(source, self._project, [])
                yield self._graph(source, other, self._map(source, _only(other, again, set())))

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

    def _graph(self, source: Source, folder: str, records: Iterator[Record]) -> GraphStream:
        return GraphStream(f"{folder}/{source.key}", records, source=source.iri, used=(source.iri,))

    def _map(self, source: Source, records: Iterator[MarcRecord]) -> Iterator[Record]:
        """Yield the statements of each record that has some."""
        map_record = self._mapping(source)
        for record in records:
            self._records += 1
            text = map_record(record).text
            if text:
                yield [quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS)]

    def _mapping(self, source: Source) -> Callable[[MarcRecord], MappedRecord]:
        return make_mapping(source.key, profile_of(source, self._project), self._changes)


def _only(folder: str, records: Iterator[MarcRecord], others: set[str]) -> Iterator[MarcRecord]:
    """Yield the records whose graph is in a folder, and add the folders of the rest to `others`."""
    for record in records:
        name = graph_folder(record.kind)
        if name == folder:
            yield record
        else:
            others.add(name)
