"""Writes what records are searched and sorted by into the listing: their words, codes and sort keys."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from nbkg.records.listing.record_words import END, NAME, SOURCE, START, RecordWords, sort_names, word_groups
from nbkg.text_index.analysis import split_words
from nbkg.text_index.writing import Match, forms

_SOUGHT = frozenset({Match.EXACT, Match.FORM, Match.SPELLING})
"""How words match that find a record; parts of compounds are not among them, as librarians search exactly."""
_LONGEST_WORD = 40


def create_word_tables(connection: sqlite3.Connection) -> None:
    """Make the tables whose columns are those of `data/record-listing/fields.toml`."""
    tokenizer = f"unicode61 remove_diacritics 0 tokenchars '-{START}{END}'"
    connection.execute(f'CREATE VIRTUAL TABLE words USING fts5({", ".join(word_groups())}, tokenize="{tokenizer}")')
    columns = "".join(f", {name} TEXT NOT NULL" for name in sort_names())
    connection.execute(f"CREATE TABLE sorting (record INTEGER PRIMARY KEY{columns})")


class WordWriter:
    """Puts words of records into the listing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._new: dict[str, None] = {}
        self._known: set[str] = set()

    def remove(self, number: int) -> None:
        """Remove what a record is searched by."""
        for table, column in (("words", "rowid"), ("code", "record"), ("sorting", "record")):
            self._connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))  # noqa: S608

    def put(self, number: int, name: str, record: RecordWords) -> None:
        """Write what a record is searched by, of which nothing is there yet."""
        marks = ", ".join("?" for _ in record.words)
        columns = ", ".join(word_groups())
        insert = f"INSERT INTO words (rowid, {columns}) VALUES (?, {marks})"  # noqa: S608
        self._connection.execute(insert, (number, *record.words))
        codes = {*record.codes, (SOURCE, name.partition("/")[0]), (NAME, name.lower())}
        rows = [(code, value, number) for code, value in sorted(codes)]
        self._connection.executemany("INSERT OR IGNORE INTO code VALUES (?, ?, ?)", rows)
        keys = (number, *record.keys)
        self._connection.execute(f"INSERT INTO sorting VALUES ({', '.join('?' for _ in keys)})", keys)  # noqa: S608
        self._note(word for text in record.words for word in split_words(text))

    def _note(self, words: Iterable[str]) -> None:
        self._new |= dict.fromkeys(word for word in words if word not in self._known)

    def write_forms(self) -> None:
        """Write the forms of the words that are new."""
        for word in self._new:
            self._known.add(word)
            if len(word) <= _LONGEST_WORD and not word.isdecimal():
                self._write_forms(word)
        self._new.clear()

    def _write_forms(self, word: str) -> None:
        cursor = self._connection.execute("INSERT OR IGNORE INTO word (text) VALUES (?)", (word,))
        if cursor.rowcount:
            rows = [(key, kind, cursor.lastrowid) for key, kind in sorted(forms(word)) if kind in _SOUGHT]
            self._connection.executemany("INSERT OR IGNORE INTO form VALUES (?, ?, ?)", rows)
