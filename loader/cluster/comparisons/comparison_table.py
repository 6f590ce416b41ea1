"""The functions of comparison by the names that settings call them by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from loader.cluster.comparisons import name_comparisons, plain_comparisons, word_comparisons
from loader.cluster.term_weights import TermWeights


class Compare(Protocol):
    """A function that makes a number of two values of one field."""

    def __call__(self, one: Any, other: Any, weights: TermWeights, /) -> float:
        """Return the number."""


COMPARISONS: Mapping[str, Compare] = {
    "share-words": word_comparisons.share_words,
    "contain-words": word_comparisons.contain_words,
    "share-plain-words": word_comparisons.share_plain_words,
    "contain-plain-words": word_comparisons.contain_plain_words,
    "share-trigrams": word_comparisons.share_trigrams,
    "letters": word_comparisons.compare_letters,
    "beginnings": word_comparisons.compare_beginnings,
    "parts": word_comparisons.compare_parts,
    "weight": word_comparisons.weigh_lighter,
    "repetitions": word_comparisons.count_repetitions,
    "other-numbers": word_comparisons.have_other_numbers,
    "numbers-alone": word_comparisons.has_numbers_alone,
    "share-persons": name_comparisons.share_persons,
    "contain-persons": name_comparisons.contain_persons,
    "first-persons": name_comparisons.compare_first_persons,
    "unknown": plain_comparisons.is_unknown,
    "same": plain_comparisons.is_same,
    "other": plain_comparisons.is_other,
    "differ-by-one": plain_comparisons.differ_by_one,
    "differ-by-two": plain_comparisons.differ_by_two,
    "differ-by-more": plain_comparisons.differ_by_more,
}
