"""How much words and groups of letters say, by how many records of a clustering have them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from loader.cluster.values import FoldedText, Record

_LEAST = 0.1
"""What a term weighs that all records have."""


@dataclass(frozen=True)
class TermWeights:
    """The weights of the terms of one field, and how often a whole text occurs in one catalogue."""

    words: Mapping[str, float]
    trigrams: Mapping[str, float]
    repetitions: Mapping[str, int]
    rarest: float
    """The weight of a term that no record has."""

    def of_word(self, word: str) -> float:
        """Return the weight of a word."""
        return self.words.get(word, self.rarest)

    def of_trigram(self, letters: str) -> float:
        """Return the weight of three letters."""
        return self.trigrams.get(letters, self.rarest)

    def of_words(self, words: Iterable[str]) -> float:
        """Return the weight of words together."""
        return sum(self.words.get(word, self.rarest) for word in words)


def weigh_terms(catalogues: Sequence[Sequence[Record]], field: str) -> TermWeights:
    """Return the weights of a field's terms in catalogues, each of which has distinct records."""
    texts = [
        [words for record in catalogue if isinstance(words := record[field], FoldedText)] for catalogue in catalogues
    ]
    distinct = {words.text: words for catalogue in texts for words in catalogue}
    repetitions = Counter[str]()
    for catalogue in texts:
        repetitions |= Counter(words.key for words in catalogue)
    return TermWeights(
        _inverse_frequencies(words.distinct for words in distinct.values()),
        _inverse_frequencies(words.trigrams for words in distinct.values()),
        repetitions,
        math.log(len(distinct) + 1) + _LEAST,
    )


def _inverse_frequencies(documents: Iterable[Iterable[str]]) -> dict[str, float]:
    counts, size = Counter[str](), 1
    for document in documents:
        counts.update({*document})
        size += 1
    return {term: math.log(size / (count + 1)) + _LEAST for term, count in counts.items()}
