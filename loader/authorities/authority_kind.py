"""The kind `authority`: an authority file becomes graphs of a build.

Its records are mapped into `graph/authority/{source}`, with what remains of those that are no more, and the identifiers
of each entity go into `graph/crosswalk/{source}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from loader.authorities.described_records import DescribedRecord, DescribedRecords
from loader.authorities.file_crosswalk import crosswalk_of
from loader.authorities.tombstone_statements import is_gone, thing_iri, tombstone
from loader.marc.authority_changes import NAME, collect_changes
from loader.marc.identity.number_changes import NumberChange, NumberChanges
from loader.sources.graph_stream import GraphStream, Record
from loader.sources.project import ProjectData
from loader.sources.source import Source

__all__ = ["NAME", "AuthorityRecords"]


class AuthorityRecords:
    """Maps the authority records of sources by their profiles."""

    def __init__(self, sources: Sequence[Source], project: ProjectData) -> None:
        self._sources, self._project = sources, project
        self._changes = collect_changes(project)
        self._records = 0
        self._warnings: list[str] = []

    def graphs(self) -> Iterator[GraphStream]:
        """Yield two graphs of each source, which is read once for each of them, so that memory stays small.

        Raises DataError for a document that is no MARC file or breaks off.
        """
        for source in self._sources:
            records = DescribedRecords(source, self._project, self._changes)
            yield _graph("authority", source, self._described(records))
            self._warnings += records.warnings
            again = DescribedRecords(source, self._project, self._changes)
            identifiers = (crosswalk_of(each, self._changes) for each in again)
            yield _graph("crosswalk", source, (each for each in identifiers if each))

    def warnings(self) -> Sequence[str]:
        """Return what was damaged, what is no authority record, and numbers that replace each other."""
        return [*self._warnings, *_circles(self._changes)]

    def summary(self) -> str:
        """Return how many records were mapped."""
        number = len(self._sources)
        return f"{self._records:,} authority records from {number} {'source' if number == 1 else 'sources'}"

    def register(self, curated: Path) -> Path | None:  # noqa: ARG002  # nothing has to be remembered
        """Return None: a record has its number from its file."""
        return None

    def _described(self, records: DescribedRecords) -> Iterator[Record]:
        """Yield the statements of each record, and what remains of numbers that have no record any more."""
        seen = set[tuple[str, str]]()
        for each in records:
            self._records += 1
            statements = each.statements
            if each.change is not None and is_gone(each.change):
                seen.add(each.key)
                statements = [*statements, *_tombstone(each, each.change)]
            if statements:
                yield statements
        for key, change in self._changes:
            if key[0] in records.schemes and key not in seen and is_gone(change):
                yield tombstone(thing_iri("agent", *key), change, _successors("agent", key[0], change))


def _graph(folder: str, source: Source, records: Iterator[Record]) -> GraphStream:
    return GraphStream(f"{folder}/{source.key}", records, source=source.iri, used=(source.iri,))


def _tombstone(withdrawn: DescribedRecord, change: NumberChange) -> Record:
    kind = withdrawn.kind or "agent"
    entity = withdrawn.entity or thing_iri(kind, *withdrawn.key)
    return tombstone(entity, change, _successors(kind, withdrawn.key[0], change), withdrawn.time)


def _successors(kind: str, scheme: str, change: NumberChange) -> Sequence[str]:
    return [thing_iri(kind, scheme, number) for number in change.successors]


def _circles(changes: NumberChanges) -> list[str]:
    numbers = [f"{scheme} {number}" for (scheme, number), change in changes if change.status == "circle"]
    return [f"{', '.join(numbers)}: these records replace each other, so that none is used"] if numbers else []
