"""Finds resources by words."""

from __future__ import annotations

import re
import sqlite3
import threading
import time
import weakref
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from nbkg.text_index.writing import UNNAMED, VERSION, Text, fill

_WORD = re.compile(r"\w+")
_MOST_WORDS = 12
_PREFIX_LENGTH = 3
"""A word of so many letters finds also those that begin with it."""
_RANKING_SECONDS = 0.06
"""How long all matches may take to be ranked; after that the first that come are returned unranked."""
_STEPS = 10_000
"""Steps of SQLite's virtual machine between looks at the clock."""
_RANKED = "ORDER BY bm25(words, 10.0, 1.0), words.rowid"
_FIND = """
SELECT thing.iri FROM words JOIN thing ON thing.id = words.rowid
WHERE words MATCH ? AND words.rowid >= ? AND words.rowid < ? {order} LIMIT ?
"""


class Index:
    """An index that is open; safe to use from several threads, one at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._until = 0.0
        weakref.finalize(self, connection.close)
        connection.set_progress_handler(self._is_late, _STEPS)

    @classmethod
    def open(cls, path: Path) -> Index | None:
        """Return the index in a file; None where there is no file, or one of another form."""
        if not path.is_file():
            return None
        address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
        connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
        except sqlite3.DatabaseError:
            version = None
        if version != VERSION:
            connection.close()
            return None
        return cls(connection)

    @classmethod
    def in_memory(cls, texts: Iterable[Text], names: Collection[str]) -> Index:
        """Return an index in memory of texts, see `nbkg.text_index.write`."""
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        fill(connection, texts, names)
        return cls(connection)

    def find(self, text: str, most: int) -> Sequence[str]:
        """Return up to `most` IRIs of resources with all words of a text: the named ones first, best first."""
        match = _match(text)
        if not match:
            return []
        named = self._find(match, 0, UNNAMED, most)
        return [*named, *self._find(match, UNNAMED, 1 << 62, most - len(named))] if len(named) < most else named

    def _find(self, match: str, start: int, end: int, most: int) -> list[str]:
        values = (match, start, end, most)
        with self._lock:
            try:
                self._until = time.monotonic() + _RANKING_SECONDS
                return [iri for (iri,) in self._connection.execute(_FIND.format(order=_RANKED), values)]
            except sqlite3.OperationalError:  # interrupted
                self._until = 0.0
                return [iri for (iri,) in self._connection.execute(_FIND.format(order=""), values)]

    def _is_late(self) -> int:
        return int(bool(self._until) and time.monotonic() > self._until)

    def page(self, after: int, most: int) -> Sequence[tuple[int, str]]:
        """Return up to `most` numbers and IRIs of named resources, after one number: a part of the list of all."""
        return self._rows("SELECT id, iri FROM thing WHERE id > ? AND id < ? ORDER BY id LIMIT ?", after, UNNAMED, most)

    def last(self) -> int:
        """Return the number of the last named resource, which is how many there are."""
        rows = self._rows("SELECT coalesce(max(id), 0), '' FROM thing WHERE id < ?", UNNAMED)
        return rows[0][0]

    def _rows(self, query: str, *values: int) -> Sequence[tuple[int, str]]:
        with self._lock:
            self._until = 0.0
            return self._connection.execute(query, values).fetchall()


def _match(text: str) -> str:
    """Return the words in the language of the table (https://www.sqlite.org/fts5.html#full_text_query_syntax)."""
    words = [word.strip("_") for word in _WORD.findall(text)[:_MOST_WORDS]]
    return " ".join(f'"{word}"{"*" if len(word) >= _PREFIX_LENGTH else ""}' for word in words if word)
