"""The authority records of a source, each with its statements and what became of its number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from loader.marc.authority_changes import is_gone_record, time_of
from loader.marc.identity.authority_numbers import AuthorityNumbers, own_authority_number
from loader.marc.identity.number_changes import UNDIFFERENTIATED, NumberChange, NumberChanges
from loader.marc.identity.shared_pseudonyms import is_shared_pseudonym
from loader.marc.profiles.source_profile import profile_of
from loader.marc.record_mapping import make_mapping
from loader.marc.source_reading import read_source_records
from loader.sources.graph_stream import Record
from loader.sources.project import ProjectData
from loader.sources.source import Source
from nbkg.records.record import MarcRecord


@dataclass(frozen=True)
class DescribedRecord:
    """One record and what it describes."""

    record: MarcRecord
    statements: Record
    key: tuple[str, str]
    """Its authority file and its number there; two empty texts where the file is not known."""
    change: NumberChange | None
    """What became of its number; None where it is used."""
    entity: str
    """The IRI of what it describes; an empty text for a record without a heading."""
    node: str
    """The IRI of the record itself."""
    is_shared: bool = False
    """Whether it describes a pseudonym of several persons."""

    @property
    def kind(self) -> str:
        """Whether it describes an `agent`, a `hub` or a `concept`."""
        return next((kind for kind in ("agent", "hub", "concept") if f"/id/{kind}/" in self.entity), "")

    @property
    def time(self) -> str:
        """When it was changed last, by field 005; an empty text where that is missing."""
        return time_of(self.record)


class DescribedRecords:
    """Reads a source; `warnings` says afterwards what was left out."""

    def __init__(self, source: Source, project: ProjectData, changes: NumberChanges) -> None:
        self._source, self._project, self._changes = source, project, changes
        profile = profile_of(source, project)
        self._profile, self._numbers = profile, AuthorityNumbers(profile.numbers)
        self._map_record = make_mapping(source.key, profile, changes)
        self._others = self._outdated = 0
        self._used = set[tuple[str, str]]()
        """Numbers of several records of which one was read that counts."""
        self._damages: list[str] = []
        self.schemes: set[str] = set()
        """The authority files whose numbers the records have."""

    def __iter__(self) -> Iterator[DescribedRecord]:
        """Yield each authority record, but for versions that a newer record with the same number took the place of."""
        for record in read_source_records(self._source, self._project, self._damages):
            if record.kind != "authority":
                self._others += 1
            elif (described := self._described(record)) is None:
                self._outdated += 1
            else:
                yield described

    @property
    def warnings(self) -> list[str]:
        """What was damaged, what is no authority record, and how many older versions of records were left out."""
        counts = ((self._others, "records are no authority records"), (self._outdated, "records have newer versions"))
        left_out = [f"<{self._source.iri}>: {count:,} {what} and were left out" for count, what in counts if count]
        return [*self._damages, *left_out]

    def _described(self, record: MarcRecord) -> DescribedRecord | None:
        number = own_authority_number(record, self._profile.assigner, self._numbers)
        key = (number.scheme, number.number if number.scheme else "")
        change = self._changes.of(*key) if number.scheme else None
        is_ended = _is_end(change)
        if number.scheme and (is_gone_record(record) is not is_ended or not (is_ended or self._counts(key, record))):
            return None
        self.schemes.update(filter(None, [number.scheme]))
        mapped = self._map_record(record)
        quads = ox.parse(mapped.text.encode(), format=ox.RdfFormat.N_QUADS) if mapped.triples else ()
        statements = [quad.triple for quad in quads]
        return DescribedRecord(
            record,
            statements,
            key,
            change,
            _bare(mapped.identity.instance),
            _bare(mapped.identity.record),
            is_shared_pseudonym(record, self._profile.real_name_words),
        )

    def _counts(self, key: tuple[str, str], record: MarcRecord) -> bool:
        """Return whether a record is the newest one with its number; of several that are, the first one counts."""
        newest = self._changes.repeated.get((str(self._source.iri), *key))
        if newest is None:
            return True
        is_first = key not in self._used
        counts = is_first and time_of(record) == newest
        self._used.update([key] if counts else [])
        return counts


def _is_end(change: NumberChange | None) -> bool:
    return change is not None and change.status != UNDIFFERENTIATED


def _bare(node: str) -> str:
    return node.strip("<>")
