"""Queries for records: by words, by codes, and combined. Each finds the numbers of records in the listing."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from nbkg.records.listing.listing_file import Status
from nbkg.records.listing.record_words import END, START, code_form
from nbkg.text_index.analysis import split_words
from nbkg.text_index.expansion import expand
from nbkg.text_index.writing import Match

_FINDING = (Match.EXACT, Match.FORM, Match.SPELLING)
_LAST = chr(0x10FFFF)
"""What stands after all other characters: the end of a range of values that begin in one way."""
ALL_RECORDS = f"SELECT id AS record FROM record WHERE status = {Status.LIVE:d}"  # noqa: S608


class WordRelation(StrEnum):
    """How the words of a query must occur."""

    ALL = "all"
    ANY = "any"
    PHRASE = "phrase"
    """After each other, as they are written."""
    FIELD = "field"
    """As the whole text of a field."""


class Combination(StrEnum):
    """How two queries are combined."""

    AND = "AND"
    OR = "OR"
    NOT = "NOT"


_SET_OPERATIONS = {Combination.AND: "INTERSECT", Combination.OR: "UNION", Combination.NOT: "EXCEPT"}


class RecordQuery(NamedTuple):
    """A query for records."""

    statement: str
    """SQL that returns the numbers of records as `record`."""
    values: tuple[str, ...] = ()
    match: str = ""
    """The same as a full-text query (https://www.sqlite.org/fts5.html#full_text_query_syntax), where it is one."""


def find_words(
    connection: sqlite3.Connection, groups: Sequence[str], text: str, relation: WordRelation
) -> RecordQuery | None:
    """Return the query for the words of a text in groups of words; None where it has no words.

    A word that ends in `*` finds all that begin so. Others find what the analysis of Norwegian words makes of them.
    """
    words = split_words(text)
    if not words:
        return None
    if relation is WordRelation.PHRASE:
        sought = _quoted(words)
    elif relation is WordRelation.FIELD:
        sought = _quoted([START, *words, END])
    else:
        operator = " OR " if relation is WordRelation.ANY else " AND "
        sought = operator.join(_alternatives(connection, part) for part in text.split() if split_words(part))
    return _match(f"{{{' '.join(groups)}}} : ({sought})")


def _match(match: str) -> RecordQuery:
    return RecordQuery("SELECT rowid AS record FROM words WHERE words MATCH ?", (match,), match)


def _alternatives(connection: sqlite3.Connection, part: str) -> str:
    """Return the query for a part of a text between blanks: its words, each with what it finds."""
    words = split_words(part)
    is_truncated = part.endswith("*")
    queries = [_word(connection, word) for word in (words[:-1] if is_truncated else words)]
    if is_truncated:
        queries.append(f"{_quoted(words[-1:])}*")
    return f"({' AND '.join(queries)})"


def _word(connection: sqlite3.Connection, word: str) -> str:
    expansion = expand(connection, word)
    words = [one for match in _FINDING for one in expansion.get(match, ())]
    return f"({' OR '.join(_quoted([one]) for one in words)})"


def _quoted(words: Sequence[str]) -> str:
    return f'"{" ".join(words)}"'


def find_code(name: str, value: str) -> RecordQuery:
    """Return the query for a value of a code, or for all that begin so where it ends in `*`."""
    if value.endswith("*"):
        start = value[:-1].lower()
        return find_range(name, start, start + _LAST)
    query = "SELECT record FROM code WHERE name = ? AND value = ?"
    return RecordQuery(query, (name, code_form(name)(value)))


def find_range(name: str, first: str, last: str) -> RecordQuery:
    """Return the query for values of a code from one to another, both of which count; an empty one has no end."""
    query = "SELECT DISTINCT record FROM code WHERE name = ? AND value >= ? AND value <= ?"
    return RecordQuery(query, (name, first, last or _LAST))


def combine(combination: Combination, left: RecordQuery, right: RecordQuery) -> RecordQuery:
    """Return the query for what both find, either finds, or only the left one finds."""
    if left.match and right.match:
        return _match(f"({left.match}) {combination} ({right.match})")
    operation = _SET_OPERATIONS[combination]
    statement = f"SELECT record FROM ({left.statement}) {operation} SELECT record FROM ({right.statement})"  # noqa: S608
    return RecordQuery(statement, (*left.values, *right.values))
