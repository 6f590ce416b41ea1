"""Finds resources by words."""

from __future__ import annotations

import json
import sqlite3
import threading
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from nbkg.text_index.analysis import split_words
from nbkg.text_index.expansion import PREFIX_LENGTH, Expansion, Sought, expand, suggest
from nbkg.text_index.writing import UNNAMED, VERSION, Match, Resource, Tables, Text, fill, resources, whole_name

_MOST_WORDS = 12
_MOST_WHOLE = 20
"""Forms of a word that are sought as whole names."""
_MOST_RANKED = 10_000
"""Resources that a query ranks: where it finds more, those with the lowest numbers, which have names before others."""
_FEW = 10_000
"""Resources of an index in which the named and the others are ranked by one query, which takes half as long as two."""
_CHEAP = 500
"""Characters of a query that takes less time than those that it may save."""
_CACHE = 16_384
"""Kilobytes of the file that are kept; with the 2,000 of SQLite, 200 of 500 resources take 1.4 instead of 0.9 ms."""
_EXPANDED = 64
"""Words of which what they find is kept."""
_COUNT = "SELECT count(*) FROM (SELECT rowid FROM words WHERE words MATCH ? LIMIT ?)"
_FIND = """
WITH matching AS (
  SELECT words.rowid AS id, bm25(words, 10.0, 1.0) AS score FROM words
  WHERE words MATCH :query AND words.rowid >= :first AND words.rowid < :end
  AND words.rowid NOT IN (SELECT value FROM json_each(:known)) ORDER BY words.rowid LIMIT :ranked
), best AS (SELECT * FROM matching ORDER BY id >= :unnamed, score, id LIMIT :most)
SELECT resource.id, resource.iri FROM best JOIN resource USING (id) ORDER BY id >= :unnamed, score, id
"""
_ALL_NUMBERS = 1 << 62
_NAMES, _ALL = "name", "name text"
_ORDER = (
    *((columns, match) for columns in (_NAMES, _ALL) for match in (Match.EXACT, Match.FORM, Match.PART)),
    *((columns, match) for match in (Match.SPELLING, Match.PART_SPELLING, Match.PREFIX) for columns in (_NAMES, _ALL)),
)
"""The columns in which all words are sought, and how loosely they match at most: after whole names, the best first."""
_ARTICLES = ("the", "den", "det", "de")
_STOP_WORDS = "å av de den det ei en er et for fra frå i med og om på som til ved the of and a in to"
"""Words that need not occur where others are sought with them."""


class Index:
    """An index that is open; safe to use from several threads, one at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._expand = lru_cache(_EXPANDED)(partial(expand, connection))
        rows = connection.execute("SELECT 1 FROM resource LIMIT ?", (_FEW + 1,)).fetchall()
        self._spans = ((0, _ALL_NUMBERS),) if len(rows) <= _FEW else ((0, UNNAMED), (UNNAMED, _ALL_NUMBERS))
        weakref.finalize(self, connection.close)

    @classmethod
    def open(cls, path: Path) -> Index | None:
        """Return the index in a file; None where there is no file, or one of another form."""
        if not path.is_file():
            return None
        address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
        connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        try:
            connection.execute(f"PRAGMA cache_size = -{_CACHE}")
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
        return cls.of_resources(resources(texts, names))

    @classmethod
    def of_resources(cls, described: Iterable[Resource], tables: Tables | None = None) -> Index:
        """Return an index in memory of resources, see `nbkg.text_index.write_resources`."""
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        fill(connection, described, {}, tables)
        return cls(connection)

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """Return the rows of a query of SQLite, which may be about other tables of the file."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def about(self) -> Mapping[str, str]:
        """Return what the writer of the index kept about it."""
        with self._lock:
            return dict(self._connection.execute("SELECT name, value FROM about"))

    def find(self, text: str, most: int) -> Sequence[str]:
        """Return up to `most` IRIs of resources with all words of a text, best first.

        Whole names come first; then names, and then other texts, in which the words occur as they are written, in
        another form, or in compounds; then spellings without æ, ø and å, and longer words that begin so.
        """
        words, results = split_words(text)[:_MOST_WORDS], dict[int, str]()
        sought = _main_words(words)
        if not words:
            return []
        with self._lock:
            expanded = [self._expand(word) for word in sought]
            loosest = f"{{{_ALL}}} : ({_conjunction(sought, expanded, Match.PREFIX)})"
            is_counted = len(loosest) <= _CHEAP
            count = self._count(loosest, most) if is_counted else most
            for match, columns, query in _queries(words, sought, expanded, self._occurs):
                if match > Match.PART and not is_counted and len(results) < most:
                    is_counted, count = True, self._count(loosest, most)
                for span in ((0, UNNAMED),) if columns == _NAMES else self._spans:
                    if len(results) >= count:
                        return [*results.values()]
                    results |= self._find(query, span, results, most - len(results))
        return [*results.values()]

    def _count(self, query: str, most: int) -> int:
        """Return how many resources a query finds, up to `most`."""
        ((count,),) = self._connection.execute(_COUNT, (query, most))
        return int(count)

    def _occurs(self, query: str) -> bool:
        return self._count(query, 1) > 0

    def sought(self, text: str) -> tuple[Sought, ...]:
        """Return what each word of a text finds, so that it can be marked in texts."""
        with self._lock:
            words = _main_words(split_words(text))
            return tuple(Sought(word, _all(self._expand(word))) for word in words)

    def _find(self, query: str, span: tuple[int, int], known: Iterable[int], most: int) -> dict[int, str]:
        """Return resources with numbers in a span that are not known yet, the best first."""
        values = {"query": query, "first": span[0], "end": span[1], "known": json.dumps([*known]), "most": most}
        return dict(self._connection.execute(_FIND, {**values, "ranked": _MOST_RANKED, "unnamed": UNNAMED}))

    def suggest(self, text: str) -> str | None:
        """Return the text without its typing errors, in small letters; None where no similar words are known."""
        with self._lock:
            return suggest(self._connection, split_words(text)[:_MOST_WORDS])

    def page(self, after: int, most: int) -> Sequence[tuple[int, str]]:
        """Return up to `most` numbers and IRIs of named resources, after one number: a part of the list of all."""
        query = "SELECT id, iri FROM resource WHERE id > ? AND id < ? ORDER BY id LIMIT ?"
        return self.rows(query, (after, UNNAMED, most))

    def last(self) -> int:
        """Return the number of the last named resource, which is how many there are."""
        ((last,),) = self.rows("SELECT coalesce(max(id), 0) FROM resource WHERE id < ?", (UNNAMED,))
        return int(last)


def _articled(words: Sequence[str]) -> str:
    """Return the query for whole names, which may have an article before the words."""
    return _called(words, *((article, *words) for article in _ARTICLES))


def _called(*names: Sequence[str]) -> str:
    """Return the query for any of some whole names, by their words."""
    return f"name : ({' OR '.join(_phrase([whole_name(words)]) for words in names)})"


def _main_words(words: Sequence[str]) -> Sequence[str]:
    return [word for word in words[:_MOST_WORDS] if word not in _STOP_WORDS.split()] or words[:_MOST_WORDS]


def _all(expanded: Expansion) -> frozenset[str]:
    return frozenset(word for words in expanded.values() for word in words)


def _phrase(words: Iterable[str]) -> str:
    return f'"{" ".join(words)}"'


def _queries(
    words: Sequence[str], sought: Sequence[str], expanded: Sequence[Expansion], occurs: Callable[[str], bool]
) -> Iterator[tuple[Match, str, str]]:
    """Yield how loosely words match, columns, and the query (https://www.sqlite.org/fts5.html#full_text_query_syntax).

    `occurs` returns whether a query finds anything.
    """
    yield Match.EXACT, _NAMES, _articled(words)
    yield from _whole_names(words, expanded, Match.EXACT, Match.FORM)
    before = dict[str, str]()
    for columns, match in _ORDER:
        if columns == _NAMES and match == Match.SPELLING:
            yield from _whole_names(words, expanded, match)
        if columns == _NAMES and match == Match.PREFIX and len(words[-1]) >= PREFIX_LENGTH:
            yield match, _NAMES, f"name : {_phrase([whole_name(words, is_complete=False)])}*"
        query = _conjunction(sought, expanded, match)
        if query != before.get(columns):
            before[columns] = query
            if columns == _ALL or len(query) <= _CHEAP or _all_occur(sought, expanded, match, occurs):
                yield match, columns, f"{{{columns}}} : ({query})"


def _all_occur(
    sought: Sequence[str], expanded: Sequence[Expansion], loosest: Match, occurs: Callable[[str], bool]
) -> bool:
    """Return whether each word by itself is in a name: to find nothing for many words takes very long."""
    words = zip(sought, expanded, strict=True)
    return len(sought) == 1 or all(occurs(f"name : {_alternatives(*word, loosest)}") for word in words)


def _conjunction(sought: Sequence[str], expanded: Sequence[Expansion], loosest: Match) -> str:
    return " AND ".join(
        _alternatives(word, expansion, loosest) for word, expansion in zip(sought, expanded, strict=True)
    )


def _whole_names(
    words: Sequence[str], expanded: Sequence[Expansion], *matches: Match
) -> Iterator[tuple[Match, str, str]]:
    """Yield queries for names that are another form or spelling of the only word that is sought, the lemma first."""
    forms = [form for match in matches for form in expanded[0][match] if form != words[0]] if len(words) == 1 else []
    names = [(form,) for form in forms[:_MOST_WHOLE]]
    for group in filter(None, (names[:1], names[1:])):
        yield matches[-1], _NAMES, _called(*group)


def _alternatives(word: str, expanded: Expansion, loosest: Match) -> str:
    """Return the query for a word or what else it finds, up to how loosely that matches."""
    words = [f'"{one}"' for match, group in expanded.items() if match <= loosest for one in group]
    if loosest >= Match.PREFIX and len(word) >= PREFIX_LENGTH:
        words.append(f'"{word}"*')
    return f"({' OR '.join(words)})"
