"""What a harvest keeps on disk beside the records of its source: each page is one transaction, with what follows it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from loader.harvest.item_stage import ItemStage
from loader.harvest.read_item import ReadItem
from loader.sources.provider.list_pages import Cursor
from nbkg.errors import DamagedFileError, StoreUnavailableError
from nbkg.storage.lock import lock

FILE, LOCK = "harvest.sqlite", "harvest.lock"
_FORMAT = 1


@dataclass(frozen=True)
class OpenList:
    """A list that is being read."""

    number: int
    """1 for the first list of the source."""
    since: str
    """Since when it has what changed; empty for a list of everything."""
    cursor: Cursor
    deletions: str
    response_date: str = ""
    """When the provider answered with the first page: what the next list begins from."""
    attempt: int = 1
    """How often the list was begun."""
    pages: int = 0
    idle: int = 0
    """How many pages in a row brought nothing new."""
    size: int | None = None
    is_size_exact: bool = False
    is_at_end: bool = False
    """Whether the last page was read."""
    unnamed: int = 0
    """How many of its items have no identifier."""


class QuarantinedItem(NamedTuple):
    """An item that could not be read."""

    key: str
    datestamp: str
    reason: str
    raw: bytes


@contextmanager
def open_state(folder: Path, source: str) -> Iterator[HarvestState]:
    """Open the state of a source's harvest as the only one who harvests it.

    Raises StoreUnavailableError where another process does, DamagedFileError where the file is damaged.
    """
    home = folder / source
    home.mkdir(parents=True, exist_ok=True)
    busy = StoreUnavailableError(f"{home}: another harvest of this source is running; try again when it has ended")
    with lock(home / LOCK, busy):
        yield from _open(home / FILE)


@contextmanager
def read_state(folder: Path, source: str) -> Iterator[HarvestState | None]:
    """Open the state of a source's harvest for reading; None where it was never harvested."""
    file = folder / source / FILE
    if file.is_file():
        yield from _open(file)
    else:
        yield None


def _open(file: Path) -> Iterator[HarvestState]:
    try:
        state = HarvestState(sqlite3.connect(file, isolation_level=None), file)
        try:
            yield state
        finally:
            state.close()
    except sqlite3.OperationalError as error:
        raise StoreUnavailableError(f"{file}: {error}") from error
    except sqlite3.DatabaseError as error:
        problem = f"{error}: put a copy in its place, or remove it and harvest everything again; no record is lost"
        raise DamagedFileError(problem, file=file) from error


class HarvestState:
    """The state of one source's harvest."""

    def __init__(self, database: sqlite3.Connection, file: Path) -> None:
        self.file = file
        self._database = database
        database.execute("PRAGMA synchronous = FULL")
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version == 0:
            database.execute("PRAGMA journal_mode = WAL")
            schema = files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")
            database.executescript(f"BEGIN; {schema} PRAGMA user_version = {_FORMAT}; COMMIT;")
        elif version != _FORMAT:
            raise DamagedFileError(f"it has format {version}; this nbkg reads format {_FORMAT}", file=file)
        self.stage = ItemStage(database)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all changes of the block, or none of them."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._database.execute("COMMIT")
        except BaseException:  # an interruption by the user too
            self._database.execute("ROLLBACK")
            raise

    def fact(self, name: str) -> Any:
        """Return a fact by its name, or None."""
        row = self._one("SELECT value FROM fact WHERE name = ?", name)
        return json.loads(row[0]) if row else None

    def set_fact(self, name: str, value: Any) -> None:
        """Set a fact; None removes it."""
        if value is None:
            self._database.execute("DELETE FROM fact WHERE name = ?", (name,))
        else:
            self._database.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, json.dumps(value)))

    def open_list(self) -> OpenList | None:
        """Return the list that is being read."""
        members = self.fact("list")
        return OpenList(**members) if members else None

    def set_list(self, current: OpenList | None) -> None:
        """Keep how far a list has been read; None where it has ended."""
        self.set_fact("list", asdict(current) if current else None)

    def begin_list(self, current: OpenList) -> None:
        """Begin a list, or begin it again: only in the first case is what it brought forgotten."""
        if current.attempt == 1:
            self._database.execute("DELETE FROM listed")
        self._database.execute("DELETE FROM request")
        self.set_fact("lists", current.number)
        self.set_list(current)

    def is_new_request(self, cursor: Cursor) -> bool:
        """Remember what a page is asked with, and return whether no page of the list was asked so."""
        digest = sha256(json.dumps(cursor, sort_keys=True).encode()).hexdigest()
        return self._database.execute("INSERT OR IGNORE INTO request VALUES (?)", (digest,)).rowcount > 0

    def listed(self, key: str) -> tuple[str, int] | None:
        """Return the datestamp with which the list has brought an item, and at which attempt."""
        row = self._one("SELECT datestamp, attempt FROM listed WHERE key = ?", key)
        return (row[0], row[1]) if row else None

    def set_listed(self, key: str, datestamp: str, attempt: int) -> None:
        """Remember that the list has brought an item."""
        self._database.execute("INSERT OR REPLACE INTO listed VALUES (?, ?, ?)", (key, datestamp, attempt))

    def put_aside(self, item: ReadItem) -> None:
        """Put an item into the quarantine."""
        row = (item.key, item.datestamp, item.problem, item.raw)
        self._database.execute("INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?)", row)

    def quarantined(self) -> list[QuarantinedItem]:
        """Return what is in the quarantine, by key."""
        return [QuarantinedItem(*row) for row in self._database.execute("SELECT * FROM quarantine ORDER BY key")]

    def end_quarantine(self, key: str) -> None:
        """Take an item out of the quarantine that could be read, or was deleted."""
        self._database.execute("DELETE FROM quarantine WHERE key = ?", (key,))

    def count_listed(self) -> int:
        """Return how many items the list has brought."""
        (number,) = self._one("SELECT count(*) FROM listed") or (0,)
        return int(number)

    def _one(self, query: str, *values: str) -> Any:
        return self._database.execute(query, values).fetchone()
