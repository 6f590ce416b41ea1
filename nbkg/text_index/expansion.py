"""The words of an index that a sought word finds, by how closely they match, and what else was probably meant."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nbkg.text_index.analysis import find_lemmas, spellings, transliterate
from nbkg.text_index.writing import Match, key

Expansion = Mapping[Match, Sequence[str]]
"""The words that a word finds, by how they match."""
PREFIX_LENGTH = 3
"""A word of so many letters finds also those that begin with it."""
_MOST = 256
"""Words of the vocabulary that are sought for one word; the rarest beyond them are left out."""
_SHORTEST_ERROR = 4
"""Letters of a word from which on a typing error is looked for; from twice as many on there may be two."""
_KEYED = "SELECT text FROM form JOIN word ON id = word WHERE key = ? AND kind = ? ORDER BY documents DESC, id LIMIT ?"
_BEGINNING_KEYED = """
SELECT text FROM word WHERE id IN (
  SELECT word FROM form WHERE key >= :word AND key < :word || char(0x10ffff) LIMIT 2000
) ORDER BY documents DESC, id LIMIT :most
"""
_SIMILAR = """
SELECT text, documents FROM word WHERE plain >= :first AND plain < :first || char(0x10ffff)
UNION SELECT text, documents FROM word WHERE mirrored >= :last AND mirrored < :last || char(0x10ffff)
"""
_BEGINNING = "SELECT 1 FROM vocabulary WHERE term >= :word AND term < :word || char(0x10ffff) LIMIT 1"


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


def expand(connection: sqlite3.Connection, word: str) -> Expansion:
    """Return the words that a word in small letters finds, by how they match.

    Of those that only begin so it returns those of which a lemma or a part does; the index finds the others itself.
    """
    joined = word.replace("-", "")
    lemmas = [key(lemma) for lemma in find_lemmas(word)]
    folded = {spelling for one in (word, *lemmas) for spelling in _typed(one)}
    keys = (joined, *lemmas, *sorted(folded))
    candidates = {
        Match.EXACT: [word, joined, *_keyed(connection, (joined,), Match.EXACT)],
        Match.FORM: [*lemmas, *_keyed(connection, lemmas, Match.FORM)],
        Match.PART: _keyed(connection, lemmas, Match.PART),
        Match.SPELLING: [*sorted(folded), *_keyed(connection, keys, Match.SPELLING)],
        Match.PART_SPELLING: _keyed(connection, keys, Match.PART_SPELLING),
    }
    if len(word) >= PREFIX_LENGTH:
        rows = connection.execute(_BEGINNING_KEYED, {"word": word, "most": _MOST})
        candidates[Match.PREFIX] = [text for (text,) in rows]
    known, distinct = set[str](), dict[Match, Sequence[str]]()
    for match, words in candidates.items():
        distinct[match] = [one for one in dict.fromkeys(words) if one not in known and "+" not in one]
        known.update(distinct[match])
    return distinct


def _typed(word: str) -> set[str]:
    """Return the other spellings of a word, but for that which has another letter instead of æ, ø or å."""
    return {*spellings(word)} - ({transliterate(word)} if any(letter in "øå" for letter in word) else set())


def _keyed(connection: sqlite3.Connection, keys: Sequence[str], match: Match) -> list[str]:
    rows = (connection.execute(_KEYED, (one, match, _MOST)) for one in keys)
    return [text for cursor in rows for (text,) in cursor]


def suggest(connection: sqlite3.Connection, words: Sequence[str]) -> str | None:
    """Return the words with those that find nothing replaced by similar ones; None where there are none."""
    better = [word if _is_known(connection, word) else _similar(connection, word) or word for word in words]
    return " ".join(better) if better != list(words) else None


def _is_known(connection: sqlite3.Connection, word: str) -> bool:
    if len(word) >= PREFIX_LENGTH and connection.execute(_BEGINNING, {"word": word}).fetchone():
        return True
    candidates = {one for words in expand(connection, word).values() for one in words}
    return any(
        connection.execute("SELECT 1 FROM vocabulary WHERE term = ?", (one,)).fetchone() for one in sorted(candidates)
    )


def _similar(connection: sqlite3.Connection, word: str) -> str | None:
    """Return the most similar word of the vocabulary: one of which the first or the last half is the same.

    Of an error in one place, also of two letters that are exchanged, one of both is left whole.
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415  # 15 ms that only a search with a typing error needs

    plain = transliterate(word)
    if len(plain) < _SHORTEST_ERROR or not plain.isalpha():
        return None
    errors = 1 if len(plain) < 2 * _SHORTEST_ERROR else 2
    halves = {"first": plain[: len(plain) // 2], "last": plain[: len(plain) // 2 : -1]}
    ranked = [
        (distance, OSA.distance(word, text), -documents, text)
        for text, documents in connection.execute(_SIMILAR, halves)
        if (distance := OSA.distance(plain, transliterate(text), score_cutoff=errors)) <= errors
    ]
    return min(ranked)[-1] if ranked else None
