"""Finds resources by words."""

from __future__ import annotations

import sqlite3
import threading
import time
import weakref
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from nbkg.text_index.analysis import split_words
from nbkg.text_index.expansion import PREFIX_LENGTH, Expansion, expand, suggest
from nbkg.text_index.writing import END, START, UNNAMED, VERSION, Match, Text, fill, resources

_MOST_WORDS = 12
_MOST_WHOLE = 20
"""Forms of a word that are sought as whole names."""
_RANKING_SECONDS = 0.06
"""How long all matches may take to be ranked; after that the first that come are returned unranked."""
_STEPS = 10_000
"""Steps of SQLite's virtual machine between looks at the clock."""
_RANKED = "ORDER BY bm25(words, 10.0, 1.0), words.rowid"
_FIND = """
SELECT resource.iri FROM words JOIN resource ON resource.id = words.rowid
WHERE words MATCH ? AND words.rowid >= ? AND words.rowid < ? {order} LIMIT ?
"""
_NAMES, _ALL = "name", "name text"
_ORDER = (
    *((columns, match) for columns in (_NAMES, _ALL) for match in (Match.EXACT, Match.FORM, Match.PART)),
    *((columns, match) for match in (Match.SPELLING, Match.PART_SPELLING, Match.PREFIX) for columns in (_NAMES, _ALL)),
)
"""The columns in which all words are sought, and how loosely they match at most: after whole names, the best first."""
_ARTICLES = ("the", "den", "det", "de")
_STOP_WORDS = "å av de den det ei en er et for fra frå i med og om på som til ved the of and a in to"
"""Words that need not occur where others are sought with them."""


@dataclass(frozen=True)
class Sought:
    """A word that is sought, and the words of an index that it finds."""

    word: str
    words: frozenset[str]

    def matches(self, word: str) -> bool:
        """Return whether a word in small letters is among them or begins so."""
        return word in self.words or (self.finds_beginnings and word.startswith(self.word))

    @property
    def finds_beginnings(self) -> bool:
        """Return whether it finds words that only begin so."""
        return len(self.word) >= PREFIX_LENGTH


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
        fill(connection, resources(texts, names), {})
        return cls(connection)

    def about(self) -> Mapping[str, str]:
        """Return what the writer of the index kept about it."""
        with self._lock:
            return dict(self._connection.execute("SELECT name, value FROM about"))

    def find(self, text: str, most: int) -> Sequence[str]:
        """Return up to `most` IRIs of resources with all words of a text, best first.

        Whole names come first; then names, and then other texts, in which the words occur as they are written, in
        another form, or in compounds; then spellings without æ, ø and å, and longer words that begin so.
        """
        words, results = split_words(text)[:_MOST_WORDS], dict[str, None]()
        sought = _main_words(words)
        if not words:
            return []
        with self._lock:
            until = time.monotonic() + _RANKING_SECONDS
            expanded = [expand(self._connection, word) for word in sought]
            loosest = f"{{{_ALL}}} : ({_conjunction(sought, expanded, Match.PREFIX)})"
            count = len(self._find((loosest, 0, 1 << 62, most), 0.0))  # where there are few, the first queries find all
            for match, columns in _queries(words, sought, expanded):
                for start, end in ((0, UNNAMED),) if columns == _NAMES else ((0, UNNAMED), (UNNAMED, 1 << 62)):
                    if len(results) >= count:
                        return list(results)[:most]
                    results |= dict.fromkeys(self._find((match, start, end, most), until))
        return list(results)[:most]

    def sought(self, text: str) -> tuple[Sought, ...]:
        """Return what each word of a text finds, so that it can be marked in texts."""
        with self._lock:
            words = _main_words(split_words(text))
            return tuple(Sought(word, _all(expand(self._connection, word))) for word in words)

    def _find(self, values: tuple[str, int, int, int], until: float) -> list[str]:
        if time.monotonic() < until:
            try:
                self._until = until
                return [iri for (iri,) in self._connection.execute(_FIND.format(order=_RANKED), values)]
            except sqlite3.OperationalError:  # interrupted
                pass
            finally:
                self._until = 0.0
        return [iri for (iri,) in self._connection.execute(_FIND.format(order=""), values)]

    def _is_late(self) -> int:
        return int(bool(self._until) and time.monotonic() > self._until)

    def suggest(self, text: str) -> str | None:
        """Return the text without its typing errors, in small letters; None where no similar words are known."""
        with self._lock:
            return suggest(self._connection, split_words(text)[:_MOST_WORDS])

    def page(self, after: int, most: int) -> Sequence[tuple[int, str]]:
        """Return up to `most` numbers and IRIs of named resources, after one number: a part of the list of all."""
        query = "SELECT id, iri FROM resource WHERE id > ? AND id < ? ORDER BY id LIMIT ?"
        return self._rows(query, after, UNNAMED, most)

    def last(self) -> int:
        """Return the number of the last named resource, which is how many there are."""
        rows = self._rows("SELECT coalesce(max(id), 0), '' FROM resource WHERE id < ?", UNNAMED)
        return rows[0][0]

    def _rows(self, query: str, *values: int) -> Sequence[tuple[int, str]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()


def _articled(words: Sequence[str]) -> str:
    """Return the query for whole names, which may begin with an article where the words do not."""
    articles = ((), *((article,) for article in _ARTICLES)) if words[0] not in _ARTICLES else ((),)
    return " OR ".join(_phrase((START, *article, *words, END)) for article in articles)


def _main_words(words: Sequence[str]) -> Sequence[str]:
    return [word for word in words[:_MOST_WORDS] if word not in _STOP_WORDS.split()] or words[:_MOST_WORDS]


def _all(expanded: Expansion) -> frozenset[str]:
    return frozenset(word for words in expanded.values() for word in words)


def _phrase(words: Iterable[str]) -> str:
    return f'"{" ".join(words)}"'


def _queries(words: Sequence[str], sought: Sequence[str], expanded: Sequence[Expansion]) -> Iterator[tuple[str, str]]:
    """Yield full-text queries (https://www.sqlite.org/fts5.html#full_text_query_syntax) and their columns."""
    yield f"name : ({_articled(words)})", _NAMES
    yield from _whole_names(words, expanded, (Match.EXACT, Match.FORM))
    before = dict[str, str]()
    for columns, match in _ORDER:
        if columns == _NAMES:
            yield from _whole_names(words, expanded, (match,) if match == Match.SPELLING else ())
        if columns == _NAMES and match == Match.PREFIX and len(words[-1]) >= PREFIX_LENGTH:
            yield f"name : {_phrase((START, *words))}*", _NAMES
        query = _conjunction(sought, expanded, match)
        if query != before.get(columns):
            before[columns] = query
            yield f"{{{columns}}} : ({query})", columns


def _conjunction(sought: Sequence[str], expanded: Sequence[Expansion], loosest: Match) -> str:
    return " AND ".join(
        _alternatives(word, expansion, loosest) for word, expansion in zip(sought, expanded, strict=True)
    )


def _whole_names(
    words: Sequence[str], expanded: Sequence[Expansion], matches: Iterable[Match]
) -> Iterator[tuple[str, str]]:
    """Yield queries for names that are another form or spelling of the only word that is sought."""
    if len(words) == 1:
        forms = (form for match in matches for form in expanded[0][match] if form != words[0])
        for form in islice(forms, _MOST_WHOLE):
            yield f"name : {_phrase((START, form, END))}", _NAMES


def _alternatives(word: str, expanded: Expansion, loosest: Match) -> str:
    """Return the query for a word or what else it finds, up to how loosely that matches."""
    words = [f'"{one}"' for match, group in expanded.items() if match <= loosest for one in group]
    if loosest >= Match.PREFIX and len(word) >= PREFIX_LENGTH:
        words.append(f'"{word}"*')
    return f"({' OR '.join(words)})"
