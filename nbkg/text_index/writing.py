"""Writes an index: one entry for each resource, with its names apart from its other texts, and the forms of all words.

An index is an SQLite file with a full-text table (https://www.sqlite.org/fts5.html) that holds no texts, only where
words occur: the texts are in the store. Words are indexed as they are written, æ, ø and å as letters of their own. What
else finds a word (its lemma, the parts of a compound, another spelling) is worked out once for each word of the
vocabulary, not for each place where it occurs, so that this takes little of a load's time.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from enum import IntEnum
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, Protocol

from nbkg.text_index.analysis import find_lemmas, normalize, parts, spellings, split_words, transliterate

VERSION = 4
"""The version of the file's form; a file of another one is not read."""
UNNAMED = 1 << 40
"""Resources without a name have numbers from here on, so that they can be searched separately."""
_START, _BETWEEN, _END = "\x02", "\x04", "\x03"
"""What is before, between and after the words of a name where it is one word of the index, see `whole_name`."""
_LONGEST_NAME = 200
"""Characters of a name that count where whole names are sought."""
_LONGEST = 200_000
"""Characters of a resource's texts that are indexed."""
_LONGEST_WORD = 40
_BATCH = 1_000
"""Entries that are inserted at a time, which takes 0.7 s for the entries of a million triples; one by one 0.9 s."""
_SCHEMA = f"""
PRAGMA user_version = {VERSION};
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE resource (id INTEGER PRIMARY KEY, iri TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(
  name, text, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '-{_START}{_BETWEEN}{_END}'"
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, 'row');
CREATE TABLE word (
  id INTEGER PRIMARY KEY, text TEXT NOT NULL, plain TEXT NOT NULL, mirrored TEXT NOT NULL, documents INTEGER NOT NULL
);
CREATE TABLE form (key TEXT, kind INTEGER, word INTEGER, PRIMARY KEY (key, kind, word)) WITHOUT ROWID;
"""
_MEMORY = "INSERT INTO words (words, rank) VALUES ('hashsize', 67108864)"
"""With 64 MB for new words, 200,000 names make one segment of the index."""
_MERGE = "INSERT INTO words (words) VALUES ('optimize')"
"""Makes one segment of all, in each of which a search looks up each word: there is a new one where a resource without
a name is followed by one with a name, whose number is lower. The index of 3,000 resources had sixteen."""
_INDEXES = """
CREATE INDEX word_by_plain ON word (plain);
CREATE INDEX word_by_mirrored ON word (mirrored);
"""
"""By the first and the last letters, for words that were typed with an error."""
_LOOSE_HYPHENS = re.compile(r"(?<!\w)-+|-+(?!\w)")

Text = tuple[str, str, str]
"""The IRI of a resource, the IRI of a property, and a text that is its value."""


class Resource(NamedTuple):
    """A resource as it is indexed."""

    iri: str
    names: Sequence[str]
    texts: Sequence[str] = ()
    """The other texts of it."""
    facts: Sequence[tuple[str, str]] = ()
    """What other tables hold of it: pairs of a role, and a text or an IRI."""


class Tables(Protocol):
    """Other tables that are written with an index, by the numbers of its resources."""

    def create(self, connection: sqlite3.Connection) -> None:
        """Make the tables in an empty database."""
        ...

    def add(self, connection: sqlite3.Connection, numbered: Sequence[tuple[int, Resource]]) -> None:
        """Add resources with their numbers."""
        ...

    def finish(self, connection: sqlite3.Connection) -> None:
        """Complete the tables after all resources have been added."""
        ...


class Match(IntEnum):
    """How a word matches one that is sought, the closest first."""

    EXACT = 0
    """It is spelled so, but for hyphens and capital letters."""
    FORM = 1
    """It is another form of the word, in bokmål or nynorsk."""
    PART = 2
    """It is a compound with the word."""
    SPELLING = 3
    """It is spelled so without marks, or without æ, ø and å."""
    PART_SPELLING = 4
    """It is a compound with a word that is spelled so without these."""
    PREFIX = 5
    """It begins so."""


def is_possible() -> bool:
    """Return whether this Python's SQLite has full-text search."""
    with closing(sqlite3.connect(":memory:")) as connection:
        options = {option for (option,) in connection.execute("PRAGMA compile_options")}
    return "ENABLE_FTS5" in options


def write(path: Path, texts: Iterable[Text], names: Collection[str], about: Mapping[str, str] | None = None) -> None:
    """Write an index to a new file.

    The texts of one resource come after each other; `names` are the properties whose values are names. `about` is
    kept in the file as it is.
    """
    write_resources(path, resources(texts, names), about)


def write_resources(
    path: Path, described: Iterable[Resource], about: Mapping[str, str] | None = None, tables: Tables | None = None
) -> None:
    """Write an index of resources, each of which comes once, to a new file, and other tables with it."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, check_same_thread=False)) as connection:
        fill(connection, described, about or {}, tables)


def resources(texts: Iterable[Text], properties: Collection[str]) -> Iterator[Resource]:
    """Yield the resources of texts, of which those of one come after each other; `properties` are those of names."""
    for iri, group in groupby(texts, key=itemgetter(0)):
        names, others = list[str](), list[str]()
        for _, prop, text in group:
            (names if prop in properties else others).append(text)
        yield Resource(iri, names, others)


def fill(
    connection: sqlite3.Connection,
    described: Iterable[Resource],
    about: Mapping[str, str],
    tables: Tables | None = None,
) -> None:
    """Make the tables in an empty database, which is not safe against a crash while it is filled."""
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;")
    connection.executescript(_SCHEMA)
    connection.execute(_MEMORY)
    if tables:
        tables.create(connection)
    numbered = _numbered(described)
    with connection:
        connection.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))
        while batch := list(islice(numbered, _BATCH)):
            connection.executemany("INSERT INTO resource VALUES (?, ?)", ((number, one.iri) for number, one in batch))
            rows = ((number, _name_text(one), _other_text(one)) for number, one in batch)
            connection.executemany("INSERT INTO words (rowid, name, text) VALUES (?, ?, ?)", rows)
            if tables:
                tables.add(connection, batch)
        connection.execute(_MERGE)
        _fill_vocabulary(connection)
    connection.executescript(_INDEXES)
    if tables:
        tables.finish(connection)
        connection.commit()


def _numbered(described: Iterable[Resource]) -> Iterator[tuple[int, Resource]]:
    named, unnamed = 0, UNNAMED
    for resource in described:
        if resource.names:
            named += 1
        else:
            unnamed += 1
        yield named if resource.names else unnamed, resource


def _name_text(resource: Resource) -> str:
    return clean_text(_joined(resource.names))


def _other_text(resource: Resource) -> str:
    return clean_text(" \n ".join(resource.texts)[:_LONGEST])


def _joined(names: Sequence[str]) -> str:
    return " ".join(f"{whole_name(split_words(name[:_LONGEST_NAME]))} {name[:_LONGEST]}" for name in names)


def whole_name(words: Sequence[str], *, is_complete: bool = True) -> str:
    """Return the one word by which a name with these words is in the index, or with what it begins.

    A name that is called `kirkehefte` is found 60 times as fast so as by a phrase with a mark before and after it, as
    each name has these marks.
    """
    return f"{_START}{_BETWEEN.join(words)[:_LONGEST_NAME]}{_END if is_complete else ''}"


def clean_text(text: str) -> str:
    """Return a text in normal form in which hyphens stand only inside words."""
    text = normalize(text)
    return _LOOSE_HYPHENS.sub(" ", text) if "-" in text else text


def _fill_vocabulary(connection: sqlite3.Connection) -> None:
    words = connection.execute("SELECT term, doc FROM vocabulary")
    numbered = enumerate(
        ((text, documents) for text, documents in words if len(text) <= _LONGEST_WORD and _is_analyzed(text)), 1
    )
    while batch := list(islice(numbered, _BATCH)):
        rows = (
            (number, text, plain := transliterate(text), plain[::-1], documents) for number, (text, documents) in batch
        )
        connection.executemany("INSERT INTO word VALUES (?, ?, ?, ?, ?)", rows)
        keys = sorted((key, kind, number) for number, (text, _) in batch for key, kind in forms(text))
        connection.executemany("INSERT OR IGNORE INTO form VALUES (?, ?, ?)", keys)


def _is_analyzed(word: str) -> bool:
    """Return whether a word is more than digits and marks."""
    return word.isalpha() or ("-" in word and any(map(str.isalpha, word)))


def forms(word: str) -> set[tuple[str, Match]]:
    """Return the keys by which a word is found besides itself, and how it matches what is sought by each."""
    lemmas = find_lemmas(word)
    pairs = {(word.replace("-", ""), Match.EXACT)} if "-" in word else set()
    pairs |= {(key(lemma), Match.FORM) for lemma in lemmas}
    pairs |= {(key(part), Match.PART) for lemma in lemmas for part in parts(lemma)}
    pairs |= {(element, Match.PART) for element in word.split("-") if "-" in word}
    pairs |= {
        (spelling, Match.PART_SPELLING if match == Match.PART else Match.SPELLING)
        for one, match in ((word, Match.EXACT), *pairs)
        if not one.isascii()
        for spelling in spellings(one)
    }
    return pairs - {(word, Match.FORM)}


def key(lemma: tuple[str, ...]) -> str:
    """Return a lemma as it is looked up."""
    return "+".join(lemma)
