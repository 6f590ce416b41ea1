"""The listing, for reading: records by time, in sets, a page at a time, and each by its name."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from nbkg.errors import StoreError
from nbkg.records.listing.listing_file import ALL, FILE, SHIFT, Status, listed_number, open_listing, split_number
from nbkg.records.listing.record_query import RecordQuery, WordRelation, find_words

_IN_OTHER = """ AND EXISTS (SELECT 1 FROM member AS other
WHERE other.collection = ? AND other.stamp = member.stamp AND other.record = member.record)"""
_RANGE = "collection = ? AND member.stamp <= ? AND (member.stamp, member.record) > (?, ?)"
_PAGE = """SELECT record.id, record.name, record.stamp, record.status, record.collections, {has_left} FROM member
JOIN record ON record.id = member.record WHERE {where} ORDER BY member.stamp, member.record LIMIT ?"""

_SEARCH = """SELECT record.id, record.name, record.stamp, record.status, record.collections, 0 FROM {source}
JOIN record ON record.id = sought.record JOIN sorting ON sorting.record = sought.record
ORDER BY {order}record.id LIMIT ? OFFSET ?"""

_LONGEST = 20.0
_STEPS = 100_000
"""Steps of SQLite after which the time is looked at: some milliseconds."""


class ListingTooSlowError(StoreError):
    """What was asked of the listing takes too long."""

    status = 503
    title = "The search takes too long"


class Position(NamedTuple):
    """Where a list goes on: after this record of this time."""

    stamp: int
    number: int = -1


class ListedRecord(NamedTuple):
    """A record as a list has it."""

    number: int
    name: str
    """The name of its source, a slash, and its key there."""
    stamp: int
    """When it changed, in seconds since 1970."""
    is_deleted: bool
    sets: Sequence[str]
    """The sets that it is in."""

    @property
    def source(self) -> str:
        """The name of its source."""
        return self.name.partition("/")[0]

    @property
    def record(self) -> int:
        """The number of the record in the store of its source."""
        return split_number(self.number)[1]

    @property
    def position(self) -> Position:
        """Where the list goes on after it."""
        return Position(self.stamp, self.number)


class SortKey(NamedTuple):
    """What records are sorted by."""

    name: str
    """One of `record_words.sort_names()`."""
    is_descending: bool = False

    def order(self) -> str:
        """Return the terms of ORDER BY: records that have nothing to sort by come last."""
        return f"sorting.{self.name} = '', sorting.{self.name}{' DESC' if self.is_descending else ''}"


class Selection(NamedTuple):
    """What a list is of."""

    until: int
    """The last second that counts."""
    spec: str = ""
    """A set; empty for all records."""
    required: str = ""
    """Another set, on which a format depends: what has left it counts as deleted."""
    sources: frozenset[str] | None = None
    """The sources whose records count; None for all."""


class RecordListing:
    """The records of all sources, as of the moment when the listing was opened."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._specs: dict[int, tuple[str, str]] = {
            number: (spec, label) for number, spec, label in connection.execute("SELECT * FROM collection")
        }
        self._numbers = {spec: number for number, (spec, _label) in self._specs.items()}

    def deliveries(self) -> Mapping[str, int]:
        """Return the last delivery of each source that the listing knows."""
        return dict(self._connection.execute("SELECT name, deliveries FROM source"))

    def sets(self) -> Sequence[tuple[str, str]]:
        """Return name and label of each set, sorted."""
        return sorted(pair for pair in self._specs.values() if not pair[0].startswith("~"))

    def earliest(self) -> int | None:
        """Return the time of the record that changed first; None where there is none."""
        query = "SELECT stamp FROM member WHERE collection = ? ORDER BY stamp LIMIT 1"
        row = self._connection.execute(query, (self._numbers.get(ALL, 0),)).fetchone()
        return int(row[0]) if row else None

    def page(self, selection: Selection, after: Position, most: int) -> Sequence[ListedRecord]:
        """Return up to `most` records of a list, in the order of time, after a position."""
        where, values = self._where(selection, after)
        query = _PAGE.format(where=where, has_left=self._has_left(selection))
        return [self._listed(row) for row in self._connection.execute(query, (*values, most))]

    def count(self, selection: Selection, after: Position) -> int:
        """Return how many records a list has after a position."""
        where, values = self._where(selection, after)
        ((count,),) = self._connection.execute(f"SELECT count(*) FROM member WHERE {where}", values)  # noqa: S608
        return int(count)

    def words(self, groups: Sequence[str], text: str, relation: WordRelation) -> RecordQuery | None:
        """Return the query for words; None where the text has none."""
        return find_words(self._connection, groups, text, relation)

    def count_query(self, query: RecordQuery) -> int:
        """Return how many records a query finds."""
        statement = f"SELECT count(*) FROM ({query.statement})"  # noqa: S608
        ((count,),) = self._connection.execute(statement, query.values)
        return int(count)

    def search(self, query: RecordQuery, sort: Sequence[SortKey], span: tuple[int, int]) -> Sequence[ListedRecord]:
        """Return the records that a query finds: so many after the first so many, in an order.

        Without an order, those that the words of a query fit best come first, else those that came first.
        """
        source = f"({query.statement}) AS sought"
        order = ", ".join(each.order() for each in sort)
        if query.match and not sort:
            source, order = "(SELECT rowid AS record, rank FROM words WHERE words MATCH ?) AS sought", "sought.rank"
        statement = _SEARCH.format(source=source, order=f"{order}, " if order else "")
        return [self._listed(row) for row in self._connection.execute(statement, (*query.values, *span))]

    def find(self, name: str) -> ListedRecord | None:
        """Return a record by its name; None where there is none, or it is unreadable."""
        query = "SELECT id, name, stamp, status, collections, 0 FROM record WHERE name = ? AND status != ?"
        row = self._connection.execute(query, (name, Status.UNREADABLE)).fetchone()
        return self._listed(row) if row else None

    def number_of(self, source: str, record: int) -> int:
        """Return the number over all sources of a record of a source; 0 where the listing does not know the source."""
        row = self._connection.execute("SELECT number FROM source WHERE name = ?", (source,)).fetchone()
        return listed_number(row[0], record) if row else 0

    def has_left(self, record: ListedRecord, spec: str) -> bool:
        """Return whether an earlier version of a record was in a set that it is in no more."""
        query = "SELECT has_left FROM member WHERE collection = ? AND stamp = ? AND record = ?"
        row = self._connection.execute(query, (self._numbers.get(spec, 0), record.stamp, record.number)).fetchone()
        return bool(row and row[0])

    def _where(self, selection: Selection, after: Position) -> tuple[str, tuple[int, ...]]:
        """Return the condition of a list, which is a range of the table's key, and its values.

        Of a list with a set and a required one, the required one leads: it has what left it.
        """
        first, *others = [self._numbers.get(spec, 0) for spec in (selection.required, selection.spec) if spec] or [
            self._numbers.get(ALL, 0)
        ]
        where = _RANGE + _IN_OTHER * len(others) + ("" if selection.required else " AND NOT has_left")
        if selection.sources is not None:
            where += f" AND member.record >> {SHIFT} IN ({', '.join(map(str, self._source_numbers(selection)))})"
        return where, (first, selection.until, *after, *others)

    def _source_numbers(self, selection: Selection) -> Sequence[int]:
        rows = self._connection.execute("SELECT number, name FROM source").fetchall()
        return [number for number, name in rows if name in (selection.sources or ())]

    def _has_left(self, selection: Selection) -> str:
        return "has_left" if selection.required else "0"

    def _listed(self, row: tuple[int, str, int, int, str, int]) -> ListedRecord:
        number, name, stamp, status, collections, has_left = row
        specs = (self._specs[int(each)][0] for each in collections.split() if int(each) in self._specs)
        sets = [spec for spec in specs if not spec.startswith("~")]
        return ListedRecord(number, name, stamp, status == Status.DELETED or bool(has_left), sets)


@contextmanager
def open_record_listing(folder: Path, seconds: float = _LONGEST) -> Iterator[RecordListing | None]:
    """Open the listing of a store of records; None where it is still to be made.

    Raises ListingTooSlowError where what is asked of it takes longer than so many seconds.
    """
    connection = open_listing(folder / FILE)
    if connection is None:
        yield None
        return
    try:
        until = time.monotonic() + seconds
        connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        connection.execute("BEGIN")  # what is read is of one moment
        yield RecordListing(connection)
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        raise ListingTooSlowError(f"the search takes longer than {seconds:g} seconds") from error
    finally:
        connection.close()
