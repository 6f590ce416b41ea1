"""Brings the listing up to date with the store of records: it takes in what came since the last time."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from nbkg.grouping import group_values
from nbkg.records.listing.intake_journal import Intake, append_intakes, find_stamp, read_intakes
from nbkg.records.listing.listing_file import FILE, LOCK, create, make_safe, open_listing
from nbkg.records.listing.listing_writer import ListingWriter
from nbkg.records.listing.record_entry import RecordEntry, first_names, make_entry
from nbkg.records.store.record_folder import sources
from nbkg.records.store.record_store import RecordStore, StoredRecord, open_records
from nbkg.storage.atomic_replace import sibling
from nbkg.storage.lock import try_lock

_VISIBLE_AFTER = 2
"""Seconds after an intake ends at which it becomes visible: it is on disk then, so that nobody who asks for what
changed until now misses it."""


@dataclass
class UpdateReport:
    """What an update took in."""

    records: int = 0
    problems: list[str] = field(default_factory=list)
    """A line for each record that cannot be given out, with the reason."""


def update_listing(folder: Path, clock: Callable[[], float] = time.time) -> UpdateReport | None:
    """Take in what the store of records has and the listing has not; None where another process is doing it.

    Raises DamagedFileError where a file of the store is damaged; what other sources brought stays then.
    """
    with try_lock(folder / LOCK) as is_free:
        if not is_free:
            return None
        connection = open_listing(folder / FILE, is_writable=True)
        if connection is None:
            return _make(folder, clock)
        with closing(connection):
            return _take_in_all(connection, folder, clock)


def _make(folder: Path, clock: Callable[[], float]) -> UpdateReport:
    """Make the listing anew; it has its name only when it is complete."""
    new = sibling(folder / FILE, ".new")
    for rest in folder.glob(f"{new.name}*"):
        rest.unlink()
    with closing(create(new)) as connection:
        writer = ListingWriter(connection)
        for source in dict.fromkeys(intake.source for intake in read_intakes(folder)):
            writer.source_number(source)
        report = _take_in_all(connection, folder, clock)
        make_safe(connection)
    for rest in folder.glob(f"{FILE}*"):
        rest.unlink()
    new.replace(folder / FILE)
    return report


def _take_in_all(connection: sqlite3.Connection, folder: Path, clock: Callable[[], float]) -> UpdateReport:
    report, journal = UpdateReport(), read_intakes(folder)
    by_source = group_values((intake.source, intake) for intake in journal)
    for source in sources(folder):
        with open_records(folder, source) as store:
            intake = Intake(source, len(store.deliveries), store.last_edit(), None)
            known = by_source.get(source, []) if journal else [intake]
            source_intake = _SourceIntake(connection, store, _Stamps(store, known, int(clock())), report)
            new = source_intake.take_in(intake, clock)
        if not journal or not known or (known[-1].deliveries, known[-1].edits) != (new.deliveries, new.edits):
            append_intakes(folder, [new if journal else intake])
    return report


class _Stamps:
    """When the versions and edits of one source's records became visible."""

    def __init__(self, store: RecordStore, intakes: Sequence[Intake], now: int) -> None:
        self._store = store
        self._intakes = intakes
        self._now = now

    def of(self, stored: StoredRecord) -> int | None:
        """Return when the newest version of a record, or the last edit of it, was taken in; None for now."""
        times = [self._stamp(stored.delivery, self._store.deliveries[stored.delivery - 1].delivered)]
        if edit := self._store.newest_edit(stored.record):
            times.append(self._stamp(*edit, of_edit=True))
        known = [each for each in times if each is not None]
        return max(known) if len(known) == len(times) else None

    def _stamp(self, number: int, own: str, *, of_edit: bool = False) -> int | None:
        is_known, stamp = find_stamp(self._intakes, number, of_edit=of_edit)
        if not is_known:
            return None
        return min(self._now, seconds(own)) if stamp is None else stamp


def seconds(text: str) -> int:
    """Return a date or a time, as the store of records has it, in seconds since 1970."""
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


@dataclass
class _SourceIntake:
    connection: sqlite3.Connection
    store: RecordStore
    stamps: _Stamps
    report: UpdateReport

    def take_in(self, intake: Intake, clock: Callable[[], float]) -> Intake:
        """Take in what is new of the source, and return what the journal has to say of it."""
        with _transaction(self.connection):
            writer = ListingWriter(self.connection)
            number = writer.source_number(intake.source)
            progress = writer.progress(number)
            if progress == (intake.deliveries, intake.edits):
                return replace(intake, stamp=int(clock()) + _VISIBLE_AFTER)
            for stored in self.store.iter_changed(*progress):
                if not writer.has(number, stored.record):
                    writer.add(number, first_names(intake.source, stored, self.store), stored.record)
                self._put(writer, number, make_entry(intake.source, stored, self.store))
            stamp = int(clock()) + _VISIBLE_AFTER
            writer.finish(stamp)
            writer.set_progress(number, intake.deliveries, intake.edits)
        return replace(intake, stamp=stamp)

    def _put(self, writer: ListingWriter, number: int, entry: RecordEntry) -> None:
        writer.put(number, entry, self.stamps.of(entry.stored))
        self.report.records += 1
        self.report.problems += [entry.problem] if entry.problem else []


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:  # an interruption too: the listing stays as it was
        connection.execute("ROLLBACK")
        raise
