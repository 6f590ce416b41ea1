"""Completes the beginning of a name, by the words of the text index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nbkg.matching.entity_index import EntityIndex, EntityRow
from nbkg.matching.name_form import read_name
from nbkg.text_index.analysis import split_words
from nbkg.text_index.writing import whole_name

_MOST = 300
"""Resources of one query among which entities of a class are looked for."""
_LONGEST = 200
"""Characters of a prefix that are read."""
_SHORTEST = 2
"""Letters of the last word from which on it may be a beginning: a single letter begins too many."""
_FIND = "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?"


def complete(index: EntityIndex, prefix: str) -> Iterator[EntityRow]:
    """Yield entities that a prefix may become, each once.

    Those called so come first; then those of which a name begins so, those that have its words in a name, of which the
    last may be a beginning, and what else the search finds: other forms and spellings.
    """
    known = set[int]()
    for numbers in _numbers(index, prefix[:_LONGEST]):
        order = {number: position for position, number in enumerate(dict.fromkeys(numbers)) if number not in known}
        known.update(order)
        yield from sorted(index.entities(order) if order else (), key=lambda row: order[row.number])


def _numbers(index: EntityIndex, prefix: str) -> Iterator[Sequence[int]]:
    yield [name.entity for name in index.named(read_name(prefix).key)]
    if words := split_words(prefix):
        for query in _queries(words):
            yield [number for (number,) in index.index.rows(_FIND, (query, _MOST))]
        yield [row.number for row in index.with_iris(index.index.find(prefix, _MOST)).values()]


def _queries(words: Sequence[str]) -> Iterator[str]:
    """Yield the queries of the text index (https://www.sqlite.org/fts5.html#full_text_query_syntax)."""
    *before, last = [f'"{word}"' for word in words]
    yield f'name : "{whole_name(words)}"'
    if len(words[-1]) >= _SHORTEST:
        yield f'name : "{whole_name(words, is_complete=False)}"*'
        yield f"name : ({' AND '.join([*before, f'{last}*'])})"
