"""Collects from authority records what became of their numbers, before any record that has such numbers is mapped.

Leader/05 says that a record was deleted (d), replaced (x) or split (s), 682 $0 by what, 008/32 that a heading is one of
several persons, and 035 $z which records were merged into one (https://www.loc.gov/marc/authority/adleader.html). A
deleted record with one number in 682 was merged into that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from loader.marc.identity.authority_numbers import AuthorityNumber, AuthorityNumbers, own_authority_number
from loader.marc.identity.number_changes import (
    DELETED,
    REPLACED,
    SPLIT,
    UNDIFFERENTIATED,
    NumberChange,
    NumberChanges,
)
from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.profiles.source_profile import profile_of
from loader.marc.source_reading import read_source_records
from loader.marc.values.fixed_positions import mend_positions
from loader.sources.project import ProjectData
from nbkg.records.record import MarcRecord, with_blanks

NAME = "authority"
"""The kind of sources that are authority files."""
_STATUSES = tuple("dsx")
_Key = tuple[str, str]


class ChangeCollector:
    """Reads records one by one, in any order; of several records with one number the newest counts (005)."""

    def __init__(self, profile: MarcProfile) -> None:
        self._numbers, self._assigner = AuthorityNumbers(profile.numbers), profile.assigner
        self._changes: dict[_Key, NumberChange] = {}
        self._merged: dict[_Key, set[str]] = {}
        """By the numbers in 035 $z, the records that have them."""
        self._times: dict[_Key, str] = {}
        """When each record was changed last, by 005; some 250 bytes for each."""
        self.repeated: dict[_Key, str] = {}
        """When the newest of several records with one number was changed last."""

    def add(self, record: MarcRecord) -> None:
        """Note what a record says about its own number and others."""
        own = own_authority_number(record, self._assigner, self._numbers)
        if record.kind != "authority" or not own.scheme:
            return
        key, time = (own.scheme, own.number), time_of(record)
        if key in self._times:
            self.repeated[key] = max(time, self._times[key])
        if time < self._times.get(key, ""):
            return
        self._times[key] = time
        self._changes.pop(key, None)
        if change := self._change(record, own):
            self._changes[key] = change
        for number in self._cancelled(record, own):
            self._merged.setdefault((own.scheme, number), set()).add(own.number)

    def changes(self) -> Iterator[tuple[_Key, NumberChange]]:
        """Yield what became of numbers: that a record is used counts most, then a merger, then a deletion."""
        for key in {**self._changes, **self._merged}:
            known, into = self._changes.get(key), sorted(self._merged.get(key, ()))
            is_used = known is None and key in self._times
            if into and not is_used and (known is None or known.status == DELETED):
                yield key, NumberChange(REPLACED if len(into) == 1 else SPLIT, tuple(into))
            elif known is not None:
                yield key, known

    def _change(self, record: MarcRecord, own: AuthorityNumber) -> NumberChange | None:
        if record.status not in _STATUSES:
            return NumberChange(UNDIFFERENTIATED) if _is_undifferentiated(record) else None
        successors = tuple(number for number in self._successors(record, own) if number != own.number)
        if not successors:
            return NumberChange(DELETED)
        is_split = record.status == "s" or len(successors) > 1
        return NumberChange(SPLIT if is_split else REPLACED, successors)

    def _successors(self, record: MarcRecord, own: AuthorityNumber) -> Iterable[str]:
        values = chain.from_iterable(field.values("0") for field in record.fields_with("682"))
        return dict.fromkeys(self._of_file(values, own))

    def _cancelled(self, record: MarcRecord, own: AuthorityNumber) -> Iterable[str]:
        if record.status in _STATUSES:
            return ()
        values = chain.from_iterable(field.values("z") for field in record.fields_with("035"))
        return set(self._of_file(values, own)) - {own.number}

    def _of_file(self, values: Iterable[str], own: AuthorityNumber) -> Iterator[str]:
        numbers = map(self._numbers.read_written, values)
        return (number.number for number in numbers if number.scheme == own.scheme)


def time_of(record: MarcRecord) -> str:
    """Return when a record was changed last, by field 005; an empty text where that is missing."""
    return next((field.data.strip() for field in record.fields_with("005")), "")


def _is_undifferentiated(record: MarcRecord) -> bool:
    coded = next((field.data for field in record.fields_with("008")), "")
    return mend_positions(with_blanks(coded), "008").text[32:33] == "b"


def collect_changes(project: ProjectData) -> NumberChanges:
    """Return what the authority files of a project say about their numbers; nothing where it has none."""
    changes: dict[_Key, NumberChange] = {}
    repeated: dict[tuple[str, str, str], str] = {}
    for source in project.sources_of(NAME):
        collector = ChangeCollector(profile_of(source, project))
        for record in read_source_records(source, project, []):
            collector.add(record)
        changes.update(collector.changes())
        repeated |= {(str(source.iri), *key): time for key, time in collector.repeated.items()}
    return NumberChanges(changes, repeated)


def is_gone_record(record: MarcRecord) -> bool:
    """Return whether a record says of itself that it was deleted, replaced or split."""
    return record.status in _STATUSES
