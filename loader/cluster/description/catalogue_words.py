"""The words and patterns by which records are read, as `data/cluster-settings/catalogue-words.toml` lists them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from loader.cluster.values import fold_words


@dataclass(frozen=True)
class CatalogueWords:
    """FoldedText in the form in which they are compared, and patterns of texts in small letters."""

    articles: frozenset[str]
    links: frozenset[str]
    volumes: frozenset[str]
    numbers: Mapping[str, int]
    kinds: frozenset[str]
    """Subtitles, without blanks, that say what kind of book it is."""
    generic: frozenset[str]
    """Titles, without blanks, that many things have."""
    edition_words: frozenset[str]
    printing_words: frozenset[str]
    new_words: frozenset[str]
    publisher_words: frozenset[str]
    original_notes: Sequence[re.Pattern[str]]
    original_phrases: re.Pattern[str]
    other_work_phrases: re.Pattern[str]
    forms: Mapping[str, re.Pattern[str]]
    """As most patterns, they are for text in small letters: to ignore case takes more than twice as long."""
    carriers: Mapping[str, re.Pattern[str]]
    abridged: re.Pattern[str]
    patterns: Mapping[str, re.Pattern[str]]


@cache
def read_catalogue_words() -> CatalogueWords:
    """Return the words, which are read at the first call."""
    text = files("data").joinpath("cluster-settings", "catalogue-words.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(text)
    lines = [line.split() for line in lists["numbers"].strip().splitlines()]
    words = {name: frozenset(fold_words(lists[name])) for name in _LISTS}
    return CatalogueWords(
        numbers={key: int(line[0]) for line in lines for word in line[1:] for key in fold_words(word)},
        kinds=_joined(lists["kinds"]),
        generic=_joined(lists["generic"]),
        original_notes=[re.compile(pattern) for pattern in lists["original_notes"]],
        original_phrases=_compile(lists["original_phrases"]),
        other_work_phrases=_compile(lists["other_work_phrases"]),
        forms={name: re.compile(pattern) for name, pattern in lists["forms"].items()},
        carriers={name: re.compile(pattern) for name, pattern in lists["carriers"].items()},
        abridged=re.compile(lists["abridged"]),
        patterns={name: re.compile(pattern) for name, pattern in lists["patterns"].items()},
        **words,
    )


_LISTS = ("articles", "links", "volumes", "edition_words", "printing_words", "new_words", "publisher_words")


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _joined(text: str) -> frozenset[str]:
    return frozenset("".join(fold_words(line)) for line in text.split("|"))  # as subtitles and titles are
