"""Which records are compared: those that share a block key, a part of what they say that errors mostly leave alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from loader.cluster.cluster_settings import KeySettings
from loader.cluster.values import FoldedText, Record
from nbkg.errors import DataError
from nbkg.grouping import group_values

Pair = tuple[int, int]
"""The positions of two records, the first one first."""

_SHORTEST = 4
_LETTERS = 6


def _each_word(record: Record, fields: Sequence[str]) -> Iterator[str]:
    """Yield each word of some letters."""
    for name in fields:
        yield from sorted(word for word in _words(record, name).distinct if len(word) >= _SHORTEST)


def _word_pairs(record: Record, fields: Sequence[str]) -> Iterator[str]:
    """Yield each two words of some letters, by their beginnings."""
    for name in fields:
        words = sorted({word[:_LETTERS] for word in _words(record, name).distinct if len(word) >= _SHORTEST})
        yield from map(" ".join, combinations(words, 2))


def _beginnings(record: Record, fields: Sequence[str]) -> Iterator[str]:
    """Yield the first letters of all fields together, where none is empty."""
    texts = [_words(record, name).letters[:_LETTERS] for name in fields]
    if all(texts):
        yield "|".join(texts)


def _words(record: Record, name: str) -> FoldedText:
    value = record[name]
    return value if isinstance(value, FoldedText) else FoldedText(())


KEYS: Mapping[str, Callable[[Record, Sequence[str]], Iterator[str]]] = {
    "each-word": _each_word,
    "word-pairs": _word_pairs,
    "beginnings": _beginnings,
}
"""The functions that make block keys, by the names that settings call them by."""


def find_pairs(records: Sequence[Record], keys: Sequence[KeySettings]) -> list[Pair]:
    """Return the pairs of records that share a key, each once. Raises DataError for an unknown function."""
    pairs = set[Pair]()
    for settings in keys:
        for block in group_values(_keyed(records, settings)).values():
            if len(block) <= settings.most:
                pairs.update(combinations(block, 2))
    return sorted(pairs)


def _keyed(records: Sequence[Record], settings: KeySettings) -> Iterator[tuple[str, int]]:
    if settings.function not in KEYS:
        raise DataError(f"no function of block keys {settings.function}: expected one of {', '.join(KEYS)}")
    for position, record in enumerate(records):
        for key in KEYS[settings.function](record, settings.fields):
            yield key, position
