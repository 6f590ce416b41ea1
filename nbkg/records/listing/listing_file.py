"""The file of the listing: SQLite in the folder of the store of records, and the numbers in it."""

from __future__ import annotations

import sqlite3
from enum import IntEnum
from importlib.resources import files
from pathlib import Path

from nbkg.records.listing.word_writer import create_word_tables

FILE, LOCK = "listing.sqlite", "listing.lock"
_FORMAT = 2
SHIFT = 40
"""Bits of a record's number that are its number in its source; those above are the number of the source."""
ALL = "~all"
"""The set of all records; those whose names begin with `~` are for the listing itself."""


class Status(IntEnum):
    """Whether a record can be given out."""

    LIVE = 0
    DELETED = 1
    UNREADABLE = 2
    """Its fields are uncertain, or an edit does not fit it: it is in no list until a new version comes."""


def listed_number(source: int, record: int) -> int:
    """Return the number of a record over all sources."""
    return source << SHIFT | record


def split_number(number: int) -> tuple[int, int]:
    """Return the number of the source, and of the record in it."""
    return number >> SHIFT, number & ((1 << SHIFT) - 1)


def create(file: Path) -> sqlite3.Connection:
    """Return a new file, with its tables; it has no journal until `make_safe` is called."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;")
    connection.executescript(files(__package__).joinpath("schema.sql").read_text(encoding="utf-8"))
    create_word_tables(connection)
    connection.execute(f"PRAGMA user_version = {_FORMAT}")
    return connection


def make_safe(connection: sqlite3.Connection) -> None:
    """Give a file that is complete the journal with which it can be read and written at the same time."""
    connection.execute("PRAGMA journal_mode = WAL")


def open_listing(file: Path, *, is_writable: bool = False) -> sqlite3.Connection | None:
    """Return the file as it is; None where it is missing or of another format, so that it has to be made."""
    if not file.is_file():
        return None
    mode = "rw" if is_writable else "ro"
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError:
        version = None
    if version != _FORMAT:
        connection.close()
        return None
    return connection
