"""What the listing says of one record: its status, its sets, and what it is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nbkg.errors import DataError
from nbkg.records.listing.listing_file import ALL, Status
from nbkg.records.listing.record_names import iter_names
from nbkg.records.listing.record_sets import RecordSet, record_sets
from nbkg.records.listing.record_words import RecordWords, record_words
from nbkg.records.record import MarcRecord
from nbkg.records.store.edited_record import edited_record
from nbkg.records.store.record_store import RecordStore, StoredRecord

LEAVABLE_SETS = frozenset({"access:digital"})
"""Sets on which a format depends: who harvested a record in it has to learn that it is not in the set any more."""


class RecordEntry(NamedTuple):
    """What the listing says of a record."""

    stored: StoredRecord
    status: Status
    sets: Sequence[RecordSet] = ()
    left: Sequence[RecordSet] = ()
    """Sets in which an earlier version was."""
    problem: str = ""
    """Why it is unreadable."""
    words: RecordWords | None = None
    """What it is searched by; None where it is not live."""


def make_entry(source: str, stored: StoredRecord, store: RecordStore) -> RecordEntry:
    """Return the entry of the newest version of a record."""
    earlier = store.versions(stored.record)[:-1] if stored.version > 1 else []
    if stored.is_deleted:
        return RecordEntry(stored, Status.DELETED, _last_sets(source, [*earlier, stored]))
    try:
        record = edited_record(stored, store.edits(stored.record))
    except DataError as error:
        return RecordEntry(stored, Status.UNREADABLE, problem=f"{source}: {stored.title}: {error.problem}")
    sets = _all_sets(record, source)
    former = {each: None for version in earlier for each in _sets_of(source, version) if each.spec in LEAVABLE_SETS}
    left = [each for each in former if each not in sets]
    return RecordEntry(stored, Status.LIVE, sets, left, words=record_words(record))


def first_names(source: str, stored: StoredRecord, store: RecordStore) -> Sequence[str]:
    """Return the names that a new record may have: those of its first version, so that they are always the same."""
    first = stored if stored.version == 1 else store.versions(stored.record)[0]
    return list(iter_names(source, first))


def _all_sets(record: MarcRecord, source: str) -> list[RecordSet]:
    return [RecordSet(ALL, ""), *record_sets(record, source)]


def _sets_of(source: str, version: StoredRecord) -> list[RecordSet]:
    """Return the sets of a version; none where it has no bytes or they cannot be read."""
    try:
        return _all_sets(version.parse(), source) if version.raw else []
    except DataError:
        return []


def _last_sets(source: str, versions: Sequence[StoredRecord]) -> list[RecordSet]:
    """Return the sets of a deleted record, which are those of the last version of which something was delivered."""
    known = (_sets_of(source, version) for version in reversed(versions))
    of_source = [RecordSet(ALL, ""), RecordSet("source", ""), RecordSet(f"source:{source}", source)]
    return next(filter(None, known), of_source)
